"""How much a meeting is worth to the timetable. The one place where wishes become weights.

    the guest marked    must 6   would like 3
    the maker marked    must 4   would like 2
    both marked         + 2 (mutual interest)
    an officer's own weight replaces the sum; a pair only an officer asked for weighs 3

So a guest's wish weighs more than a maker's, for the guests are the ones who came from elsewhere; a mutual
"would like" (7) is worth more than a one-sided "must" (6 or 4); a mutual "must" (12) is the most wishes give.
A suggestion gives nothing: what nobody asked for is no request. A "no" of either side, sanctions or an
officer's exclusion rule a pair out whatever it weighs (see ``queries.requests``).
"""

from ekspora.meetings.models import Wish

GUEST = {Wish.Mark.MUST.value: 6, Wish.Mark.LIKE.value: 3}
MAKER = {Wish.Mark.MUST.value: 4, Wish.Mark.LIKE.value: 2}
MUTUAL = 2
OFFICER = 3


def weight_of(mark_guest: str, mark_maker: str, decided: int | None = None) -> int:
    """The weight of a pair from both marks ("must", "like", or empty) and an officer's own weight."""
    if decided is not None:
        return decided
    wished = GUEST.get(mark_guest, 0) + MAKER.get(mark_maker, 0)
    mutual = MUTUAL if mark_guest in GUEST and mark_maker in MAKER else 0
    return wished + mutual or OFFICER

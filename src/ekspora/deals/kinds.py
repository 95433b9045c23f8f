"""What each next step of an outcome means as a promise: which side keeps it, by when, how each side reads it.

Both sides tick the same tiles, and a tile says what happens, not who does it: "send samples" ticked by a guest
asks the maker for samples. Samples and prices come from the maker; only the guest can invite to a fair at home
or bring buyers from there. Cooperation of communities and a contact for medicines need a first step of each side
that ticked them, so there each keeps its own; for "something else" it is whoever told it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ekspora.demand.models import Outcome, Side

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Key = tuple[str, str]  # the side that keeps a promise, its kind
Step = Outcome.Step
MAKER, GUEST = Side.MAKER.value, Side.GUEST.value
ALWAYS_MAKER = {MAKER: MAKER, GUEST: MAKER}
ALWAYS_GUEST = {MAKER: GUEST, GUEST: GUEST}
EACH_ITS_OWN = {MAKER: MAKER, GUEST: GUEST}


@dataclass(frozen=True, slots=True)
class Kind:
    """``kept_by``: the side that told → the side that keeps. ``days``: time to keep it, from the telling on.

    ``mine`` is how the keeping side reads it, ``theirs`` how the other does.
    """

    kept_by: Mapping[str, str]
    days: int
    mine: "_StrPromise"
    theirs: "_StrPromise"


# Two weeks, as for the answer to a demand, where all it needs lies ready: later the interest is gone.
# A month for what nobody described. Two months where papers have to come from home, such as an invitation
# that is early enough for visa and booth. Three where others have to be won over first.
KINDS: dict[str, Kind] = {
    Step.SAMPLES.value: Kind(ALWAYS_MAKER, 14, _("Send samples"), _("You get samples")),
    Step.PRICES.value: Kind(ALWAYS_MAKER, 14, _("Send the price list"), _("You get the price list")),
    Step.FAIR.value: Kind(
        ALWAYS_GUEST, 60, _("Invite to a trade fair in your country"), _("You are invited to a trade fair")
    ),
    Step.BUYERS.value: Kind(ALWAYS_GUEST, 90, _("Bring buyers"), _("Buyers are brought to you")),
    Step.MSME.value: Kind(
        EACH_ITS_OWN, 90, _("Bring your MSME community together with theirs"),
        _("Their MSME community comes towards yours"),
    ),
    Step.PHARMA.value: Kind(
        EACH_ITS_OWN, 60, _("Name a contact for medicines and vaccines"),
        _("You get a contact for medicines and vaccines"),
    ),
    Step.OTHER.value: Kind(EACH_ITS_OWN, 30, _("What else you agreed on"), _("What else they said they would do")),
}  # fmt: skip


def keeper(step: str, told_by: str) -> str:
    """The side that keeps the promise of a step which ``told_by`` ticked."""
    return KINDS[step].kept_by[told_by]


def promises_of(told: Iterable[Outcome]) -> dict[Key, datetime]:
    """What follows from all that counts of one encounter: each promise once, with when it was told first."""
    found: dict[Key, datetime] = {}
    for outcome in sorted(told, key=lambda row: row.pk):
        for step in outcome.steps:
            found.setdefault((keeper(step, outcome.side), step), outcome.told_at)
    return found


def time_for(step: str) -> timedelta:
    """How long the keeper has, from the day it was told."""
    return timedelta(days=KINDS[step].days)


def wording(step: str, *, is_mine: bool) -> str:
    """A promise as the side that keeps it, or the other side, reads it."""
    kind = KINDS[step]
    return str(kind.mine if is_mine else kind.theirs)

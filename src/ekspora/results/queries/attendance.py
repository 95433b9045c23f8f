"""Who was invited, accepted and came: by side, by country and by sector. One query."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, Case, When

from ekspora.directory.sectors import Sector
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.queries.lists import AT_THE_DOOR, TOLD
from ekspora.results.figures import ATTENDANCE, SIDES, Attendance, Counted, Line
from ekspora.results.queries.pages import Pages
from ekspora.ui import formats

Answer = Participation.Answer
_DOOR = [code for code in ATTENDANCE if code in AT_THE_DOOR]
# Of one participation: its side, its country or sector, and under which figures it counts.
Fact = tuple[str, str, frozenset[str]]


def attendance(activity: Activity, pages: Pages) -> list[Attendance]:
    """Representatives, then businesses; each with its figures and its countries or sectors."""
    facts = list(_facts(activity))
    return [_side(side, [fact for fact in facts if fact[0] == side], pages) for side in SIDES]


def _facts(activity: Activity) -> Iterable[Fact]:
    flags = {
        f"door_{code}": Case(When(AT_THE_DOOR[code], then=True), default=False, output_field=BooleanField())
        for code in _DOOR
    }
    rows = Participation.objects.filter(activity=activity).order_by().annotate(**flags)
    columns = rows.values_list(
        "side", "answer", "representative__mission__country", "business__sector", *flags
    )
    for side, answer, country, sector, *door in columns:
        found = {code for code, is_so in zip(_DOOR, door, strict=True) if is_so}
        if answer != Answer.PLANNED:
            found.add("invited")
        if answer == Answer.ACCEPTED:
            found.add("accepted")
        yield side, country or sector or "", frozenset(found)


def _side(side: str, facts: Sequence[Fact], pages: Pages) -> Attendance:
    total = Counter(code for _side, _group, codes in facts for code in codes)
    figures = tuple(
        Counted(f"{side}.{code}", total[code], words, counted, pages.participants(side=side, **_asked(code)))
        for code, (words, counted) in ATTENDANCE.items()
    )
    return Attendance(side, SIDES[side], figures, _lines(side, facts, pages))


def _asked(code: str) -> dict[str, str]:
    """How the list of participants is narrowed to those whom a figure counts."""
    if code == "invited":
        return {"answer": TOLD}
    return {"answer": Answer.ACCEPTED.value} if code == "accepted" else {"came": code}


def _lines(side: str, facts: Sequence[Fact], pages: Pages) -> tuple[Line, ...]:
    counts = Counter((group, code) for _side, group, codes in facts for code in codes)
    name = "country" if side == Participation.Side.GUEST else "sector"

    def figure(group: str, code: str) -> Counted:
        url = pages.participants(side=side, **_asked(code), **{name: group})
        return Counted(f"{side}.{code}.{group}", counts[group, code], ATTENDANCE[code][0], "", url)

    labels = {group: _label(side, group) for group in {fact[1] for fact in facts}}
    return tuple(
        Line(labels[group], figure(group, "invited"), figure(group, "accepted"), figure(group, "came"))
        for group in sorted(labels, key=lambda group: labels[group])
    )


def _label(side: str, group: str) -> str:
    if side == Participation.Side.GUEST:
        return formats.country(group)
    return str(dict(Sector.choices).get(group, group))

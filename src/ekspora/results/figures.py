"""What the report of an activity counts, in words: every figure says what it is a count of.

A counted figure opens the records it counts. A reported one (``ReportedFigure``, later answers, inquiries nobody
took up) is somebody's word: it may stand beside a counted one and is never added to it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ekspora.deals.models import DealStep
from ekspora.demand.product_groups import ProductGroup

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

Rung = DealStep.Rung
# From how many answers on a mean says something about a group rather than about somebody.
FEWEST_FOR_MEAN = 3
# Four numbers beside each other, never added: a hope, a contract, goods on their way, money received.
STAGES: dict[str, tuple[str, ...]] = {
    "potential": (Rung.INTEREST, Rung.INQUIRY, Rung.SAMPLE, Rung.LOI),
    "contracted": (Rung.ORDER,),
    "shipped": (Rung.SHIPPED,),
    "paid": (Rung.PAID,),
}
STAGE_LABELS: dict[str, "Words"] = {
    "potential": _("potential value"),
    "contracted": _("contracted value"),
    "shipped": _("shipped value"),
    "paid": _("paid value"),
}
ATTENDANCE: dict[str, tuple["Words", "Words"]] = {
    "invited": (_("invited"), _("told of the activity, or walked in")),
    "accepted": (_("accepted"), _("answered yes, or walked in")),
    "came": (_("came"), _("checked in at the door")),
    "late": (_("came late"), _("checked in as late")),
    "substitute": (_("substitutes"), _("came in somebody else's place")),
    "walk_in": (_("walked in"), _("came without having accepted before")),
    "absent": (_("did not come"), _("answered yes and were not checked in")),
}
SIDES: dict[str, "Words"] = {"guest": _("Representatives"), "maker": _("Businesses")}
MEETINGS: dict[str, tuple["Words", "Words"]] = {
    "planned": (_("meetings planned"), _("meetings of the published timetable")),
    "held": (_("meetings held"), _("at least one side told of it and nobody says it did not take place")),
    "not_held": (_("not held"), _("whoever told of it says that it did not take place")),
    "disputed": (
        _("held or not: the sides differ"),
        _("one side says it took place, the other that it did not"),
    ),
    "waiting": (_("an answer is missing"), _("over, and at least one side has not said how it went")),
    "possible": (_("cooperation possible"), _("at least one side sees cooperation")),
    "differ": (
        _("the sides differ"),
        _("both sides answered and not the same, of how it went or what comes next"),
    ),
    "exchanged": (_("contacts exchanged"), _("both sides agreed to give their card")),
}


def beside() -> list[tuple[str, "Words"]]:
    """The counted figures beside which a reported one may stand: code and words."""
    sides = [
        (f"{side}.{code}", f"{label}: {words}")
        for side, label in SIDES.items()
        for code, (words, _counted) in ATTENDANCE.items()
    ]
    groups = [
        ("guest.countries", _("Countries represented")),
        ("maker.sectors", _("Sectors of the businesses")),
        *((f"meetings.{code}", words) for code, (words, _counted) in MEETINGS.items()),
        *((f"interest.{code}", _("Interest: %(group)s") % {"group": label}) for code, label in ProductGroup.choices),
        ("promises", _("Promises")),
        *((f"values.{code}", words) for code, words in STAGE_LABELS.items()),
        ("satisfaction", _("Satisfaction")),
    ]  # fmt: skip
    return [*sides, *groups]


@dataclass(frozen=True, slots=True)
class Counted:
    """One counted figure: its code, what it is called, what is counted, and the page with its records."""

    code: str
    value: int
    label: "Words"
    counted: "Words" = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One country or sector: how many were invited, accepted and came."""

    label: str
    invited: Counted
    accepted: Counted
    came: Counted


@dataclass(frozen=True, slots=True)
class Attendance:
    """One side: its figures, and the same by country (guests) or sector (makers)."""

    side: str
    label: "Words"
    figures: tuple[Counted, ...]
    lines: tuple[Line, ...]

    @property
    def groups_came(self) -> int:
        """From how many countries or sectors somebody came."""
        return sum(line.came.value > 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often each side said one thing."""

    label: "Words"
    maker: Counted
    guest: Counted

    @property
    def both(self) -> tuple[Counted, Counted]:
        """Businesses, then representatives."""
        return self.maker, self.guest


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises of one kind, by state."""

    kind: "Words"
    states: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """What was reached at one step in one currency."""

    stage: str
    step: "Words"
    currency: str
    amount: Decimal
    deals: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """What participants said afterwards, at one stage and in one currency ("" where no value was named)."""

    stage: "Words"
    answers: int
    currency: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How content one side was. ``scores``: how many gave 1, 2, … 5; ``mean`` None while too few answered."""

    side: str
    label: "Words"
    came: int
    answered: Counted
    scores: tuple[Counted, ...]
    mean: Decimal | None

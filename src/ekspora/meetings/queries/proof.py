"""What a version achieves and what is proven about it. A proof names exactly what it proves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.meetings.judging import BY_HAND
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Plan
from ekspora.ui.formats import number


@dataclass(frozen=True, slots=True)
class Proof:
    """Figures of a version with their bounds.

    ``unit``: what every request weighs when all weigh the same, so that weight counts meetings; else 0.
    """

    meetings: int
    requests: int
    weight: int
    weight_bound: int
    gaps: int
    gaps_bound: int
    weight_proven: bool
    gaps_proven: bool
    moved: int | None
    moved_bound: int
    moved_proven: bool
    locked: int
    missing: int
    unit: int
    by_hand: bool
    seconds: float

    @property
    def seal(self) -> str:
        """What is proven about the meetings, or how far the proof is from them."""
        if self.meetings == self.requests:
            return _("Every request is scheduled.")
        if not self.weight_proven:
            return self._open()
        if self.locked:
            return self._proven_with_locks()
        if self.unit:
            return _("Proven: no other timetable holds more meetings.")
        return _("Proven: no other timetable fulfils wishes of greater total weight.")

    def _proven_with_locks(self) -> str:
        one = _("Proven: no other timetable that keeps the locked meetings (%(n)s) holds more meetings.")
        two = _(
            "Proven: with the locked meetings (%(n)s) no timetable fulfils wishes of greater total weight."
        )
        return (one if self.unit else two) % {"n": number(self.locked)}

    def _open(self) -> str:
        if self.unit:
            more = (self.weight_bound - self.weight) // self.unit
            return ngettext(
                "Not proven the best: %(n)s more meeting may be possible at most.",
                "Not proven the best: %(n)s more meetings may be possible at most.",
                more,
            ) % {"n": number(more)}  # fmt: skip
        return _("Not proven the best: weight %(weight)s, at most %(bound)s may be possible.") % {
            "weight": number(self.weight), "bound": number(self.weight_bound)
        }  # fmt: skip

    @property
    def is_closed(self) -> bool:
        """Whether nothing better is possible as far as meetings go."""
        return self.weight_proven or self.meetings == self.requests

    @property
    def weight_text(self) -> str:
        """The weight, when it says more than the number of meetings and was not said yet."""
        if self.unit or not self.is_closed:
            return ""
        return _("weight %(weight)s") % {"weight": number(self.weight)}

    @property
    def gaps_text(self) -> str:
        """What is known of the idle gaps; the bound speaks of this set of meetings."""
        if self.gaps_proven:
            return _("proven the fewest for these meetings")
        return _("lower bound %(bound)s for these meetings") % {"bound": number(self.gaps_bound)}

    @property
    def moved_text(self) -> str:
        """How many meetings moved against the version before; empty when nobody asked."""
        if self.moved is None:
            return ""
        text = ngettext("%(n)s meeting moved", "%(n)s meetings moved", self.moved) % {"n": number(self.moved)}
        if self.moved_proven:
            return text + " " + _("(proven the fewest for wishes of this weight)")
        return (
            text
            + " "
            + _("(not proven the fewest; at least %(bound)s)") % {"bound": number(self.moved_bound)}
        )

    @property
    def made_text(self) -> str:
        """How it came about."""
        if self.by_hand:
            return _("changed by hand")
        return _("computed in %(seconds)s seconds") % {"seconds": number(self.seconds, 1)}


def proof_of(version: TimetableVersion, plan: Plan) -> Proof:
    """The figures of a version's result."""
    result, proven = version.result, version.result["proven"]
    weights = {r.weight for r in plan.instance.requests}
    return Proof(
        meetings=len(plan.at), requests=len(plan.requests), weight=result["weight"],
        weight_bound=result["weight_bound"], gaps=result["breaks"], gaps_bound=result["breaks_bound"],
        weight_proven=proven["weight"], gaps_proven=proven["breaks"], moved=result.get("moved"),
        moved_bound=result.get("moved_bound", 0), moved_proven=proven["moved"], locked=len(plan.locked),
        missing=len(plan.missing),
        unit=weights.pop() if len(weights) == 1 else 0,
        by_hand=result["method"] == BY_HAND, seconds=result["seconds"],
    )  # fmt: skip

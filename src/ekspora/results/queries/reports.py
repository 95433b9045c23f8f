"""The whole report of one activity: all that is counted, what others reported, and what is still missing."""

import re
from collections import defaultdict
from dataclasses import dataclass

from ekspora.core.actors import Actor
from ekspora.programmes import rules
from ekspora.programmes.models import Activity
from ekspora.results.figures import (
    STAGES,
    Amount,
    Attendance,
    Counted,
    Later,
    Promises,
    Satisfaction,
    Verdict,
)
from ekspora.results.models import Report, ReportedFigure, ReportPhoto
from ekspora.results.queries import attendance, feedback, meetings, promises, worth
from ekspora.results.queries.pages import Pages


@dataclass(frozen=True, slots=True)
class Beside:
    """A reported figure with the counted one beside which it stands (None: it stands alone)."""

    figure: ReportedFigure
    counted: int | None

    @property
    def differs(self) -> bool:
        """Whether its wording begins with a plain number that is not what was counted. "About 40" never differs."""
        said = re.match(r"\d+(?![\d.,])", self.figure.wording.strip())
        return said is not None and self.counted is not None and int(said[0]) != self.counted


@dataclass(frozen=True, slots=True)
class Contents:
    """All figures of a report. ``reported`` by the code of the counted figure they stand beside ("": alone)."""

    sides: list[Attendance]
    meetings: list[Counted]
    verdicts: list[Verdict]
    interests: list[Counted]
    promises: list[Promises]
    promise_totals: list[Counted]
    demands: Counted
    amounts: list[Amount]
    to_check: Counted
    later: list[Later]
    open_inquiries: int
    satisfaction: list[Satisfaction]
    reported: dict[str, list[ReportedFigure]]
    photos: list[ReportPhoto]

    def counted(self, code: str) -> int | None:
        """The value of a counted figure by its code; None for one that is no single number."""
        every = [
            *(figure for side in self.sides for figure in side.figures),
            *self.meetings, *self.interests,
        ]  # fmt: skip
        by_code = {figure.code: figure.value for figure in every}
        by_code |= {f"{side.side}.{_GROUPS[side.side]}": side.groups_came for side in self.sides}
        return by_code.get(code)

    def beside(self, *starts: str) -> list[Beside]:
        """Reported figures that stand beside counted ones whose code begins so."""
        return [
            Beside(figure, self.counted(code))
            for code, figures in self.reported.items()
            if any(code == start or code.startswith(f"{start}.") for start in starts)
            for figure in figures
        ]

    def worth(self) -> list[tuple[str, list[Amount]]]:
        """The four values in their order, each with its steps and currencies; empty ones too."""
        return [(stage, [one for one in self.amounts if one.stage == stage]) for stage in STAGES]


_GROUPS = {"guest": "countries", "maker": "sectors"}


def report_of(activity: Activity) -> Report:
    """The report of an activity; a fresh, unsaved one where nobody has begun it. One query."""
    return Report.objects.filter(activity=activity).first() or Report(activity=activity)


def contents(activity: Activity, actor: Actor) -> Contents:
    """Everything the report says, in a constant number of queries."""
    pages = Pages(activity, is_open=rules.can_change(actor, activity))
    sides, facts = attendance.attendance(activity, pages), meetings.facts(activity)
    made = promises.promises(activity, pages)
    reported: defaultdict[str, list[ReportedFigure]] = defaultdict(list)
    for figure in activity.reported_figures.all():
        reported[figure.beside].append(figure)
    return Contents(
        sides=sides, meetings=meetings.figures(facts, pages), verdicts=meetings.verdicts(facts, pages),
        interests=meetings.interests(facts, pages), promises=made,
        promise_totals=promises.promise_totals(made, pages), demands=promises.demands(activity, actor),
        amounts=worth.amounts(activity, pages), to_check=worth.to_check(activity, pages),
        later=worth.later(activity),
        open_inquiries=worth.open_inquiries(activity),
        satisfaction=feedback.satisfaction(activity, sides, pages), reported=dict(reported),
        photos=list(activity.report_photos.all()),
    )  # fmt: skip

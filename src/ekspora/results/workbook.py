"""Everything behind the report as a workbook: figures, people, meetings, promises, values and what others reported.

Numbers are numbers, everything else is text.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from ekspora.deals.commitments_workbook import sheet as commitments_sheet
from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import with_people
from ekspora.meetings.outcomes_workbook import sheet as outcomes_sheet
from ekspora.meetings.queries.results import rows as outcome_rows
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.results.figures import STAGE_LABELS
from ekspora.results.queries.reports import Contents
from ekspora.ui import formats, sheets
from ekspora.ui.sheets import Cell

Table = list[Sequence[Cell]]


def workbook(activity: Activity, found: Contents) -> bytes:
    """An XLSX in the reader's language, one sheet for each subject."""
    _name, head, lines = outcomes_sheet(activity, outcome_rows(activity))
    return sheets.workbook(
        [
            _sheet(_("Figures"), _figures(found)),
            _sheet(_("Participants"), _participants(activity)),
            (_("Meetings"), head, lines),
            commitments_sheet(_promises(activity)),
            _sheet(_("Values"), _values(found)),
            _sheet(_("Reported"), _reported(found)),
        ]
    )


def _sheet(name: str, table: Table) -> sheets.Sheet:
    """The first line of a table is its head."""
    return name, [str(cell) for cell in table[0]], table[1:]


def _promises(activity: Activity) -> Iterable[Commitment]:
    rows = Commitment.objects.filter(scope=activity.scope).order_by("due", "pk")
    return with_people(rows).prefetch_related("buyers")


def _figures(found: Contents) -> Table:
    lines: Table = [[_("Part"), _("Figure"), _("Counted"), _("What is counted")]]
    for side in found.sides:
        lines += [[str(side.label), str(f.label), f.value, str(f.counted)] for f in side.figures]
        lines += [
            [str(side.label), f"{line.label}: {f.label}", f.value, ""]
            for line in side.lines
            for f in (line.invited, line.accepted, line.came)
        ]
    lines += [[_("Meetings"), str(f.label), f.value, str(f.counted)] for f in found.meetings]
    lines += [[_("Businesses say"), str(v.label), v.maker.value, ""] for v in found.verdicts]
    lines += [[_("Representatives say"), str(v.label), v.guest.value, ""] for v in found.verdicts]
    lines += [[_("Interest by product group"), str(f.label), f.value, ""] for f in found.interests]
    lines += [
        [_("Promises"), f"{line.kind}: {state.label}", state.value, ""]
        for line in found.promises
        for state in line.states
    ]
    lines.append([_("Demands"), str(found.demands.label), found.demands.value, str(found.demands.counted)])
    lines += [
        [_("Satisfaction"), f"{one.label}: {score.label}", score.value, _("answers with this score")]
        for one in found.satisfaction
        for score in one.scores
    ]
    return lines


def _participants(activity: Activity) -> Table:
    head = [
        _("Side"), _("Mission or business"), _("Country or sector"), _("Who comes"), _("Answer"), _("Came"),
        _("Came at"), _("Left at"), _("Substitute"), _("Walked in"),
    ]  # fmt: skip
    return [head, *(_participant(row) for row in programmes.participations(activity))]


def _participant(row: Participation) -> list[Cell]:
    def clock(moment: datetime | None) -> str:
        return formats.clock(formats.in_zone(moment, row.activity.zone)) if moment else ""

    if row.representative is not None:
        group = formats.country(row.representative.mission.country)
    else:
        group = str(row.business.get_sector_display()) if row.business else ""
    person = row.attendee
    return [
        str(row.get_side_display()), row.label, group, person.protocol_name if person else "",
        str(row.get_answer_display()), str(row.get_came_display()), clock(row.came_at), clock(row.left_at),
        _("yes") if row.substitute else "", _("yes") if row.is_walk_in else "",
    ]  # fmt: skip


def _values(found: Contents) -> Table:
    lines: Table = [[_("Kind of value"), _("Step"), _("Currency"), _("Value"), _("Deals")]]
    lines += [
        [str(STAGE_LABELS[one.stage]), str(one.step), one.currency, one.amount, one.deals]
        for one in found.amounts
    ]
    return lines


def _reported(found: Contents) -> Table:
    lines: Table = [
        [_("Figure"), _("As it was written"), _("Source"), _("Date of the source"), _("Stands beside")]
    ]
    for figures in found.reported.values():
        lines += [
            [
                figure.name, figure.wording, figure.source,
                formats.day(figure.source_date, weekday=False) if figure.source_date else "", figure.beside,
            ]
            for figure in figures
        ]  # fmt: skip
    lines += _answers(found)
    return lines


def _answers(found: Contents) -> Iterable[list[Cell]]:
    source = _("participants, asked later")
    for one in found.later:
        worth = f"{formats.money(one.amount, one.currency)}, " if one.amount is not None else ""
        yield [str(one.stage), f"{worth}{one.answers}", source, "", ""]

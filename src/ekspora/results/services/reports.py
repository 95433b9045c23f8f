"""Writing the report of an activity: its number, minutes and signatory, and figures that others reported."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.services import audit
from ekspora.programmes.models import Activity
from ekspora.programmes.services.activities import acting_agency
from ekspora.results.models import Report, ReportedFigure


@transaction.atomic
def write(*, activity: Activity, values: Mapping[str, Any], actor: Actor) -> Report:
    """Set fields of the report, which begins with the first of them; the trail keeps what stood before."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    report = Report.objects.filter(activity=activity).first() or Report(activity=activity)
    before = _apply(report, values)
    if not before and report.pk:
        return report
    report.changed_by, report.changed_at = actor.person, now()
    _check(report)
    report.save()
    _record(activity, actor, "report.write", report, before)
    return report


@transaction.atomic
def note_figure(*, activity: Activity, values: Mapping[str, Any], actor: Actor) -> ReportedFigure:
    """Keep a figure somebody published, as they worded it. The same again is the one that is there."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    known = activity.reported_figures.filter(**values).first()
    if known is not None:
        return known
    figure = ReportedFigure(activity=activity, noted_by=actor.person, noted_at=now(), **values)
    _check(figure)
    figure.save()
    _record(activity, actor, "reported_figure.note", figure, dict(values))
    return figure


@transaction.atomic
def change_figure(*, figure: ReportedFigure, values: Mapping[str, Any], actor: Actor) -> ReportedFigure:
    """Correct how a reported figure was taken down."""
    fresh = ReportedFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
    before = _apply(fresh, values)
    if before:
        _check(fresh)
        fresh.save()
        _record(fresh.activity, actor, "reported_figure.change", fresh, before)
    return fresh


@transaction.atomic
def remove_figure(*, figure: ReportedFigure, actor: Actor) -> None:
    """Take a reported figure out; one that is gone already changes nothing."""
    for row in ReportedFigure.objects.select_for_update(of=("self",)).filter(pk=figure.pk):
        details = {"label": row.label, "wording": row.wording, "source": row.source}
        _record(row.activity, actor, "reported_figure.remove", row, details)
        row.delete()


def _apply(record: Report | ReportedFigure, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set what is different. Returns each changed field with what it was and is."""
    changed = {name: value for name, value in values.items() if getattr(record, name) != value}
    before = {name: [getattr(record, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(record, name, value)
    return before


def _check(record: Report | ReportedFigure) -> None:
    """What a form would refuse, a call from elsewhere is refused too."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


def _record(
    activity: Activity, actor: Actor, action: str, target: models.Model, details: Mapping[str, Any]
) -> None:
    agency = acting_agency(actor, activity)
    audit.record(agency=agency, actor=actor.person, action=action, target=target, details=details)

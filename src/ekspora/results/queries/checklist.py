"""What a report still lacks before it can be signed, and whose report is waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Organiser
from ekspora.programmes.rules import WORKING
from ekspora.results.models import Report
from ekspora.results.queries.reports import Contents

# For how long somebody is reminded of a report that was never written.
REMINDED_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a report needs: what it is, whether it is there, and where and with which words to see to it."""

    label: str
    is_done: bool
    url: str
    action: str


def checklist(activity: Activity, report: Report, contents: Contents) -> list[Item]:
    """In the order in which an officer sees to it; figures go on being counted meanwhile."""
    edit, outcomes = reverse("report_edit", args=[activity.pk]), reverse("outcomes", args=[activity.pk])
    waiting = next(figure.value for figure in contents.meetings if figure.code == "meetings.waiting")
    over = activity.ends_on < clock.today(activity.zone)
    missing = ngettext("%(n)d meeting without an answer", "%(n)d meetings without an answer", waiting)
    signatory = bool(report.signatory and report.signatory_position)
    return [
        Item(
            _("The activity is over"), over, reverse("activity", args=[activity.pk]), _("To the activity"),
        ),
        Item(
            missing % {"n": waiting} if waiting else _("Outcomes of all meetings"), not waiting,
            f"{outcomes}?show=waiting", _("Ask for the outcomes"),
        ),
        Item(_("Minutes"), bool(report.minutes.strip()), f"{edit}?propose=1", _("Write the minutes")),
        Item(
            _("At least one photo"), bool(contents.photos), reverse("report_photo_add", args=[activity.pk]),
            _("Add a photo"),
        ),
        Item(_("Number and date"), bool(report.number and report.dated), edit, _("Give number and date")),
        Item(_("Who signs, with position"), signatory, edit, _("Name who signs")),
        Item(_("Signed"), report.signed_on is not None, f"{edit}#id_signed_on", _("Note when it was signed")),
    ]  # fmt: skip


def next_item(items: Sequence[Item], report: Report) -> Item | None:
    """The first thing that is missing; nothing once the report is signed."""
    if report.signed_on is not None:
        return None
    return next((item for item in items if not item.is_done), None)


def unsigned(actor: Actor) -> QuerySet[Activity]:
    """Activities that are over, led or co-organised by the actor's agencies, whose report is not signed."""
    today = clock.now().date()
    working = Organiser.objects.filter(agency__in=actor.agencies(), role__in=WORKING).values("activity")
    return (
        programmes.activities_for(actor)
        .filter(Q(report=None) | Q(report__signed_on=None), pk__in=working)
        .filter(ends_on__lt=today, ends_on__gte=today - REMINDED_FOR)
        .order_by("ends_on", "pk")
    )

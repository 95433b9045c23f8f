"""What officers print and download for the day."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.meetings import prints, workbook
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.programmes import queries as programmes
from ekspora.programmes import tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import seen
from ekspora.ui.sheets import as_download


@officers_only
@require_safe
def prints_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything to print, with what it is for."""
    activity = seen(request, pk)
    tabs.show(request, activity, "prints")
    version = agendas.published_version(activity)
    return render(request, "meetings/prints.html", {"activity": activity, "version": version})


@officers_only
@require_safe
def printed(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """One PDF or workbook by its name; those that show meetings need a published timetable."""
    activity = seen(request, pk)
    if name in _PEOPLE:
        return prints.as_file(_PEOPLE[name](activity), f"{name}.pdf")
    version = agendas.published_version(activity)
    if version is None or name not in ("table-cards", "timetable"):
        raise Http404
    if name == "timetable":
        return _workbook(activity, version)
    return prints.as_file(prints.table_cards(activity, version), f"{name}.pdf")


_PEOPLE: dict[str, Callable[[Activity], bytes]] = {
    "agendas": lambda activity: prints.agendas(activity, programmes.coming(activity)),
    "badges": lambda activity: prints.badges(activity, programmes.coming(activity)),
    "door-list": lambda activity: prints.door_list(activity, list(programmes.coming(activity))),
}


def _workbook(activity: Activity, version: TimetableVersion) -> HttpResponse:
    return as_download(workbook.timetable(activity, version), "timetable.xlsx")

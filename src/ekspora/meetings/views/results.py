"""Officers: what came of the meetings by either side, who has not answered, the workbook."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.demand.encounters import history
from ekspora.meetings import outcomes_workbook as workbook
from ekspora.meetings.queries import results
from ekspora.meetings.queries.outcomes import waiting
from ekspora.meetings.services import outcomes as services
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.views.access import changeable
from ekspora.ui.sheets import as_download

ROWS_ON_A_PAGE = 50


def _activity(request: ActorRequest, pk: int) -> Activity:
    """The activity, for officers of the lead or a co-organiser only: these pages show whose "no" it was."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "outcomes")
    return activity


@officers_only
@require_safe
def outcomes(request: ActorRequest, pk: int) -> HttpResponse:
    """All meetings with what each side says, counted and narrowed."""
    seen = programmes.activity_for(request.actor, pk)
    if seen is not None and not rules.can_change(request.actor, seen):
        tabs.show(request, seen, "outcomes")
        return render(request, "meetings/outcomes/closed.html", {"activity": seen})
    activity = _activity(request, pk)
    wanted = _wanted(request)
    everything = results.rows(activity)
    found = results.narrowed(everything, wanted)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "activity": activity, "wanted": wanted, "total": len(everything), "query": query.urlencode(),
        "found": len(found), "page": Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "filters": _filters(everything),
    }  # fmt: skip
    if request.headers.get("HX-Target") == "found":
        return render(request, "meetings/outcomes/list.html", context)
    return render(request, "meetings/outcomes/outcomes.html", context | _counted(activity, everything))


def _wanted(request: ActorRequest) -> results.Wanted:
    names = ("show", "maker", "guest", "sector", "group")
    chosen = {name: request.GET.get(name, "")[:20] for name in names}
    return results.Wanted(**chosen, words=request.GET.get("q", "").strip()[:80])


def _filters(everything: list[results.Row]) -> list[tuple[str, str, int]]:
    words = {
        "planned": _("in the timetable"), "held": _("took place"), "not_held": _("did not take place"),
        "disputed": _("one side says it did not take place"),
        "waiting": _("an answer is missing"), "none": _("no side answered"), "one": _("one side answered"),
        "told": _("at least one side answered"), "both": _("both sides answered"), "differ": _("the sides differ"),
        "possible": _("cooperation possible"), "exchanged": _("contacts exchanged"),
        "gone": _("no longer in the timetable"),
    }  # fmt: skip
    return [(code, words[code], sum(map(test, everything))) for code, test in results.SHOW.items()]


def _counted(activity: Activity, everything: list[results.Row]) -> dict[str, Any]:
    silent = _silent(activity)
    return {
        "verdicts": results.verdicts(everything), "sectors": results.sectors(everything),
        "groups": results.groups(everything), "silent": silent[:12], "silent_count": len(silent),
        "silent_more": max(0, len(silent) - 12),
    }  # fmt: skip


def _silent(activity: Activity) -> list[tuple[Participation, int]]:
    """Who still has meetings to tell of, and how many."""
    people = list(programmes.coming(activity))
    counts = waiting(people)
    return [(row, counts[row.pk]) for row in people if row.pk in counts]


@officers_only
@require_safe
def outcome(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """One meeting: both sides, everything that was said before, the contacts agreed to."""
    activity = _activity(request, pk)
    row = results.row_of(activity, key)
    if row is None:
        raise Http404
    encounter = row.encounter
    context = {
        "activity": activity, "row": row,
        "history": list(history(encounter)) if encounter else [],
        "agreements": list(encounter.agreements.select_related("agreed_by")) if encounter else [],
    }  # fmt: skip
    return render(request, "meetings/outcomes/outcome.html", context)


@officers_only
@require_POST
def outcomes_remind(request: ActorRequest, pk: int) -> HttpResponse:
    """Prepare reminders for everybody who still has meetings to tell of."""
    activity = _activity(request, pk)
    silent = _silent(activity)
    count = services.remind(activity=activity, silent=silent, actor=request.actor)
    text = ngettext(
        "%(n)d reminder waits in the send queue.", "%(n)d reminders wait in the send queue.", count
    ) % {"n": count}
    if len(silent) > count:
        text += " " + ngettext(
            "%(n)d participant was reminded today or has no phone number or email.",
            "%(n)d participants were reminded today or have no phone number or email.",
            len(silent) - count,
        ) % {"n": len(silent) - count}
    messages.success(request, text)
    return redirect("outcomes", pk)


@officers_only
@require_safe
def outcomes_workbook(request: ActorRequest, pk: int) -> HttpResponse:
    """The rows as the page shows them, as XLSX."""
    activity = _activity(request, pk)
    rows = results.narrowed(results.rows(activity), _wanted(request))
    return as_download(workbook.outcomes(activity, rows), "outcomes.xlsx")

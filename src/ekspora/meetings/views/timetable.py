"""Looking at a timetable: board, people, one meeting in hand, what is not scheduled, versions, what if."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ekspora.core import clock
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.numbers import number_in
from ekspora.meetings.forms.timetable import SolveForm, WhatIfForm
from ekspora.meetings.judging import binding
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Place
from ekspora.meetings.queries.board import Scene, by_person, by_table
from ekspora.meetings.queries.comparing import compare
from ekspora.meetings.queries.exporting import result_with_names
from ekspora.meetings.queries.hall_use import hall_use_of
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.next_step import next_step
from ekspora.meetings.queries.opened import Opened, open_version
from ekspora.meetings.queries.panel import Panel, panel_of
from ekspora.meetings.queries.people import people_of
from ekspora.meetings.queries.progress import Solving, solving_of
from ekspora.meetings.queries.versions import (
    latest_solving,
    musts,
    plan_of,
    published_number,
    version_for,
    versions_of,
)
from ekspora.meetings.queries.what_if import Change, effect_of
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import changeable, seen

TABLES_A_PAGE = 30
PEOPLE_A_PAGE = 50
UNMET_SHOWN = 30
State = TimetableVersion.State
T = TypeVar("T", bound=Any)


def activity_seen(request: ActorRequest, pk: int) -> Activity:
    """The activity, for an officer of one of its organisers; else 404."""
    activity = seen(request, pk)
    tabs.show(request, activity, "timetable")
    return activity


def activity_changed(request: ActorRequest, pk: int) -> Activity:
    """The same for officers of the lead and of co-organisers: to others, wishes and their reasons are closed."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "timetable")
    return activity


def version_seen(activity: Activity, number: int) -> TimetableVersion:
    """A version of the activity, or 404."""
    version = version_for(activity, number)
    if version is None:
        raise Http404
    return version


def _page(request: ActorRequest, items: QuerySet[T, T] | Sequence[T], size: int) -> "Page[T]":
    return Paginator(items, size).get_page(request.GET.get("page"))


@officers_only
@require_safe
def timetable(request: ActorRequest, pk: int) -> HttpResponse:
    """The signature screen: one version, by table or by person, with one meeting or person in hand."""
    activity = activity_seen(request, pk)
    number = number_in(request.GET.get("version"))
    version = version_for(activity, number)
    if version is None and number is not None:
        raise Http404
    opened = open_version(activity, version) if version else None
    context: dict[str, Any] = {
        "activity": activity,
        "can_change": rules.can_change(request.actor, activity),
        "solving": _solving(activity, version),
        "solve_form": SolveForm(initial={"as_before": bool(opened and published_number(activity))}),
    }
    if opened is None:
        return render(
            request, "meetings/timetable_none.html", {**context, "faults": asked_of(activity).faults}
        )
    return render(request, "meetings/timetable.html", {**context, **_shown(request, opened)})


def _solving(activity: Activity, version: TimetableVersion | None) -> Solving | None:
    """The last computation, while it runs or when it is newer than the version and failed."""
    job = latest_solving(activity)
    if job is None or (version is not None and job.finished_at and job.finished_at <= version.created_at):
        return None
    solving = solving_of(job, people_of(activity))
    return solving if solving.running or solving.fault else None


def _shown(request: ActorRequest, opened: Opened) -> dict[str, Any]:
    version, activity = opened.version, opened.activity
    panel = _panel(request, opened)
    found = _found(request, opened) if panel is None else []
    day = opened.day(found[0]) if len(found) == 1 else None
    follow = {panel.maker.who.id, panel.guest.who.id} if panel else set(found)
    scene = _scene(request, opened, frozenset(follow), panel.key if panel else "")
    if request.GET.get("view") == "people":
        page: Page[Any] = _page(request, _side(request, opened), PEOPLE_A_PAGE)
        grid, lines = None, by_person(scene, list(page))
    else:
        page = _page(request, [t.id for t in opened.plan.instance.tables], TABLES_A_PAGE)
        grid, lines = by_table(scene, list(page), _free(scene, panel)), []
    newest = version_for(activity)
    return {
        "version": version, "opened": opened, "proof": opened.proof, "grid": grid, "lines": lines,
        "changed": 0 if clock.today(activity.zone) > activity.ends_on else opened.changed,
        "scene": scene, "page": page, "q": request.GET.get("q", ""), "kept": scene.kept,
        "panel": panel, "day": day, "newest": newest, "unmet": opened.unmet[:UNMET_SHOWN],
        "unmet_count": len(opened.unmet), "ruled_out": opened.ruled_out[:UNMET_SHOWN],
        "next": next_step(activity, version, len(opened.lost), len(opened.carried.new)),
        "what_if": WhatIfForm(
            people=opened.taking_part, spoken=bool(opened.plan.instance.interpreters)
        ), "view": request.GET.get("view", "tables"),
        "side": request.GET.get("side", ""), "people": opened.taking_part,
        "hall_use": hall_use_of(opened),
        "base": f"{reverse('timetable', args=[activity.pk])}?{urlencode(_kept(request, version))}",
    }  # fmt: skip


def _found(request: ActorRequest, opened: Opened) -> list[str]:
    """Who is taken in hand: ``person``, or all whose name holds every word of ``q``."""
    person, words = request.GET.get("person", ""), request.GET.get("q", "").casefold().split()
    if person in opened.people:
        return [person]
    named = [who for who in opened.taking_part if words and all(w in who.name.casefold() for w in words)]
    exact = [who for who in named if who.name.casefold() == " ".join(words)]
    return [who.id for who in exact or named]


def _side(request: ActorRequest, opened: Opened) -> list[Any]:
    side = request.GET.get("side")
    return [who for who in opened.taking_part if side not in ("maker", "guest") or who.side == side]


def _kept(request: ActorRequest, version: TimetableVersion) -> dict[str, str]:
    """What of the address stays while something else is taken in hand."""
    kept = {name: request.GET[name] for name in ("view", "side", "page") if request.GET.get(name)}
    return {"version": str(version.number), **kept}


def _panel(request: ActorRequest, opened: Opened) -> Panel | None:
    key, slot = request.GET.get("meeting", ""), number_in(request.GET.get("slot"))
    # The table was chosen for another time: let the new time offer its own.
    table = request.GET.get("table", "") if request.GET.get("was", str(slot)) == str(slot) else ""
    # A wish that is not scheduled is for those only who may know whose "no" it was.
    if key not in opened.plan.at and not rules.can_change(request.actor, opened.activity):
        return None
    return panel_of(opened, key, _musts(request, opened), slot, table)


def _musts(request: ActorRequest, opened: Opened) -> frozenset[str]:
    may = rules.can_change(request.actor, opened.activity)
    return musts(opened.plan.instance) if may else frozenset()


def _scene(request: ActorRequest, opened: Opened, follow: frozenset[str], chosen: str) -> Scene:
    kept = _kept(request, opened.version)
    return Scene(
        activity=opened.activity, plan=opened.plan, slots=opened.slots, agenda=opened.agenda,
        people=opened.people, musts=_musts(request, opened), lost=opened.lost, moved=opened.moved,
        address=lambda key: f"?{urlencode({**kept, 'meeting': key})}#side", follow=follow, chosen=chosen,
        kept=kept, can_change=rules.can_change(request.actor, opened.activity),
    )  # fmt: skip


def _free(scene: Scene, panel: Panel | None) -> dict[Place, str]:
    if panel is None:
        return {}
    here = {**scene.kept, "meeting": panel.key}
    return {
        place: f"?{urlencode({**here, 'slot': place.slot, 'table': place.table})}#side"
        for place in panel.free_places
    }


@officers_only
@require_safe
def timetable_unmet(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Everything that is not scheduled, with reasons; ``q`` filters by name."""
    activity = activity_changed(request, pk)
    opened = open_version(activity, version_seen(activity, number))
    rows = [*opened.unmet, *opened.ruled_out]
    words = request.GET.get("q", "").casefold().split()
    found = [row for row in rows if all(word in f"{row.maker} {row.guest}".casefold() for word in words)]
    context = {
        "activity": activity,
        "version": opened.version,
        "total": len(rows),
        "q": request.GET.get("q", ""),
    }
    template = "meetings/timetable_unmet.html"
    return render(request, template, {**context, "page": _page(request, found, 50)})


@officers_only
@require_safe
def versions(request: ActorRequest, pk: int) -> HttpResponse:
    """All versions, newest first."""
    activity = activity_seen(request, pk)
    page: Page[Any] = _page(request, versions_of(activity), 50)
    return render(request, "meetings/timetable_versions.html", {"activity": activity, "page": page})


@officers_only
@require_safe
def timetable_compare(request: ActorRequest, pk: int, a: int, b: int) -> HttpResponse:
    """Two versions side by side."""
    activity = activity_seen(request, pk)
    found = compare(version_seen(activity, a), version_seen(activity, b), people_of(activity))
    offered = found.one.state == State.PUBLISHED and found.two.state in (State.DRAFT, State.REFUSED)
    context = {
        "activity": activity, "comparison": found, "proof": found.proof_two, "offered": offered,
        "can_change": rules.can_change(request.actor, activity),
    }  # fmt: skip
    return render(request, "meetings/timetable_compare.html", context)


@officers_only
@require_safe
def what_if(request: ActorRequest, pk: int) -> HttpResponse:
    """What a change could bring at most, as a page or as the part htmx asks for."""
    activity = activity_changed(request, pk)
    version = version_for(activity, number_in(request.GET.get("version")))
    if version is None:
        raise Http404
    plan, people = plan_of(version), people_of(activity)
    taking_part = [who for who in people.values() if who.id in plan.people]
    form = WhatIfForm(request.GET, people=taking_part, spoken=bool(plan.instance.interpreters))
    effect = None
    if form.is_valid() and any(form.cleaned_data.values()):
        asked = form.cleaned_data
        more = asked.get("interpreters") or 0
        change = Change(asked["slots"] or 0, asked["tables"] or 0, asked["stays"], more)
        effect = effect_of(activity, len(plan.at), change)
    part = "" if request.headers.get("HX-Request") else "_page"
    template = f"meetings/timetable_what_if{part}.html"
    return render(
        request, template, {"activity": activity, "version": version, "what_if": form, "effect": effect}
    )


@officers_only
@require_safe
def timetable_download(request: ActorRequest, pk: int, number: int, part: str) -> HttpResponse:
    """The instance or the result of a version for ``ekspora schedule`` (format 1)."""
    activity = activity_changed(request, pk)
    version = version_seen(activity, number)
    plan = plan_of(version)
    if part == "instance":
        data = binding(plan).to_json()
    elif part == "result":
        data = result_with_names(version, people_of(activity))
    else:
        raise Http404
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{_('timetable')}-{activity.pk}-{version.number}-{part}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

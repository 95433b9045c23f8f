"""Acting on a timetable: compute, move, lock, publish."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.meetings.forms.timetable import PlaceForm, SolveForm
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.comparing import compare
from ekspora.meetings.queries.opened import open_version
from ekspora.meetings.queries.versions import published_number, version_for
from ekspora.meetings.services import moving, publishing
from ekspora.meetings.services.solving import start_solving
from ekspora.meetings.views.timetable import activity_changed, version_seen
from ekspora.programmes.models import Activity


def _back(
    activity: Activity, version: TimetableVersion | None = None, meeting: str = ""
) -> HttpResponseRedirect:
    query = f"?version={version.number}" if version else ""
    query += f"&meeting={meeting}#side" if meeting and version else ""
    return redirect(reverse("timetable", args=[activity.pk]) + query)


@officers_only
@require_POST
def timetable_solve(request: ActorRequest, pk: int) -> HttpResponse:
    """Start the computation; the timetable page shows how far it is."""
    activity, form = activity_changed(request, pk), SolveForm(request.POST)
    number = number_in(request.POST.get("base"))
    base = version_for(activity, number) if number is not None else None
    if not form.is_valid():
        messages.error(request, _("Choose a time limit."))
        return _back(activity, base)
    try:
        start_solving(
            activity=activity, actor=request.actor.person, seconds=form.cleaned_data["seconds"], base=base,
            as_before=form.cleaned_data["as_before"], back_to=reverse("timetable", args=[pk]),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
    return _back(activity)


@officers_only
@require_POST
def timetable_move(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Place, swap, take out, or bring up to date, by ``action``; shows the version that came of it."""
    activity = activity_changed(request, pk)
    version = version_seen(activity, number)
    try:
        after = _moved(request, version)
    except DomainError as error:
        messages.error(request, str(error))
        return _back(activity, version, request.POST.get("request", ""))
    _tell(request, version, after)
    return _back(activity, after)


def _moved(request: HttpRequest, version: TimetableVersion) -> TimetableVersion:
    actor = request.actor.person  # type: ignore[attr-defined]  # set by officers_only
    action, key = request.POST.get("action"), request.POST.get("request", "")
    if action == "update":
        return moving.bring_up_to_date(version=version, actor=actor)
    if action == "take_out":
        return moving.take_out(version=version, actor=actor, request=key)
    if action == "swap":
        other, lock = request.POST.get("other", ""), "lock" in request.POST
        return moving.swap(version=version, actor=actor, one=key, two=other, lock=lock)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Choose a time and a table."))
    return moving.place(version=version, actor=actor, **form.cleaned_data)


@officers_only
@require_POST
def timetable_lock(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Lock or unlock a meeting, or all of them."""
    activity = activity_changed(request, pk)
    version = version_seen(activity, number)
    keys = request.POST.getlist("request")
    if "all" in request.POST:
        keys = list(version.meetings.values_list("request", flat=True))
    locked = request.POST.get("locked") == "1"
    after = moving.set_lock(version=version, actor=request.actor.person, requests=keys, locked=locked)
    _tell(request, version, after)
    return _back(activity, after, keys[0] if len(keys) == 1 else "")


def _tell(request: HttpRequest, before: TimetableVersion, after: TimetableVersion) -> None:
    if after.pk == before.pk:
        messages.info(request, _("Nothing changed."))
        return
    text = _("Version %(n)s: %(note)s. To undo, go back to version %(before)s.")
    messages.success(request, text % {"n": after.number, "note": after.note, "before": before.number})
    others = before.children.exclude(pk=after.pk).exclude(created_by=after.created_by_id)
    for other in others.order_by("-number")[:1]:
        text = _("Version %(other)s by %(who)s was also made from version %(before)s. Compare the two.")
        words = {"other": other.number, "who": other.created_by or "–", "before": before.number}
        messages.warning(request, text % words)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def timetable_publish(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Review what would change for people, and publish."""
    activity = activity_changed(request, pk)
    version = version_seen(activity, number)
    if request.method == "POST":
        return _publish(request, activity, version)
    opened = open_version(activity, version)
    seen = published_number(activity)
    before = version_for(activity, seen) if seen and seen != version.number else None
    context = {
        "activity": activity, "version": version, "opened": opened, "proof": opened.proof, "seen": seen,
        "missing": [row for row in opened.unmet if row.required],
        "comparison": compare(before, version, opened.people) if before else None,
    }  # fmt: skip
    return render(request, "meetings/timetable_publish.html", context)


def _publish(request: ActorRequest, activity: Activity, version: TimetableVersion) -> HttpResponse:
    seen = number_in(request.POST.get("seen"))
    try:
        publishing.publish(version=version, actor=request.actor.person, seen=-1 if seen is None else seen)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("timetable_publish", activity.pk, version.number)
    messages.success(
        request, _("Version %(n)s is published. Messages wait in the send queue.") % {"n": version.number}
    )
    return _back(activity, version)

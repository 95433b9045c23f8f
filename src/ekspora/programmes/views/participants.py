"""Who is in an activity: two lists, adding from the directory, and the desk at the door."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.directory.models import Business, Representative
from ekspora.directory.sectors import Sector
from ekspora.programmes import queries, rules, tabs
from ekspora.programmes.forms.doors import GuestAtDoorForm, MakerAtDoorForm
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.queries.lists import TOLD
from ekspora.programmes.services import doors
from ekspora.programmes.services import participants as services
from ekspora.programmes.views.access import changeable, page_of, seen

Side = Participation.Side


def _side(request: ActorRequest) -> str:
    return Side.GUEST if request.GET.get("side") == Side.GUEST else Side.MAKER


def _sides(request: ActorRequest) -> str:
    """As ``_side``; empty for everybody."""
    return "" if request.GET.get("side") == "all" else _side(request)


@officers_only
@require_safe
def participants(request: ActorRequest, pk: int) -> HttpResponse:
    """One side or both (``?side=``) in protocol order, filtered by words, answer, sector, attendance, country."""
    activity = seen(request, pk)
    tabs.show(request, activity, "participants")
    side, words = _sides(request), request.GET.get("q", "")
    answer, sector = request.GET.get("answer", ""), request.GET.get("sector", "")
    came, country = request.GET.get("came", ""), request.GET.get("country", "")[:2]
    everybody = queries.participations(activity, side)
    rows = queries.narrowed(everybody, words, answer, sector, came=came, country=country)
    context = {
        "activity": activity, "side": side, "q": words, "answer": answer, "sector": sector, "came": came,
        "country": country, "told": TOLD, "doors": _at_the_door(),
        "page": page_of(request, rows), "sectors": Sector.choices,
        "totals": {name: sum(counts.values()) for name, counts in queries.answers(activity).items()},
        "answers": Participation.Answer.choices, "may_change": rules.can_change(request.actor, activity),
    }  # fmt: skip
    return render(request, "programmes/participants.html", context)


def _at_the_door() -> list[tuple[str, str]]:
    return [
        ("came", _("came")), ("absent", _("accepted, did not come")), ("late", _("came late")),
        ("substitute", _("substitute came")), ("walk_in", _("walked in")), ("left", _("left early")),
    ]  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: ActorRequest, pk: int) -> HttpResponse:
    """Add people of the agencies' lists: those ticked, or all that the filter shows (``action=all``)."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "participants")
    side, words, sector = _side(request), request.GET.get("q", ""), request.GET.get("sector", "")
    rows = queries.addable(request.actor, activity, side, words, sector)
    if request.method == "POST":
        if request.POST.get("action") != "all":
            ticked = map(number_in, request.POST.getlist("who"))
            rows = rows.filter(pk__in=[pk for pk in ticked if pk is not None])
        made = _enrol(request, activity, list(rows))
        text = ngettext("%(count)s added.", "%(count)s added.", made) % {"count": made}
        if not made:
            messages.warning(request, _("Nobody was chosen."))
            return redirect(request.get_full_path())
        messages.success(request, text)
        return redirect(_list(activity, side))
    context = {
        "activity": activity, "side": side, "q": words, "sector": sector, "page": page_of(request, rows),
        "sectors": Sector.choices,
    }  # fmt: skip
    return render(request, "programmes/participant_add.html", context)


def _enrol(request: ActorRequest, activity: Activity, found: "list[Business] | list[Representative]") -> int:
    made = services.enrol(
        activity=activity, actor=request.actor,
        businesses=[who for who in found if isinstance(who, Business)],
        representatives=[who for who in found if isinstance(who, Representative)],
    )  # fmt: skip
    return len(made)


def _list(activity: Activity, side: str) -> str:
    return reverse("participants", args=[activity.pk]) + f"?side={side}"


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def participation_walk_in(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody stands at the door: found on the lists (``?q=``), or entered in four fields."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "participants")
    side, words = _side(request), request.GET.get("q", "")
    form = (GuestAtDoorForm if side == Side.GUEST else MakerAtDoorForm)(
        request.POST if request.POST.get("action") == "new" else None
    )
    if request.method == "POST":
        row = _known(request, activity, side) if request.POST.get("action") == "known" else None
        if row is None and form.is_valid():
            row = _entered(request, activity, form)
        if row is not None:
            messages.success(request, _("%(who)s takes part from now on.") % {"who": row.label})
            return redirect("participation", row.pk)
    found = queries.at_door(request.actor, activity, side, words) if words else []
    context: dict[str, Any] = {
        "activity": activity, "side": side, "q": words, "found": found, "form": form,
    }  # fmt: skip
    return render(request, "programmes/walk_in.html", context)


def _known(request: ActorRequest, activity: Activity, side: str) -> Participation | None:
    who = queries.listed(request.actor, side).filter(pk=number_in(request.POST.get("who"))).first()
    return services.walk_in(activity=activity, who=who, actor=request.actor) if who else None


def _entered(
    request: ActorRequest, activity: Activity, form: GuestAtDoorForm | MakerAtDoorForm
) -> Participation | None:
    try:
        if isinstance(form, GuestAtDoorForm):
            return doors.guest(activity=activity, actor=request.actor, values=form.cleaned_data)
        return doors.maker(activity=activity, actor=request.actor, values=form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error))
        return None

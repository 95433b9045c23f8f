"""Officers: which pairs ask for a meeting, what is decided about them, who has not marked anybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.demand import sanctions
from ekspora.matching.queries import country_of, suggestion, with_demands
from ekspora.meetings.forms.requests import DecisionForm, PairForm, initial_of
from ekspora.meetings.queries import requests as queries
from ekspora.meetings.services import requests as services
from ekspora.meetings.views import wishes as wish_views
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.views.access import changeable

ROWS_ON_A_PAGE = 50
SILENT_ON_A_PAGE = 12


def _activity(request: ActorRequest, pk: int) -> Activity:
    """The activity, for officers of the lead or a co-organiser only: these pages show whose "no" it was."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "requests")
    return activity


def _one(activity: Activity, pk: int, side: str | None = None) -> Participation:
    found = with_demands(programmes.participations(activity, side)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@officers_only
@require_safe
def requests(request: ActorRequest, pk: int) -> HttpResponse:
    """All pairs with a wish, a decision or a measure; who has not marked anybody."""
    seen = programmes.activity_for(request.actor, pk)
    if seen is not None and not rules.can_change(request.actor, seen):
        tabs.show(request, seen, "requests")
        return render(request, "meetings/requests/closed.html", {"activity": seen})
    activity = _activity(request, pk)
    show, words = request.GET.get("show", ""), request.GET.get("q", "")
    everything = queries.pairs(activity)
    rows = queries.shown(everything, show=show, words=words)
    silent = list(queries.silent(activity))
    context = {
        "activity": activity, "show": show, "q": words, "is_filtered": bool(show or words),
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "filters": _filters(everything), "total": len(everything),
        "silent": silent[:SILENT_ON_A_PAGE], "silent_count": len(silent),
        "silent_more": max(0, len(silent) - SILENT_ON_A_PAGE),
        "is_anybody_coming": bool(silent) or programmes.coming(activity).exists(),
    }  # fmt: skip
    if request.headers.get("HX-Target") == "found":
        return render(request, "meetings/requests/list.html", context)
    context["pair_form"] = _pair_form(activity)
    return render(request, "meetings/requests/requests.html", context)


def _filters(everything: list[queries.Pair]) -> list[tuple[str, str, int]]:
    labels = {
        "requests": _("requests"), "mutual": _("mutual"), "must": _("must"), "decided": _("set by officers"),
        "out": _("ruled out"), "stopped": _("stopped by sanctions"),
    }  # fmt: skip
    return [(code, labels[code], len(queries.shown(everything, show=code))) for code in queries.SHOW]


def _pair_form(activity: Activity, data: object = None) -> PairForm:
    rows = programmes.in_protocol_order(
        Participation.objects.filter(activity=activity, answer=Participation.Answer.ACCEPTED).select_related(
            "business", "person", "substitute", "representative__person", "representative__mission"
        )
    )
    return PairForm(data, makers=rows.filter(side="maker"), guests=rows.filter(side="guest"))


@officers_only
@require_safe
def request_new(request: ActorRequest, pk: int) -> HttpResponse:
    """From the two names chosen to the page of the pair."""
    activity = _activity(request, pk)
    form = _pair_form(activity, request.GET or None)
    if form.is_valid():
        chosen = form.cleaned_data
        return redirect("request_edit", pk, chosen["maker"].pk, chosen["guest"].pk)
    return render(request, "meetings/requests/request_new.html", {"activity": activity, "form": form})


@officers_only
@require_http_methods(["GET", "POST"])
def request_edit(request: ActorRequest, pk: int, maker_pk: int, guest_pk: int) -> HttpResponse:
    """One pair: both marks, what fits, and what the officer decides."""
    activity = _activity(request, pk)
    maker, guest = _one(activity, maker_pk, "maker"), _one(activity, guest_pk, "guest")
    if "withdraw" in request.POST:
        services.withdraw(maker=maker, guest=guest, actor=request.actor)
        messages.success(request, _("The decision is taken back; the pair is again what the wishes say."))
        return redirect("request_edit", pk, maker_pk, guest_pk)
    pair = queries.pair_of(maker, guest)
    form = DecisionForm(
        request.POST or None, activity=activity, slots=queries.open_slots(maker, guest),
        initial=initial_of(pair.decision),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.decide(maker=maker, guest=guest, decision=form.decision(), actor=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. The next timetable takes it into account."))
            return redirect("requests", pk)
    country = country_of(guest)
    context = {
        "activity": activity, "pair": pair, "form": form, "fit": suggestion(guest, maker),
        "notes": sanctions.notes(country, services=any(p.is_service for p in pair.products)),
        "is_looked_at": country in sanctions.countries(),
    }  # fmt: skip
    return render(request, "meetings/requests/request_edit.html", context)


@officers_only
@require_http_methods(["GET", "POST"])
def wishes_for(request: ActorRequest, pk: int, participation_pk: int) -> HttpResponse:
    """Entering what somebody said on the phone, also after the deadline; it is noted that an officer did."""
    activity = _activity(request, pk)
    reader = _one(activity, participation_pk)
    address = reverse("wishes_for", args=[pk, participation_pk])
    if request.method == "POST":
        return wish_views.marked(request, reader, address, on_behalf=True)
    context = wish_views.browsing(request, reader, address) | {"is_open": True, "on_behalf": True}
    return render(request, "meetings/requests/wishes_for.html", context)


@officers_only
@require_POST
def requests_remind(request: ActorRequest, pk: int) -> HttpResponse:
    """Prepare reminders for everybody who accepted and marked nobody."""
    activity = _activity(request, pk)
    silent = list(queries.silent(activity))
    count = services.remind(activity=activity, silent=silent, actor=request.actor)
    text = ngettext(
        "%(n)d reminder waits in the send queue.", "%(n)d reminders wait in the send queue.", count
    ) % {"n": count}
    unreachable = len(silent) - count
    if unreachable:
        text += " " + ngettext(
            "%(n)d participant was reminded today or has no phone number or email.",
            "%(n)d participants were reminded today or have no phone number or email.",
            unreachable,
        ) % {"n": unreachable}
    messages.success(request, text)
    return redirect("queue", activity.scope)

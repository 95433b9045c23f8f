"""Deals as officers keep them: list, one with its ladder, new, changed, closed, handed over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import id_in, number_in
from ekspora.core.trail import label
from ekspora.deals import workbook
from ekspora.deals.forms.deals import CloseForm, DealForm, HandOverForm, NewDealForm, initial_of
from ekspora.deals.models import Deal, DealStep
from ekspora.deals.queries import deals as reads
from ekspora.deals.queries import inquiries, ladder, questions, sources, values
from ekspora.deals.services import deals as services
from ekspora.deals.services import inquiries as inquiry_services
from ekspora.demand import sanctions
from ekspora.directory.places import countries
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.queries.buyers import buyer_for, names_for
from ekspora.directory.views.saving import saved, tell_saved
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.views.access import changeable, page_of
from ekspora.ui.sheets import as_download

MOST_SHOWN = 12


@officers_only
@require_safe
def deals(request: ActorRequest, pk: int) -> HttpResponse:
    """The deals that began at one activity, with its four numbers and what could become a deal."""
    seen = programmes.activity_for(request.actor, pk)
    if seen is None:
        raise Http404
    tabs.show(request, seen, "deals")
    if not rules.can_change(request.actor, seen):
        return render(request, "deals/closed.html", {"activity": seen})
    return _list(request, seen)


@officers_only
@require_safe
def all_deals(request: ActorRequest) -> HttpResponse:
    """All deals the officer works on."""
    return _list(request, None)


def _list(request: ActorRequest, activity: Activity | None) -> HttpResponse:
    wanted, scope = _wanted(request), activity.scope if activity else ""
    found = reads.deals_for(request.actor, wanted, scope)
    if request.GET.get("as") == "xlsx":
        return as_download(workbook.deals(found), "deals.xlsx")
    page = page_of(request, found)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "activity": activity, "wanted": wanted, "page": page, "query": query.urlencode(),
        "new_url": reverse("deal_new") + (f"?activity={activity.pk}" if activity else ""),
        "rows": [(deal, ladder.top_rung(deal), ladder.worth_of(deal), ladder.waiting(deal)) for deal in page],
    }  # fmt: skip
    if request.headers.get("HX-Target") == "found":
        return render(request, "deals/list.html", context)
    whole = "deals/deals.html" if activity else "deals/all_deals.html"
    return render(request, whole, context | _beside(request, activity))


def _wanted(request: ActorRequest) -> reads.Wanted:
    names = ("rung", "currency", "state", "country", "alarms")
    chosen = {name: request.GET.get(name, "")[:10] for name in names}
    return reads.Wanted(**chosen, words=request.GET.get("q", "").strip()[:80])


def _beside(request: ActorRequest, activity: Activity | None) -> dict[str, Any]:
    """The four numbers, the choices, and for an activity what could become a deal."""
    mine = reads.deals_for(request.actor, scope=activity.scope if activity else "")
    numbers = values.stages_of(mine)
    context: dict[str, Any] = {
        "stages": [
            (code, words, [value for value in numbers if value.rung == code])
            for code, words in ladder.stage_words().items()
        ],
        "rungs": [*DealStep.Rung.choices, ("potential", ladder.rung_words("potential"))],
        "states": Deal.State.choices,
        "places": _countries_of(mine),
        "waiting": reads.unchecked_steps().filter(deal__in=mine.order_by()).count(),
    }
    if activity is None:
        return context
    promising = list(sources.promising(activity.scope)[: MOST_SHOWN + 1])
    reported = list(questions.reported(activity.scope)[: MOST_SHOWN + 1])
    return context | {
        "promising": promising[:MOST_SHOWN], "promising_more": len(promising) > MOST_SHOWN,
        "reported": reported[:MOST_SHOWN], "reported_more": len(reported) > MOST_SHOWN,
        "inquiries": inquiries.new_for(request.actor).get(activity.scope, 0),
        "due": len(questions.due([activity])), "asked_from": questions.asked_from(activity),
    }  # fmt: skip


def _countries_of(deals: Any) -> list[tuple[str, str]]:
    codes = set(deals.order_by().values_list("buyer__country", flat=True))
    return [(code, name) for code, name in countries() if code in codes]


@officers_only
@require_safe
def deal(request: ActorRequest, pk: int) -> HttpResponse:
    """One deal: its ladder, what is to be checked, what was done with it."""
    return render(request, "deals/deal.html", page_context(request, found_deal(request, pk)))


def page_context(request: ActorRequest, one: Deal) -> dict[str, Any]:
    """What the page of a deal shows."""
    product, country = one.product, one.buyer.country
    stopped = sanctions.stopped(
        country, product.hs if product else "", one.business.sector,
        is_service=bool(product and product.is_service),
    )  # fmt: skip
    return {
        "deal": one, "ladder": ladder.ladder_of(one), "warnings": ladder.warnings_of(one), "stopped": stopped,
        "withdrawn": [ladder.standing_of(step) for step in ladder.steps_of(one) if not step.is_standing],
        "waiting": ladder.waiting(one), "may_open_buyer": buyer_for(request.actor, one.buyer_id) is not None,
        "close_form": CloseForm(), "hand_form": HandOverForm(officers=reads.officers_of(one)),
        "activity": sources.activity_of(request.actor, id_in(one.scope, "activity")),
        "history": [
            (entry, label(entry.action), who, ladder.step_words(entry.details)) for entry, who in reads.history_of(one)
        ],
        "inquiry": getattr(one, "inquiry", None),
    }  # fmt: skip


def found_deal(request: ActorRequest, pk: int) -> Deal:
    """The deal, for officers who work on it."""
    found = reads.deal_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def deal_new(request: ActorRequest) -> HttpResponseBase:
    """Begin a deal: from a meeting, a promise, an inquiry, a later answer, or by hand with a chosen business."""
    source = sources.source_of(request.actor, request.GET.dict())
    if source is None:
        return _choose_business(request)
    form = _new_form(request, source)
    if request.method == "POST" and form.is_valid():
        made = saved(form, lambda: _begin(request, source, form))
        if made is not None:
            messages.success(request, _("The deal is noted. Note the first step."))
            return redirect("deal", made.pk)
    context = {
        "form": form, "source": source, "countries": countries(), "buyer_names": names_for(request.actor),
    }  # fmt: skip
    return render(request, "deals/deal_new.html", context)


def _choose_business(request: ActorRequest) -> HttpResponse:
    if any(request.GET.get(name) for name in ("inquiry", "answer", "commitment", "encounter", "business")):
        raise Http404
    activity = sources.activity_of(request.actor, number_in(request.GET.get("activity")) or 0)
    words = request.GET.get("q", "").strip()[:80]
    page = page_of(request, sources.businesses_for(request.actor, activity, words))
    context = {"activity": activity, "page": page, "q": words}
    return render(request, "deals/choose_business.html", context)


def _new_form(request: ActorRequest, source: sources.Source) -> NewDealForm:
    agencies = agencies_of(request.actor)
    if source.activity is not None:
        agencies = agencies.filter(pk=acting_agency(request.actor, source.activity).pk)
    products = list(source.business.products.all()[:2])
    initial = {
        "product": products[0] if len(products) == 1 else None, "buyer_name": source.buyer_name,
        "country": source.country, "mission": source.mission,
        "subject": source.subject,
    }  # fmt: skip
    return NewDealForm(request.POST or None, business=source.business, agencies=agencies, initial=initial)


def _begin(request: ActorRequest, source: sources.Source, form: NewDealForm) -> Deal:
    parts, actor = form.parts(), request.actor.person
    if source.inquiry is not None:
        parts.pop("key")
        return inquiry_services.take_up(inquiry=source.inquiry, buyer=form.buyer(), parts=parts, actor=actor)
    return services.name_and_begin(
        buyer=form.buyer(), actor=actor, business=source.business, scope=source.scope,
        encounter=source.encounter, **parts,
    )  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def deal_edit(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Change what a deal is about or with whom."""
    one = found_deal(request, pk)
    form = DealForm(request.POST or None, business=one.business, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        changed = saved(form, lambda: services.edit(
            deal=one, buyer=form.buyer(), values=form.values(), actor=request.actor.person))  # fmt: skip
        if changed is not None:
            tell_saved(request, changed)
            return redirect("deal", pk)
    context = {"form": form, "deal": one, "countries": countries(), "buyer_names": names_for(request.actor)}
    return render(request, "deals/deal_edit.html", context)


@officers_only
@require_POST
def deal_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a deal with the reason, or open it again."""
    one, actor = found_deal(request, pk), request.actor.person
    try:
        if request.POST.get("action") == "reopen":
            services.reopen(deal=one, actor=actor)
            messages.success(request, _("The deal is open again."))
        else:
            state, why = request.POST.get("state", ""), request.POST.get("why", "")[:300]
            services.close(deal=one, state=state, why=why, actor=actor)
            messages.success(request, _("The deal is closed; what counts of it stays."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("deal", pk)


@officers_only
@require_POST
def deal_hand_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody else looks after it."""
    one = found_deal(request, pk)
    form = HandOverForm(request.POST, officers=reads.officers_of(one))
    if form.is_valid():
        owner, why = form.cleaned_data["owner"], form.cleaned_data["why"]
        services.hand_over(deal=one, owner=owner, why=why, actor=request.actor.person)
        messages.success(request, _("%(name)s looks after it now.") % {"name": owner})
    else:
        messages.error(request, _("Choose who looks after it."))
    return redirect("deal", pk)


def activity_deals(request: ActorRequest, pk: int) -> Activity:
    """The activity with its tab, for officers of the lead and the co-organisers."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "deals")
    return activity

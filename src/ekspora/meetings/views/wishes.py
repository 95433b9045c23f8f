"""On the phone: whom one wants to meet, one tap each, and what a representative looks for."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.demand import queries as demand_queries
from ekspora.demand.services import demands as demand_services
from ekspora.meetings.forms.wishes import LookingForForm
from ekspora.meetings.models import Wish
from ekspora.meetings.queries import wishes as queries
from ekspora.meetings.rules import wishes_are_open
from ekspora.meetings.services import wishes as services
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from ekspora.programmes.views.access import own_participation

CARDS_ON_A_PAGE = 40
SHOWN = (queries.OPEN, *Wish.Mark.values)


@dataclass(frozen=True, slots=True)
class Just:
    """What the last tap did, for the line in the card that offers undo; ``error`` says why it did nothing."""

    pk: int
    before: str = ""
    error: str = ""


@signed_in
@require_http_methods(["GET", "POST"])
def my_wishes(request: ActorRequest, pk: int) -> HttpResponse:
    """The other side as cards; a tap marks one of them at once, with or without JavaScript."""
    reader = own_participation(request, pk)
    if request.method == "POST":
        return marked(request, reader, reverse("my_wishes", args=[pk]))
    context = browsing(request, reader, reverse("my_wishes", args=[pk]))
    context |= {"looks_for": _looks_for(reader), "others": _others(request, reader)}
    return render(request, "meetings/wishes/my_wishes.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def my_wish(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """One of the other side in full, with the same three marks."""
    reader = own_participation(request, pk)
    address = reverse("my_wish", args=[pk, other])
    if request.method == "POST":
        return marked(request, reader, address)
    card = queries.card_for(reader, other)
    if card is None:
        raise Http404
    context = {
        **_frame(reader, address), "card": card, "just": _just(request),
        "notes": queries.notes_for(reader, card),
        "has_sheet": queries.may_have_sheet(reader, card),
    }  # fmt: skip
    return render(request, "meetings/wishes/my_wish.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def my_demands(request: ActorRequest, pk: int) -> HttpResponse:
    """What a representative looks for, in their words: noted at once, used in the reasons."""
    reader = own_participation(request, pk)
    representative = reader.representative
    if representative is None:
        raise Http404
    if "close" in request.POST:
        demand = get_object_or_404(representative.demands, pk=number_in(request.POST["close"]))
        demand_services.close(demand=demand, actor=request.actor.person)
        return redirect("my_demands", pk)
    form = LookingForForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        demand_services.take_down(
            representative=representative, agency=reader.activity.lead, values=form.cleaned_data,
            actor=request.actor.person,
        )  # fmt: skip
        messages.success(request, _("Noted. The suggestions below follow from it."))
        return redirect("my_wishes", pk)
    context = {"participation": reader, "form": form, "looks_for": _looks_for(reader)}
    return render(request, "meetings/wishes/my_demands.html", context)


def browsing(request: ActorRequest, reader: Participation, address: str) -> dict[str, Any]:
    """The context of a page of cards, narrowed and turned to a page as the address says."""
    sector = request.GET.get("sector", "")
    words, show = request.GET.get("q", "").strip()[:80], request.GET.get("show", "")
    everybody = queries.cards(reader)
    found = queries.narrowed(everybody, sector=sector, words=words, show=show if show in SHOWN else "")
    page = Paginator(found, CARDS_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        **_frame(reader, address, address),
        "page": page, "everybody": len(everybody), "found": len(found),
        "sectors": queries.sectors_of(everybody), "sector": sector, "q": words, "show": show,
        "is_filtered": bool(sector or words or show), "just": _just(request),
        "query": _query(sector=sector, q=words, show=show, page=page.number if page.number > 1 else ""),
    }  # fmt: skip


def marked(
    request: ActorRequest, reader: Participation, address: str, *, on_behalf: bool = False
) -> HttpResponse:
    """Carry out a tap. ``mark`` is ``id:mark``; the answer is the card alone to htmx, else the page again."""
    chosen_id, _colon, mark = request.POST.get("mark", "").partition(":")
    chosen = number_in(chosen_id)
    card = queries.card_for(reader, chosen) if chosen is not None else None
    if card is None:
        raise Http404
    just = _mark(request, reader, card, mark, on_behalf=on_behalf)
    if not request.headers.get("HX-Request"):
        if just.error:
            messages.error(request, just.error)
        back = _query(**{**_shown(request), "done": card.pk, "was": just.before})
        return redirect(f"{address}?{back}#p{card.pk}")
    fresh = queries.card_for(reader, card.pk)
    context = {
        **_frame(reader, address, address if on_behalf else ""),
        "card": fresh, "just": just, "is_part": True, "on_behalf": on_behalf,
        "is_open": on_behalf or wishes_are_open(reader.activity), "full": "full" in request.POST,
    }  # fmt: skip
    return render(request, "meetings/wishes/marked.html", context)


def _mark(
    request: ActorRequest, reader: Participation, card: queries.Card, mark: str, *, on_behalf: bool
) -> Just:
    chosen = Participation.objects.select_related("business", "representative__mission").get(pk=card.pk)
    try:
        done = services.mark(
            chooser=reader, chosen=chosen, mark=mark, actor=request.actor.person, on_behalf=on_behalf
        )
    except DomainError as error:
        return Just(card.pk, card.mark, str(error))
    return Just(card.pk, done.before)


def _frame(reader: Participation, address: str, list_address: str = "") -> dict[str, Any]:
    activity = reader.activity
    return {
        "participation": reader, "activity": activity, "is_maker": reader.side == Participation.Side.MAKER,
        "is_open": wishes_are_open(activity), "tally": queries.tally_of(reader), "address": address,
        "list_address": list_address or reverse("my_wishes", args=[reader.pk]),
        "counts": reader.answer == Participation.Answer.ACCEPTED,
    }  # fmt: skip


def _just(request: ActorRequest) -> Just | None:
    """What the tap before this page did, carried in the address where there is no JavaScript."""
    done, was = number_in(request.GET.get("done")), request.GET.get("was", "")
    return Just(done, was if was in Wish.Mark.values else "") if done is not None else None


def _shown(request: ActorRequest) -> dict[str, Any]:
    return {name: request.GET.get(name, "") for name in ("sector", "q", "show", "page")}


def _query(**parts: Any) -> str:
    return urlencode({name: value for name, value in parts.items() if value or name == "was"})


def _others(request: ActorRequest, reader: Participation) -> list[Participation]:
    """Whom else the same person chooses for here: a companion has several businesses."""
    mine = programmes.participations_of(request.actor).filter(activity=reader.activity, side=reader.side)
    return [other for other in mine if other.pk != reader.pk]


def _looks_for(reader: Participation) -> list[Any]:
    representative = reader.representative
    return list(demand_queries.open_demands_of(representative)) if representative is not None else []

"""What came by itself, for officers: businesses that registered themselves, and people who say one is theirs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.numbers import number_in
from ekspora.directory.forms.arrivals import DecideForm, ReceptionForm, RefuseForm
from ekspora.directory.models import Business, Claim, Registration
from ekspora.directory.places import where
from ekspora.directory.queries import arrivals as reads
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.services import claims, registrations
from ekspora.directory.views.lists import agency_named
from ekspora.directory.views.saving import sent
from ekspora.directory.wording import topic_of

PAGE = 50


@officers_only
@require_safe
def arrived(request: ActorRequest) -> HttpResponse:
    """Both kinds that wait, or with ``?state=settled`` what was decided, with counts."""
    settled = request.GET.get("state") == "settled"
    rows, asked = reads.registrations_for(request.actor), reads.claims_for(request.actor)
    if settled:
        rows, asked = rows.exclude(state="open").order_by("-pk"), asked.exclude(state="open").order_by("-pk")
    else:
        rows, asked = rows.filter(state="open"), asked.filter(state="open")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "claims": asked[:PAGE], "most": PAGE,
        "settled": settled,
        "waiting": reads.waiting(request.actor), "agencies": agencies_of(request.actor),
        "topics": [(agency, topic_of(agency.pk)) for agency in agencies_of(request.actor)],
    }  # fmt: skip
    return render(request, "directory/arrivals/arrived.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: ActorRequest) -> HttpResponseBase:
    """From which provinces each of the actor's agencies takes businesses in; a form for each agency."""
    agencies = agencies_of(request.actor)
    if request.method == "POST":
        agency = agency_named(request, agencies)
        form = ReceptionForm(request.POST)
        if form.is_valid():
            registrations.receive(agency=agency, provinces=form.codes(), actor=request.actor.person)
            messages.success(request, _("Saved."))
        return redirect("reception")
    forms = [(agency, _reception_form(agency)) for agency in agencies.prefetch_related("receptions")]
    return render(request, "directory/arrivals/reception.html", {"forms": forms})


def _reception_form(agency: Agency) -> ReceptionForm:
    codes = {row.province for row in agency.receptions.all()}
    return ReceptionForm(
        initial={"provinces": sorted(codes - {""}), "everywhere": "" in codes}, auto_id=f"a{agency.pk}-%s"
    )


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: ActorRequest, pk: int) -> HttpResponseBase:
    """One registration with what it may double; POST keeps it, makes it one with a known business, or refuses it."""
    row = get_object_or_404(reads.registrations_for(request.actor), pk=pk)
    form = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        try:
            return _decided(request, row, form.cleaned_data["how"] if form.is_bound else "")
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("registration", pk)
    business = row.business
    place = where(
        country=business.country, province=business.province, regency=business.regency, place=business.place
    )
    context = {"row": row, "form": form, "where": place, "alike": reads.alike(business, request.actor)[:8]}
    return render(request, "directory/arrivals/registration.html", context)


def _decided(request: ActorRequest, row: Registration, reason: str) -> HttpResponseBase:
    actor, known = request.actor.person, number_in(request.POST.get("known"))
    if "refuse" in request.POST:
        registrations.refuse(registration=row, reason=reason, actor=actor)
        messages.success(request, _("Not kept. A message with your words waits in the send queue."))
        return redirect("arrived")
    if known:
        same = get_object_or_404(
            Business.objects.filter(listings__agency__in=request.actor.agencies()).distinct(), pk=known
        )
        made = registrations.is_known(registration=row, business=same, actor=actor)
        messages.success(request, _("Both records are one now."))
        return redirect("claim", made.pk) if made is not None else redirect("business", same.pk)
    kept = registrations.keep(registration=row, actor=actor)
    messages.success(
        request,
        _("%(name)s is on your list. A message to the owner waits in the send queue.") % {"name": kept},
    )
    return redirect("business", kept.pk)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: ActorRequest, pk: int) -> HttpResponseBase:
    """One claim beside what the register holds and who else claims it; POST decides."""
    row = get_object_or_404(reads.claims_for(request.actor), pk=pk)
    form = DecideForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, row, form)
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("claim", pk)
    assert row.business is not None  # on one of the actor's lists
    owners, rivals = reads.other_owners(row.business, row.person), claims.rivals_of(row)
    confirmed = [rival.person for rival in rivals if rival.state == Claim.State.ACCEPTED]
    context = {
        "claim": row, "form": form, "owners": owners, "rivals": rivals,
        "replaced": list(dict.fromkeys([*owners, *confirmed])), "topic": topic_of(_keeper(request, row).pk),
    }  # fmt: skip
    return render(request, "directory/arrivals/claim.html", context)


def _decide(request: ActorRequest, row: Claim, form: DecideForm) -> None:
    words, agency, actor = form.cleaned_data["how"], _keeper(request, row), request.actor.person
    if "accept" in request.POST:
        replaces = form.cleaned_data["replaces"]
        claims.accept(claim=row, how=words, replaces=replaces, agency=agency, actor=actor)
    else:
        claims.refuse(claim=row, reason=words, agency=agency, actor=actor)
    messages.success(request, _("Decided. Messages to everybody concerned wait in the send queue."))


def _keeper(request: ActorRequest, row: Claim) -> Agency:
    """The actor's agency that keeps the business."""
    agency = agencies_of(request.actor).filter(businesses=row.business).first()
    if agency is None:
        raise Http404
    return agency

"""Businesses as officers see and keep them."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.models import Person
from ekspora.directory.facts import facts_of_products, groups_of
from ekspora.directory.forms.businesses import NewBusinessForm
from ekspora.directory.forms.companions import CompanionForm
from ekspora.directory.forms.sharing import ShareForm
from ekspora.directory.forms.verifying import VerifyForm
from ekspora.directory.models import Business, Stewardship
from ekspora.directory.places import countries
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.maker_cards import maker_card
from ekspora.directory.queries.register import keepers_of, notes_on
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.rules import can_edit_business
from ekspora.directory.services import businesses as services
from ekspora.directory.services import statements, stewards
from ekspora.directory.views.saving import saved


@officers_only
@require_safe
def business(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything known of one business, and where each fact came from."""
    found = _found(request, pk)
    rows = list(reads.provenance(request.actor, "directory.business", [found.pk])[:20])
    products = [product.pk for product in found.products.all()]
    rows += list(reads.provenance(request.actor, "directory.product", products)[:20])
    return render(request, "directory/business.html", _page(request, found) | {"origins": rows})


def _page(request: ActorRequest, found: Business) -> dict[str, Any]:
    groups = groups_of(found, statements_of(found))
    return {
        "notes": notes_on(request.actor, found), "keepers": keepers_of(request.actor, found),
        "business": found, "card": maker_card(found), "groups": groups,
        "has_gaps": any(not group.facts for group in groups),
        "companion_form": CompanionForm(), "share_form": ShareForm(business=found), "origins": [],
    }  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponseBase:
    """Enter a business by hand."""
    agencies = reads.agencies_of(request.actor)
    form = NewBusinessForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        agency, values = form.cleaned_data["agency"], form.values()
        made = saved(
            form, lambda: services.register(agency=agency, actor=request.actor.person, values=values)
        )
        if made is not None:
            return redirect("product_new", made.pk)
    return _form_page(request, {"form": form, "title": _("Register a business")})


def _form_page(request: ActorRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "directory/business_form.html", {**context, "countries": countries()})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Note which facts were looked at and found to be so, and how."""
    found = _found(request, pk)
    told = statements_of(found)
    groups = [*groups_of(found, told), *facts_of_products(found, told)]
    known = {fact.key: fact for group in groups for fact in group.facts if fact.statement is not None}
    form = VerifyForm(request.POST or None, facts=list(known))
    if request.method == "POST" and form.is_valid():
        facts = [(known[key].product, known[key].field) for key in form.cleaned_data["facts"]]
        agency = reads.agencies_of(request.actor).filter(listings__business=found).first()
        how, actor = form.cleaned_data["how"], request.actor.person
        noted = saved(form, lambda: statements.verify(
            business=found, facts=facts, how=how, agency=agency, actor=actor))  # fmt: skip
        if noted is not None:
            return redirect("business", pk)
    context = {"business": found, "groups": groups, "form": form}
    return render(request, "directory/verify.html", context)


@officers_only
@require_POST
def companion(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Note a companion and how the owner agreed."""
    found = _found(request, pk)
    form = CompanionForm(request.POST)
    if form.is_valid():
        done = saved(form, lambda: _name_companion(form, found, request.actor.person))
        if done is not None:
            return redirect("business", pk)
    context = _page(request, found) | {"companion_form": form}
    return render(request, "directory/business.html", context, status=422)


def _name_companion(form: CompanionForm, business: Business, actor: Person) -> Stewardship:
    consent = form.cleaned_data["consent"]
    return stewards.name_companion(business=business, person=form.person(), consent=consent, actor=actor)


@officers_only
@require_POST
def share(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Put the business on another agency's list, whose officers then see and keep it too."""
    found = _found(request, pk)
    form = ShareForm(request.POST, business=found)
    if form.is_valid():
        services.list_with(business=found, agency=form.cleaned_data["agency"], actor=request.actor.person)
    return redirect("business", pk)


@officers_only
@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponseBase:
    """End what a companion may do."""
    steward = get_object_or_404(Stewardship.objects.select_related("business"), pk=pk)
    if not can_edit_business(request.actor, steward.business) or steward.role == Stewardship.Role.OWNER:
        raise Http404
    stewards.withdraw(steward=steward, actor=request.actor.person)
    return redirect("business", steward.business_id)


def _found(request: ActorRequest, pk: int) -> Business:
    found = reads.business_for(request.actor, pk)
    if found is None:
        raise Http404
    return found

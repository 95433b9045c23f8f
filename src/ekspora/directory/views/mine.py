"""The pages of owners and companions: their businesses on a cheap phone, one next step at a time."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.directory.completeness import missing_step
from ekspora.directory.facts import groups_of
from ekspora.directory.forms.products import UNITS, ProductForm
from ekspora.directory.models import Business, Product
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.maker_cards import maker_card
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.views.saving import save_product


@signed_in
@require_safe
def my_businesses(request: ActorRequest) -> HttpResponseBase:
    """The businesses one acts for; a single one opens at once."""
    mine = list(reads.public_facts(reads.own_businesses(request.actor)))
    if not mine:
        raise Http404
    if len(mine) == 1:
        return redirect("my_business", mine[0].pk)
    entries = [(business, missing_step(business)) for business in mine]
    return render(request, "directory/my_businesses.html", {"entries": entries})


@signed_in
@require_safe
def my_business(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own business: what guests see of it, and what to do next."""
    found = _found(request, pk)
    groups = groups_of(found, statements_of(found))
    context = {"business": found, "card": maker_card(found), "step": missing_step(found), "groups": groups}
    return render(request, "directory/my_business.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Add a product to one's own business."""
    found = _found(request, pk)
    form = ProductForm(request.POST or None, request.FILES or None, instance=Product(business=found))
    if request.method == "POST" and save_product(request, form, found, request.actor.person):
        return redirect("my_business", pk)
    context = {"form": form, "business": found, "title": _("Add a product"), "units": UNITS}
    return render(request, "directory/my_product_form.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Change a product of one's own business."""
    product = reads.own_product(request.actor, pk)
    if product is None:
        raise Http404
    form = ProductForm(request.POST or None, request.FILES or None, instance=Product.objects.get(pk=pk))
    if request.method == "POST" and save_product(request, form, product, request.actor.person):
        return redirect("my_business", product.business_id)
    context = {
        "form": form,
        "business": product.business,
        "product": product,
        "title": product.name,
        "units": UNITS,
    }
    return render(request, "directory/my_product_form.html", context)


def _found(request: ActorRequest, pk: int) -> Business:
    found = reads.own_business(request.actor, pk)
    if found is None:
        raise Http404
    return found

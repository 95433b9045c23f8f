"""Products as officers keep them."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.directory.forms.products import UNITS, ProductForm
from ekspora.directory.models import Product
from ekspora.directory.queries import businesses as reads
from ekspora.directory.views.saving import save_product


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Add a product to a business."""
    business = reads.business_for(request.actor, pk)
    if business is None:
        raise Http404
    form = ProductForm(request.POST or None, request.FILES or None, instance=Product(business=business))
    if request.method == "POST" and save_product(request, form, business, request.actor.person):
        return redirect("business", business.pk)
    context = {"form": form, "business": business, "title": _("Add a product"), "units": UNITS}
    return render(request, "directory/product_form.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Change a product."""
    product = reads.product_for(request.actor, pk)
    if product is None:
        raise Http404
    instance = Product.objects.get(pk=pk)
    form = ProductForm(request.POST or None, request.FILES or None, instance=instance)
    if request.method == "POST" and save_product(request, form, product, request.actor.person):
        return redirect("business", product.business_id)
    context = {
        "form": form,
        "business": product.business,
        "product": product,
        "title": product.name,
        "units": UNITS,
    }
    return render(request, "directory/product_form.html", context)

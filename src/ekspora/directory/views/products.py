"""Products in small steps, their photos and their price: for officers and for those who act for the business."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.core.actors import ActorRequest
from ekspora.core.clock import today
from ekspora.directory.forms.pricing import PriceForm
from ekspora.directory.forms.products import PRODUCT_STEPS, UNITS, NewProductForm, PhotoForm
from ekspora.directory.models import Product
from ekspora.directory.queries import businesses as reads
from ekspora.directory.services import photos, products
from ekspora.directory.views.saving import saved, sent, tell_saved
from ekspora.directory.views.sides import OFFICER, OWN, Side, for_side

LINES = {
    "making": gettext_lazy("Making"),
    "packing": gettext_lazy("Packing"),
    "inland": gettext_lazy("Way to the port"),
    "documents": gettext_lazy("Export papers and fees"),
    "cost": gettext_lazy("Cost to the ship"),
    "margin": gettext_lazy("Margin"),
    "fob": gettext_lazy("FOB price"),
    "freight": gettext_lazy("Freight"),
    "insurance": gettext_lazy("Insurance of 110 % of the CIF price"),
    "cif": gettext_lazy("CIF price"),
}


def _found(request: ActorRequest, side: Side, pk: int) -> Product:
    read = reads.product_for if side.is_officer else reads.own_product
    found = read(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _new(request: ActorRequest, side: Side, pk: int) -> HttpResponseBase:
    """Add a product to a business."""
    business = (reads.business_for if side.is_officer else reads.own_business)(request.actor, pk)
    if business is None:
        raise Http404
    form = NewProductForm(*sent(request), instance=Product(business=business))
    if request.method == "POST" and form.is_valid():
        values, photo = form.values(), form.photo()
        made = saved(
            form,
            lambda: products.add(business=business, actor=request.actor.person, values=values, photo=photo),
        )
        if made is not None:
            tell_saved(request, ["product"])
            return redirect(side.home, pk)
    context = {"side": side, "form": form, "business": business, "title": _("Add a product"), "units": UNITS}
    return render(request, "directory/product_step.html", context)


def _step(request: ActorRequest, side: Side, pk: int, step: str) -> HttpResponseBase:
    """Change one part of a product."""
    product = _found(request, side, pk)
    if step not in PRODUCT_STEPS or (step == "package" and product.is_service):
        raise Http404
    label, kind = PRODUCT_STEPS[step]
    form = kind(*sent(request), instance=Product.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form, lambda: products.edit(product=product, actor=request.actor.person, values=form.values())
        )
        if changed is not None:
            tell_saved(request, changed)
            return redirect(side.home, product.business_id)
    context = _page(side, product, step) | {"form": form, "title": label, "units": UNITS}
    return render(request, "directory/product_step.html", context)


def _page(side: Side, product: Product, current: str) -> dict[str, Any]:
    steps = [(key, label) for key, (label, _form) in PRODUCT_STEPS.items()
             if not (key == "package" and product.is_service)]  # fmt: skip
    return {
        "side": side, "product": product, "business": product.business, "steps": steps, "current": current,
    }  # fmt: skip


def _photos(request: ActorRequest, side: Side, pk: int) -> HttpResponseBase:
    """The photos of a product, and one more."""
    product = _found(request, side, pk)
    form = PhotoForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        data, alt = form.cleaned_data["picture"].read(), form.cleaned_data["alt"]
        made = saved(
            form, lambda: photos.add(product=product, data=data, alt=alt, actor=request.actor.person)
        )
        if made is not None:
            return redirect(side.photos, pk)
    context = _page(side, product, "photos") | {
        "form": form, "photos": list(product.photos.all()), "title": _("Photos"), "most": photos.MOST,
    }  # fmt: skip
    return render(request, "directory/photos.html", context)


def _photo(request: ActorRequest, side: Side, pk: int) -> HttpResponseBase:
    """Put a photo first, describe it or take it out, by the button that was pressed."""
    found = reads.photo_to_change(request.actor, pk, officer=side.is_officer)
    if found is None:
        raise Http404
    product, actor = found.product_id, request.actor.person
    if "first" in request.POST:
        photos.put_first(photo=found, actor=actor)
    elif "remove" in request.POST:
        photos.remove(photo=found, actor=actor)
    elif "alt" in request.POST:
        photos.describe(photo=found, alt=request.POST["alt"], actor=actor)
    return redirect(side.photos, product)


def _price(request: ActorRequest, side: Side, pk: int) -> HttpResponseBase:
    """From cost to FOB or CIF. What a unit costs is used once and not kept, nor does it stand in an address; what is
    taken over is the price, and which rate it rests on."""
    product = _found(request, side, pk)
    form = PriceForm(sent(request)[0], initial={"rate_on": today("Asia/Jakarta")})
    found = form.price() if form.is_valid() else None
    if found is not None and "take" in request.POST:
        term = "CIF" if request.POST["take"] == "CIF" and found.cif is not None else "FOB"
        amount: Decimal = found.cif if term == "CIF" and found.cif is not None else found.fob
        values: dict[str, Any] = {
            "price": amount, "price_to": None, "is_price_from": False, "currency": "USD",
            "incoterm": "" if product.is_service else term, "price_basis": form.basis(),
        }  # fmt: skip
        changed = saved(
            form, lambda: products.edit(product=product, actor=request.actor.person, values=values)
        )
        if changed is not None:
            tell_saved(request, changed)
            return redirect(side.home, product.business_id)
    lines = [(LINES[line.name], line) for line in found.lines] if found else []
    context = _page(side, product, "calculator") | {
        "form": form, "found": found, "lines": lines, "title": _("Price calculator"),
    }  # fmt: skip
    return render(request, "directory/price.html", context)


product_new, my_product_new = for_side(OFFICER, _new), for_side(OWN, _new)
product_step, my_product_step = for_side(OFFICER, _step), for_side(OWN, _step)
product_photos, my_product_photos = for_side(OFFICER, _photos), for_side(OWN, _photos)
product_photo, my_product_photo = for_side(OFFICER, _photo, "POST"), for_side(OWN, _photo, "POST")
product_price, my_product_price = for_side(OFFICER, _price), for_side(OWN, _price)

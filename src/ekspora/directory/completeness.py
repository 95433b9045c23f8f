"""The one thing an owner does next so that guests can choose the business."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.directory.models import Business


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is missing, why it matters, and where it is filled in."""

    label: str
    why: str
    url: str


def missing_step(business: Business) -> NextStep | None:
    """The most useful thing missing, None when nothing is. Reads what ``public_facts`` has fetched."""
    products = list(business.products.all())
    edit = reverse("my_business_edit", args=[business.pk])
    if not products:
        why = _("Guests choose by product. Enter what you sell first.")
        return NextStep(_("Add a product"), why, reverse("my_product_new", args=[business.pk]))
    if not business.sector:
        return NextStep(_("Choose your sector"), _("Guests look for makers by sector."), edit)
    for product in products:
        change = reverse("my_product_edit", args=[product.pk])
        if not product.photo:
            why = _("A product with a photo is looked at first: %(name)s has none yet.") % {
                "name": product.name
            }
            return NextStep(_("Add a photo"), why, change)
        if not product.name_en:
            why = _("Guests read English: give %(name)s an English name.") % {"name": product.name}
            return NextStep(_("Add the English name"), why, change)
        if product.monthly_capacity is None and not product.is_service:
            why = _("Guests ask how much you can make of %(name)s in a month.") % {"name": product.name}
            return NextStep(_("Say your capacity"), why, change)
    if not (business.about or business.about_en):
        return NextStep(_("Tell about your business"), _("Two or three sentences are enough."), edit)
    return None

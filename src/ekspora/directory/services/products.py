"""Products of a business."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Product
from ekspora.directory.services import changes, photos, statements
from ekspora.directory.services.businesses import keeper_of


@transaction.atomic
def add(
    *, business: Business, actor: Person | None, values: Mapping[str, Any], photo: bytes | None = None
) -> Product:
    """Enter a product; ``values`` are fields of Product, ``photo`` a JPEG, PNG or WebP as sent in.

    Raises DomainError for a value the table refuses or a photo that is none.
    """
    product = Product(business=business)
    changes.apply(product, values)
    product.save()
    statements.note(business, [""], actor, product=product)
    details = {"business": business.pk, "name": product.name}
    audit.record(
        agency=keeper_of(business), actor=actor, action="product.add", target=product, details=details
    )
    if photo is not None:
        photos.add(product=product, data=photo, actor=actor)
    return product


@transaction.atomic
def edit(
    *, product: Product, actor: Person | None, values: Mapping[str, Any], photo: bytes | None = None
) -> list[str]:
    """Change a product, and the photo that stands for it where one is given. Returns what changed."""
    product = Product.objects.select_for_update(of=("self",)).select_related("business").get(pk=product.pk)
    details = changes.plain(changes.apply(product, values))
    if details:
        product.save()
        statements.note(product.business, details, actor, product=product)
        keeper = keeper_of(product.business)
        audit.record(agency=keeper, actor=actor, action="product.edit", target=product, details=details)
    if photo is not None:
        photos.cover(product=product, data=photo, actor=actor)
        details["photo"] = []
    return list(details)


@transaction.atomic
def remove(*, product: Product, actor: Person | None) -> None:
    """Take a product out, with its photo. Raises ProtectedError when another room still needs it."""
    details = {"business": product.business_id, "name": product.name}
    keeper = keeper_of(product.business)
    audit.record(agency=keeper, actor=actor, action="product.remove", target=product, details=details)
    photos.forget_files(product)
    product.delete()

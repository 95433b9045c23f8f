"""Products of a business and their photos."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ekspora.core.files import clean_photo
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Product
from ekspora.directory.services import changes, statements
from ekspora.directory.services.businesses import keeper_of


def _with_photo(product: Product, photo: bytes | None) -> bool:
    """Put a cleaned photo on the product; the old file goes once the change is certain."""
    if photo is None:
        return False
    cleaned = clean_photo(photo)
    _forget_photo(product)
    product.photo.save(cleaned.name, cleaned.content, save=False)
    return True


def _forget_photo(product: Product) -> None:
    name, storage = product.photo.name, product.photo.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def add(
    *, business: Business, actor: Person | None, values: Mapping[str, Any], photo: bytes | None = None
) -> Product:
    """Enter a product; ``values`` are fields of Product, ``photo`` a JPEG, PNG or WebP as sent in.

    Raises DomainError for a value the table refuses or a photo that is none.
    """
    product = Product(business=business)
    changes.apply(product, values)
    _with_photo(product, photo)
    product.save()
    statements.note(business, [""], actor, product=product)
    details = {"business": business.pk, "name": product.name}
    audit.record(
        agency=keeper_of(business), actor=actor, action="product.add", target=product, details=details
    )
    return product


@transaction.atomic
def edit(
    *, product: Product, actor: Person | None, values: Mapping[str, Any], photo: bytes | None = None
) -> list[str]:
    """Change a product, or its photo where one is given. Returns what changed."""
    product = Product.objects.select_for_update(of=("self",)).select_related("business").get(pk=product.pk)
    details = changes.plain(changes.apply(product, values))
    if _with_photo(product, photo):
        details["photo"] = []
    if details:
        product.save()
        statements.note(product.business, details, actor, product=product)
        keeper = keeper_of(product.business)
        audit.record(agency=keeper, actor=actor, action="product.edit", target=product, details=details)
    return list(details)


@transaction.atomic
def remove(*, product: Product, actor: Person | None) -> None:
    """Take a product out, with its photo. Raises ProtectedError when another room still needs it."""
    details = {"business": product.business_id, "name": product.name}
    keeper = keeper_of(product.business)
    audit.record(agency=keeper, actor=actor, action="product.remove", target=product, details=details)
    _forget_photo(product)
    product.delete()

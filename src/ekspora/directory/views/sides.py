"""The same screens for officers and for those who act for a business: where they stand and who may open them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only, signed_in


@dataclass(frozen=True, slots=True)
class Side:
    """Whose pages these are: the page they stand in and the names of their addresses."""

    base: str
    home: str
    step: str
    rows: str
    row: str
    remove: str
    product: str
    photos: str
    photo: str
    price: str
    is_officer: bool


OFFICER = Side(
    "ui/page.html", "business", "business_step", "business_rows", "business_row", "business_row_remove",
    "product_step", "product_photos", "product_photo", "product_price", is_officer=True,
)  # fmt: skip
OWN = Side(
    "ui/phone.html", "my_business", "my_business_step", "my_rows", "my_row", "my_row_remove", "my_product_step",
    "my_product_photos", "my_product_photo", "my_product_price", is_officer=False,
)  # fmt: skip


def for_side(
    side: Side, inner: Callable[..., HttpResponseBase], *methods: str
) -> Callable[..., HttpResponseBase]:
    """A screen for one side, open to its people only; ``methods`` are those that show and save unless given."""
    guard = officers_only if side.is_officer else signed_in

    def view(request: ActorRequest, pk: int, **named: Any) -> HttpResponseBase:
        return inner(request, side, pk, **named)

    view.__doc__ = inner.__doc__
    return guard(require_http_methods(list(methods) or ["GET", "HEAD", "POST"])(view))

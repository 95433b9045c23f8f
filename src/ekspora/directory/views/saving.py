"""What pages for officers and for owners do alike: show a form, save it through a service, say what is
wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.directory.forms.products import ProductForm
from ekspora.directory.models import Business, Product
from ekspora.directory.services import products


def saved(form: BaseForm, save: Callable[[], Any]) -> Any:
    """The result of ``save``, or None when a service refused; then the form says why."""
    try:
        return save()
    except DomainError as error:
        form.add_error(None, str(error))
    except IntegrityError:
        form.add_error(
            None, _("Somebody else changed this at the same moment. Look at it again and save once more.")
        )
    return None


def save_product(
    request: HttpRequest, form: ProductForm, target: Business | Product, actor: Person
) -> Product | None:
    """Add a product to a business, or change one; None when the form or the service refused."""
    if not form.is_valid():
        return None
    values, photo = form.values(), form.photo()
    if isinstance(target, Business):
        made = saved(form, lambda: products.add(business=target, actor=actor, values=values, photo=photo))
        if made is not None:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
        return made if isinstance(made, Product) else None
    changed = saved(form, lambda: products.edit(product=target, actor=actor, values=values, photo=photo))
    if changed is None:
        return None
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return target


def tell_saved(request: HttpRequest, changed: list[str]) -> None:
    """Say whether anything was different."""
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))

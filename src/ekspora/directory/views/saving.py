"""What pages for officers and for owners do alike: show a form, save it through a service, say what is
wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.directory.forms.businesses import ExportFormSet, FairFormSet, OwnBusinessForm
from ekspora.directory.forms.products import ProductForm
from ekspora.directory.models import Business, Product
from ekspora.directory.services import businesses, products


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


class BusinessPage:
    """The form of a business with the rows of its exports and fairs."""

    def __init__(self, request: HttpRequest, form: OwnBusinessForm, business: Business) -> None:
        data = request.POST if request.method == "POST" else None
        exports = [
            {"market": row.market, "year": row.year or None, "is_indirect": row.is_indirect}
            for row in business.exports.order_by("market", "year")
        ]
        fairs = [
            {"name": row.name, "country": row.country, "year": row.year or None}
            for row in business.fairs.order_by("name", "year")
        ]
        self.form = form
        self._somewhere = any(not row["market"] for row in exports)
        known = [row for row in exports if row["market"]]
        self.exports: BaseFormSet[Any] = ExportFormSet(data, initial=known, prefix="exports")
        self.fairs: BaseFormSet[Any] = FairFormSet(data, initial=fairs, prefix="fairs")

    def is_valid(self) -> bool:
        """Whether all three parts can be saved; each says what is wrong with it."""
        return all([self.form.is_valid(), self.exports.is_valid(), self.fairs.is_valid()])

    def save(self, business: Business, actor: Person) -> list[str]:
        """Save over a known business and return what changed."""
        return businesses.edit(
            business=business,
            actor=actor,
            values=self.form.values(),
            exports=self._exports(),
            fairs=self._fairs(),
        )

    def _exports(self) -> list[businesses.Export]:
        exports = [export for form in self.exports if (export := form.export())]
        if self._somewhere and not exports:  # it exported, nobody said where
            exports.append(businesses.Export(""))
        return exports

    def _fairs(self) -> list[businesses.FairVisit]:
        return [visit for form in self.fairs if (visit := form.visit())]


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

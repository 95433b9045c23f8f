"""States of a business by which a list is narrowed and a funnel counted: how far it has come, what it lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.core.registries import Registry
from ekspora.directory.models import Business, ExportRecord, Photo, Product, Stewardship
from ekspora.directory.models.certificates import WARNED


@dataclass(frozen=True, slots=True)
class Condition:
    """A state of a business in words: ``rule`` decides for one business; where ``rows`` name those that are in it, a
    few are found without asking all. ``note`` says what is looked at, and the address named ``page`` more."""

    label: Any
    rule: Callable[[], Q]
    rows: Callable[[], QuerySet[Any]] | None = None
    note: Any = ""
    page: str = ""


# Under which name an ownership is chosen: its column and its words.
LED = {
    "women": ("owned_by_women", _("owned by women")),
    "youth": ("owned_by_youth", _("owned by young people")),
    "disability": ("owned_with_disability", _("owned by people with a disability")),
}


def validity(state: str) -> Q:
    """Which certificates are ``valid``, ``ending`` or ``ended`` today; without a state all. One whose end is not known
    is none of them."""
    day = today("Asia/Jakarta")
    return {
        "valid": Q(valid_until__gte=day) | Q(has_no_end=True),
        "ending": Q(valid_until__gte=day, valid_until__lte=day + WARNED),
        "ended": Q(valid_until__lt=day),
    }.get(state, Q())


def of(rows: QuerySet[Any]) -> Q:
    """Such a row belongs to the business."""
    return Q(Exists(rows.filter(business=OuterRef("pk"))))


def _reached(**blank: str) -> Q:
    """There is an owner or companion for whom not all of these are blank."""
    stewards = Stewardship.objects.exclude(**{f"person__{name}": value for name, value in blank.items()})
    return of(stewards)


def _regular() -> QuerySet[ExportRecord]:
    others = ExportRecord.objects.filter(business=OuterRef("business")).exclude(year=0)
    return ExportRecord.objects.exclude(year=0).filter(Exists(others.exclude(year=OuterRef("year"))))


def _active() -> Q:
    reachable = ~Q(phone="") | ~Q(email="") | _reached(phone="", email="")
    return Q(inactive_since__isnull=True) & of(Product.objects.all()) & reachable


def _goods() -> QuerySet[Product]:
    return Product.objects.filter(is_service=False)


# The steps of the way from registered to exporting regularly, by the name under which they are asked for.
way: Registry[Condition] = Registry("how far a business has come")
way.register("active", Condition(_("active: with a product, and reachable"), _active), order=10)
way.register(
    "medium",
    Condition(_("medium or large"), lambda: Q(size__in=(Business.Size.MEDIUM, Business.Size.LARGE))),
    order=20,
)
way.register(
    "exported",
    Condition(_("have exported"), lambda: of(ExportRecord.objects.all()), ExportRecord.objects.all),
    order=40,
)
way.register(
    "regularly",
    Condition(_("export regularly: in two years or more"), lambda: of(_regular()), _regular),
    order=50,
)
_NOT_EXPORTED = Condition(_("have not exported"), lambda: ~of(ExportRecord.objects.all()))


def steps() -> dict[str, Condition]:
    """The steps of the way in their order, then what is no step of it."""
    return {**dict(way.items()), "not_exported": _NOT_EXPORTED}


# What is missing in a record, the most useful first (completeness.py).
MISSING = {
    "product": Condition(_("no product"), lambda: ~of(Product.objects.all())),
    "sector": Condition(_("no sector"), lambda: Q(sector="", trades=[])),
    "phone": Condition(_("no phone number"), lambda: Q(phone="") & ~_reached(phone="")),
    "reach": Condition(
        _("neither phone nor email"), lambda: Q(phone="", email="") & ~_reached(phone="", email="")
    ),
    "owner": Condition(
        _("no owner named"), lambda: ~of(Stewardship.objects.filter(role=Stewardship.Role.OWNER))
    ),
    "photo": Condition(
        _("a product without a photo"),
        lambda: of(Product.objects.exclude(Exists(Photo.objects.filter(product=OuterRef("pk"))))),
    ),
    "english": Condition(_("a product without English name"), lambda: of(Product.objects.filter(name_en=""))),
    "capacity": Condition(
        _("a product without capacity"), lambda: of(_goods().filter(monthly_capacity=None))
    ),
    "about": Condition(_("nothing told about it"), lambda: Q(about="", about_en="")),
    "price": Condition(_("a product without price"), lambda: of(Product.objects.filter(price=None))),
    "place": Condition(_("no regency"), lambda: Q(country="ID", regency="")),
    "nib": Condition(_("no NIB"), lambda: Q(country="ID", nib="")),
    "hs": Condition(_("a product without HS code"), lambda: of(_goods().filter(hs=""))),
    "legal": Condition(_("no legal form"), lambda: Q(country="ID", legal_form="")),
}  # fmt: skip

"""Registering and keeping businesses: their record, and whose lists they are on."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import today
from ekspora.core.errors import Conflict
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, ExportRecord, Listing
from ekspora.directory.services import changes, nibs, statements
from ekspora.directory.sizes import size_class


@transaction.atomic
def register(*, agency: Agency, actor: Person | None, values: Mapping[str, Any]) -> Business:
    """Enter a business and keep it on the agency's list; ``values`` are fields of Business.

    Raises Conflict when its NIB is registered already: then it is to be shared, not entered twice.
    """
    nib = values.get("nib", "")
    known = Business.objects.holding(nib).first()
    if known is not None:
        raise Conflict(
            _(
                "This NIB is registered already, as %(name)s. Ask an agency that keeps it to share it with yours."
            )
            % {"name": known.name}
        )
    business = Business()
    changes.apply(business, with_size(business, values))
    freed = nibs.free([nib])
    business.save()
    Listing.objects.create(business=business, agency=agency)
    statements.note(business, [""], actor)
    details = {"name": business.name, "nib_from": freed}
    audit.record(agency=agency, actor=actor, action="business.register", target=business, details=details)
    return business


@transaction.atomic
def edit(*, business: Business, actor: Person | None, values: Mapping[str, Any]) -> list[str]:
    """Change fields of the record and note who stated them. Returns what changed."""
    business = Business.objects.select_for_update().get(pk=business.pk)
    changed = changes.apply(business, with_size(business, values))
    if changed:
        freed = nibs.free([business.nib], but=business.pk) if "nib" in changed else []
        business.save()
        statements.note(business, changed, actor)
        keeper, details = keeper_of(business), changes.plain(changed)
        details |= {"nib_from": freed} if freed else {}
        audit.record(agency=keeper, actor=actor, action="business.edit", target=business, details=details)
    return list(changed)


def with_size(business: Business, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the size class that follows from known sales or capital; unknown stays as it is told."""
    names = ("yearly_sales", "sales_year", "capital", "capital_on")
    sales, year, capital, day = (values.get(name, getattr(business, name)) for name in names)
    found = size_class(
        sales=sales, sales_year=year, capital=capital, capital_on=day, on=today("Asia/Jakarta")
    )
    return dict(values) | ({"size": found.size} if found else {})


def keeper_of(business: Business) -> Agency | None:
    """The agency whose trail tells of the business: the one that has listed it longest."""
    listing = business.listings.select_related("agency").order_by("since", "pk").first()
    return listing.agency if listing else None


@transaction.atomic
def record_export(
    *,
    business: Business,
    market: str,
    year: int,
    is_indirect: bool,
    agency: Agency | None,
    actor: Person | None,
) -> ExportRecord:
    """Note that a business has sold abroad; noting the same twice changes nothing."""
    record, created = ExportRecord.objects.get_or_create(
        business=business, market=market, year=year, is_indirect=is_indirect
    )
    if created:
        statements.note(business, [f"exports:{record.pk}"], actor)
        details = {"market": market, "year": year, "indirect": is_indirect}
        audit.record(agency=agency, actor=actor, action="business.export", target=business, details=details)
    return record


@transaction.atomic
def withdraw_export(*, record: ExportRecord, agency: Agency | None, actor: Person | None) -> None:
    """Take a noted export back, where what showed it was withdrawn."""
    details = {"market": record.market, "year": record.year, "indirect": record.is_indirect}
    business = record.business
    record.delete()
    audit.record(
        agency=agency, actor=actor, action="business.export_withdraw", target=business, details=details
    )


@transaction.atomic
def list_with(*, business: Business, agency: Agency, actor: Person | None) -> bool:
    """Keep a business on an agency's list; False when it was there already."""
    _listing, created = Listing.objects.get_or_create(business=business, agency=agency)
    if created:
        audit.record(agency=agency, actor=actor, action="business.list", target=business)
    return created


@transaction.atomic
def unlist(*, business: Business, agency: Agency, actor: Person | None) -> bool:
    """Take a business off an agency's list; its record stays. False when it was not there."""
    removed, _rows = Listing.objects.filter(business=business, agency=agency).delete()
    if removed:
        audit.record(agency=agency, actor=actor, action="business.unlist", target=business)
    return bool(removed)

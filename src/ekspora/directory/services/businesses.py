"""Registering and keeping businesses: their record, whose lists they are on, exports and fairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import Conflict
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, ExportRecord, Fair, Listing
from ekspora.directory.services import changes


@dataclass(frozen=True, slots=True)
class Export:
    """A market sold to: ISO code (empty: not known), year (0: not known), directly or through a trader."""

    market: str
    year: int = 0
    is_indirect: bool = False


@dataclass(frozen=True, slots=True)
class FairVisit:
    """A fair shown at: name, ISO code of the country (empty: not known), year (0: not known)."""

    name: str
    country: str = ""
    year: int = 0


@transaction.atomic
def register(*, agency: Agency, actor: Person | None, values: Mapping[str, Any]) -> Business:
    """Enter a business and keep it on the agency's list; ``values`` are fields of Business.

    Raises Conflict when its NIB is registered already: then it is to be shared, not entered twice.
    """
    nib = values.get("nib", "")
    known = Business.objects.filter(nib=nib).first() if nib else None
    if known is not None:
        raise Conflict(
            _(
                "This NIB is registered already, as %(name)s. Ask an agency that keeps it to share it with yours."
            )
            % {"name": known.name}
        )
    business = Business()
    changes.apply(business, values)
    business.save()
    Listing.objects.create(business=business, agency=agency)
    details = {"name": business.name}
    audit.record(agency=agency, actor=actor, action="business.register", target=business, details=details)
    return business


@transaction.atomic
def edit(
    *,
    business: Business,
    actor: Person | None,
    values: Mapping[str, Any],
    exports: Iterable[Export] | None = None,
    fairs: Iterable[FairVisit] | None = None,
) -> list[str]:
    """Change the record; ``exports`` and ``fairs`` replace what there was where given. Returns what
    changed."""
    business = Business.objects.select_for_update().get(pk=business.pk)
    changed = changes.apply(business, values)
    if changed:
        business.save()
    details = changes.plain(changed)
    if exports is not None and _set_exports(business, set(exports)):
        details["exports"] = []
    if fairs is not None and _set_fairs(business, set(fairs)):
        details["fairs"] = []
    if details:
        keeper = keeper_of(business)
        audit.record(agency=keeper, actor=actor, action="business.edit", target=business, details=details)
    return list(details)


def keeper_of(business: Business) -> Agency | None:
    """The agency whose trail tells of the business: the one that has listed it longest."""
    listing = business.listings.select_related("agency").order_by("since", "pk").first()
    return listing.agency if listing else None


def _set_exports(business: Business, wanted: set[Export]) -> bool:
    present = {Export(r.market, r.year, r.is_indirect): r.pk for r in business.exports.all()}
    business.exports.filter(pk__in=[pk for record, pk in present.items() if record not in wanted]).delete()
    rows = [
        ExportRecord(business=business, market=e.market, year=e.year, is_indirect=e.is_indirect)
        for e in sorted(wanted - present.keys(), key=lambda e: (e.market, e.year, e.is_indirect))
    ]
    ExportRecord.objects.bulk_create(rows)
    return wanted != present.keys()


def _set_fairs(business: Business, wanted: set[FairVisit]) -> bool:
    present = {FairVisit(r.name, r.country, r.year): r.pk for r in business.fairs.all()}
    business.fairs.filter(pk__in=[pk for record, pk in present.items() if record not in wanted]).delete()
    new = {(fair.name, fair.year): fair for fair in wanted - present.keys()}
    rows = [Fair(business=business, name=f.name, country=f.country, year=f.year) for f in new.values()]
    Fair.objects.bulk_create(rows)
    return wanted != present.keys()


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

"""Buyers: named companies and shops. Whoever introduces them is kept with them and is never one itself."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Buyer, Mission
from ekspora.directory.never_embassy import is_mission
from ekspora.directory.places import countries
from ekspora.directory.services import changes
from ekspora.engines.registers.duplicates import name_key


@transaction.atomic
def name_buyer(
    *,
    agency: Agency,
    name: str,
    country: str,
    kind: str,
    values: Mapping[str, Any],
    introduced_by: Mission | None,
    actor: Person | None,
) -> Buyer:
    """The buyer of this name in this country on the agency's list, made if missing.

    ``values`` are further fields of a new one. The same name but for legal form, case and accents is the same
    buyer. Raises DomainError without a name or country, and for a mission's name.
    """
    name = " ".join(name.split())
    if country.upper() not in dict(countries()):
        raise DomainError(_("Choose the country of the buyer."))
    if not name:
        raise DomainError(_("Write the name of the buyer."))
    if is_mission(name, Mission.objects.values_list("name", flat=True)):
        raise DomainError(
            _(
                "“%(name)s” is a mission. A mission introduces buyers but does not buy: write the name of the "
                "company that orders and pays."
            )
            % {"name": name}
        )
    Agency.objects.select_for_update().get(pk=agency.pk)  # named twice at once it is still one
    listed = Buyer.objects.filter(listed_by=agency, country=country.upper())
    known = listed.filter(name_key=name_key(name)[:160]).order_by("pk").first()
    if known is not None:
        return known
    buyer = Buyer(introduced_by=introduced_by)
    fields = {"name": name, "country": country.upper(), "kind": kind or Buyer.Kind.UNKNOWN}
    changes.apply(buyer, {**values, **fields})
    buyer.save()
    buyer.listed_by.add(agency)
    audit.record(agency=agency, actor=actor, action="buyer.name", target=buyer, details=fields)
    return buyer

"""The list of businesses as lines for a spreadsheet; its headers are those that the import understands."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files import File
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ekspora.core.errors import DomainError
from ekspora.core.services import jobs
from ekspora.directory.models import Bulk, Business, Stewardship
from ekspora.directory.places import place_name
from ekspora.directory.queries.businesses import public_facts
from ekspora.ui import formats, sheets

# A longer list is written in the background.
MOST_AT_ONCE = 5000

HEAD = (
    _("Business name"), _("NIB"), _("Owner"), _("Phone"), _("Email"), _("Province"), _("Regency or city"),
    _("Address"), _("Country"), _("Sector"), _("Size"), _("Founded"), _("Employees"), _("Products"), _("HS codes"),
    _("Markets"), _("Fairs"),
)  # fmt: skip


def sheet(businesses: "QuerySet[Business]") -> sheets.Sheet:
    """The list by name, read a thousand at a time."""
    whole = public_facts(businesses).prefetch_related("stewards__person").order_by("name", "pk")
    return "UMKM", [str(label) for label in HEAD], lines(whole.iterator(chunk_size=1000))


def keep(bulk: Bulk, businesses: "QuerySet[Business]", kind: str, handle: jobs.Handle) -> Mapping[str, Any]:
    """Write the list into the file of a bulk action, however long it is. Raises DomainError when it is stopped."""
    total, written = businesses.count(), 0

    def told(rows: Iterable[Any]) -> Iterator[Any]:
        nonlocal written
        for row in rows:
            yield row
            written += 1
            if written % 1000 == 0 and not handle.report(done=written, total=total):
                raise DomainError(gettext("Stopped. No file was made."))

    name, head, rows = sheet(businesses)
    with tempfile.TemporaryFile() as out:
        sheets.write_file(out, kind, (name, head, told(rows)))
        out.seek(0)
        bulk.file.save(f"{get_random_string(32)}.{kind}", File(out), save=True)
    return {"done": written, "left": {}}


def lines(businesses: Iterable[Business]) -> Iterator[tuple[str, ...]]:
    """One line for each business; ``products``, ``exports``, ``fairs`` and ``stewards__person`` prefetched."""
    for business in businesses:
        owners = [s.person for s in business.stewards.all() if s.role == Stewardship.Role.OWNER]
        products = list(business.products.all())
        phones = [business.phone, *(person.phone for person in owners)]
        emails = [business.email, *(person.email for person in owners)]
        yield (
            business.name, business.nib, _joined(person.name for person in owners), _joined(phones), _joined(emails),
            place_name(business.province), place_name(business.regency) or business.place, business.address,
            formats.country(business.country), str(business.get_sector_display()), str(business.get_size_display()),
            str(business.founded or ""), "" if business.employees is None else str(business.employees),
            _joined(product.name for product in products), _joined(product.hs for product in products),
            _joined(formats.country(record.market) for record in business.exports.all() if record.market),
            _joined(fair.name for fair in business.fairs.all()),
        )  # fmt: skip


def _joined(values: Iterable[str]) -> str:
    """Different ones in their order, separated by commas."""
    return ", ".join(dict.fromkeys(filter(None, values)))

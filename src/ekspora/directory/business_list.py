"""The list of businesses as lines for a spreadsheet; its headers are those that the import understands."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.files import File
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ekspora.core.errors import DomainError
from ekspora.core.services import jobs
from ekspora.directory.models import Bulk, Business, ExportRecord, Fair, Product, Stewardship
from ekspora.directory.places import place_name
from ekspora.directory.sectors import Sector
from ekspora.ui import formats, sheets

# A longer list is written in the background.
MOST_AT_ONCE = 5000
RUN = 1000

HEAD = (
    _("Business name"), _("NIB"), _("Owner"), _("Phone"), _("Email"), _("Province"), _("Regency or city"),
    _("Address"), _("Country"), _("Sector"), _("Size"), _("Founded"), _("Employees"), _("Products"), _("HS codes"),
    _("Markets"), _("Fairs"),
)  # fmt: skip


def sheet(businesses: "QuerySet[Business]") -> sheets.Sheet:
    """The list by name, as a sheet."""
    return "UMKM", [str(label) for label in HEAD], lines(businesses)


def keep(bulk: Bulk, businesses: "QuerySet[Business]", kind: str, handle: jobs.Handle) -> Mapping[str, Any]:
    """Write the list into the file of a bulk action, however long it is. Raises DomainError when it is stopped."""
    total, written = businesses.count(), 0

    def told(rows: Iterable[Any]) -> Iterator[Any]:
        nonlocal written
        for row in rows:
            yield row
            written += 1
            if written % RUN == 0 and not handle.report(done=written, total=total):
                raise DomainError(gettext("Stopped. No file was made."))

    name, head, rows = sheet(businesses)
    with tempfile.TemporaryFile() as out:
        sheets.write_file(out, kind, (name, head, told(rows)))
        out.seek(0)
        if bulk.file:  # of a run that was killed after it had written
            bulk.file.delete(save=False)
        bulk.file.save(f"{get_random_string(32)}.{kind}", File(out), save=True)
    return {"done": written, "left": {}}


def lines(businesses: "QuerySet[Business]") -> Iterator[tuple[str, ...]]:
    """One line for each business, by name; five queries for every thousand."""
    sectors, sizes = dict(Sector.choices), dict(Business.Size.choices)
    rows = businesses.order_by("name", "pk").values(*_COLUMNS).iterator(chunk_size=RUN)
    while part := list(islice(rows, RUN)):
        products, exports, fairs, owners = _beside([row["pk"] for row in part])
        for row in part:
            made, people = products[row["pk"]], owners[row["pk"]]
            yield (
                row["name"], row["nib"], _joined(name for name, _phone, _email in people),
                _joined([row["phone"], *(phone for _name, phone, _email in people)]),
                _joined([row["email"], *(email for _name, _phone, email in people)]),
                place_name(row["province"]), place_name(row["regency"]) or row["place"], row["address"],
                formats.country(row["country"]), str(sectors.get(row["sector"], "")), str(sizes.get(row["size"], "")),
                str(row["founded"] or ""), "" if row["employees"] is None else str(row["employees"]),
                _joined(name for name, _hs in made), _joined(hs for _name, hs in made),
                _joined(formats.country(market) for market, in exports[row["pk"]] if market),
                _joined(name for name, in fairs[row["pk"]]),
            )  # fmt: skip


_COLUMNS = (
    "pk", "name", "nib", "phone", "email", "province", "regency", "place", "address", "country", "sector", "size",
    "founded", "employees",
)  # fmt: skip


def _beside(businesses: list[int]) -> list[dict[int, list[tuple[Any, ...]]]]:
    """Products, exports, fairs and owners of these businesses, as values."""
    owners = Stewardship.objects.filter(role=Stewardship.Role.OWNER)
    wanted: tuple[tuple[QuerySet[Any], tuple[str, ...]], ...] = (
        (Product.objects.all(), ("name", "hs")),
        (ExportRecord.objects.all(), ("market",)),
        (Fair.objects.all(), ("name",)),
        (owners, ("person__name", "person__phone", "person__email")),
    )
    found = []
    for rows, columns in wanted:
        by_business: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        chosen = rows.filter(business__in=businesses).order_by("pk")
        for pk, *values in chosen.values_list("business_id", *columns):
            by_business[pk].append(tuple(values))
        found.append(by_business)
    return found


def _joined(values: Iterable[str]) -> str:
    """Different ones in their order, separated by commas."""
    return ", ".join(dict.fromkeys(filter(None, values)))

"""The list of businesses as lines for a spreadsheet; its headers are those that the import understands."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from ekspora.directory.models import Business, Stewardship
from ekspora.directory.places import place_name
from ekspora.ui import formats

HEAD = (
    _("Business name"), _("NIB"), _("Owner"), _("Phone"), _("Email"), _("Province"), _("Regency or city"),
    _("Address"), _("Country"), _("Sector"), _("Size"), _("Founded"), _("Employees"), _("Products"), _("HS codes"),
    _("Markets"), _("Fairs"),
)  # fmt: skip


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

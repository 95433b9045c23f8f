"""What people read in the trail for the records and details of this room; its actions stand with what they do."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ekspora.core import trail
from ekspora.core.models import Person
from ekspora.directory import models
from ekspora.directory.models.people import Branch
from ekspora.directory.places import place_name
from ekspora.directory.sectors import Sector, Trade
from ekspora.directory.services.bulk import actions
from ekspora.directory.services.rows import KINDS
from ekspora.ui import formats

RECORDS = {
    model._meta.label_lower: model._meta.verbose_name
    for model in (
        models.Business, models.Product, models.Stewardship, models.Consent, models.Registration, models.Claim,
        models.Bulk, models.Mission, models.Representative, models.Buyer, models.Note, models.SavedFilter,
    )
} | {"directory.import": _("import of a register")}  # fmt: skip

DETAILS = {
    "action": _("what is done"),
    "alt": _("what a photo shows"),
    "apart": _("kept as two"),
    "arrivals": _("businesses that registered themselves"),
    "branches": _("branch offices"),
    "bulk_actions": _("actions on many businesses"),
    "business": _("business"),
    "businesses": _("businesses"),
    "certificates": _("certificates"),
    "claims": _("claims of ownership"),
    "contacts": _("contacts"),
    "counts": _("records"),
    "created": _("new"),
    "doubles": _("possible doubles"),
    "exports": _("exports"),
    "facts": _("facts"),
    "fairs": _("fairs"),
    "file": _("file"),
    "files": _("files"),
    "gone": _("taken into it"),
    "good": _("rows without a fault"),
    "held_back": _("held back"),
    "how": _("how it was checked"),
    "indirect": _("through somebody else"),
    "kept": _("left as it was"),
    "letters": _("letters of consent"),
    "lists": _("lists as files"),
    "market": _("country"),
    "members": _("members"),
    "nib_from": _("NIB taken from business"),
    "open": _("undecided"),
    "order": _("order of the photos"),
    "other": _("the other record"),
    "photo": _("photo"),
    "pinned": _("on top"),
    "provinces": _("provinces"),
    "put_back": _("put back"),
    "purpose": _("what for"),
    "records": _("records"),
    "representatives": _("representatives"),
    "shared": _("for the whole agency"),
    "unchanged": _("unchanged"),
    "updated": _("changed"),
    "uploads": _("files not imported"),
    "year": _("year"),
}

_PLACES = ("province", "regency", "district", "village")
READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("country", "market", "residence_country", "fair_country"), formats.country),
    **dict.fromkeys(_PLACES, place_name),
    **dict.fromkeys(("language", "languages"), formats.language_name),
    **dict.fromkeys(("other_sectors", "sectors"), dict(Sector.choices).get),
    "arrival.provinces": lambda code: place_name(code) if code else _("all others"),
    "bulk.action": lambda name: actions[name]().label if name in actions else None,
    "import.kind": DETAILS.get,
    "row.kind": {**DETAILS, **dict(Branch.Kind.choices)}.get,
    "trades": dict(Trade.choices).get,
    "unit": formats.unit,
}
_ROWS = {name: field for model in KINDS.values() for name, field in trail.fields_of(model).items()}


def register() -> None:
    """Fill core's registries."""
    trail.records |= RECORDS
    trail.details |= DETAILS
    trail.readers |= READERS
    trail.columns |= {"row": _ROWS, "representative": trail.fields_of(Person)}

"""What this room holds about a person, for "my data"."""

from typing import Any

from django.db import models
from django.db.models import Q

from ekspora.core.actors import Actor
from ekspora.directory import rules
from ekspora.directory.models import (
    Business,
    BuyerNote,
    Consent,
    Contact,
    ImportedRow,
    Note,
    Product,
    Representative,
    SavedFilter,
    Statement,
    Stewardship,
)
from ekspora.directory.privacy.contacts import contacts_of
from ekspora.directory.services.importing import forgetting
from ekspora.directory.services.rows import KINDS, owner_field

_ROW = ("source__file_name", "row", "source__uploaded_at", "effect", "changes")
_CONSENT = (
    "business__name", "purpose", "wording", "version", "how", "given_on", "recorded_as", "recorded_by__name",
    "recorded_at", "withdrawn_at",
)  # fmt: skip


def held(actor: Actor) -> dict[str, Any]:
    """The businesses the person acts for, their record as a representative, the rows they came from.

    A session that a link limits gets what is within these limits, and no rows: a file may have put anything there.
    """
    person, begun = actor.person, Q(scope=actor.scope) if actor.scope else Q()
    businesses = Business.objects.filter(rules.own(actor))
    columns = [field.name for field in Business._meta.concrete_fields if field.name != "name_key"]
    roles = Stewardship.objects.filter(person=person, business__in=businesses)
    guests = Representative.objects.filter(person=person)
    buyers = BuyerNote.objects.filter(person=person)
    rows = ImportedRow.objects.filter(forgetting.rows_about(person))
    contacts = Contact.objects.filter(pk__in=contacts_of(person, businesses))
    said = Statement.objects.filter(stated_by=person)
    written, filters = Note.objects.filter(author=person), SavedFilter.objects.filter(person=person)
    if actor.scope:
        # A link opens no list of an agency, and no buyer stands within its limits.
        buyers, written, filters = buyers.none(), written.none(), filters.none()
        contacts = contacts.filter(business__in=businesses)
        said = said.filter(business__in=businesses)
    arrived = person.registrations.filter(begun).values(
        "business__name", "agency__name", "begun_at", "state", "reason"
    )
    claimed = person.claims.filter(begun).values(
        "name", "nib", "number", "begun_at", "proven_at", "state", "reason"
    )
    agreed = Consent.objects.filter(rules.consents_of(actor))
    noted = Consent.objects.filter(recorded_by=person, business__in=businesses).exclude(person=person)
    owned = roles.filter(role=Stewardship.Role.OWNER).values("business")
    notes = Note.objects.filter(business__in=owned).order_by("pk")
    return {
        "businesses": list(businesses.values(*columns)),
        "products": list(Product.objects.filter(business__in=businesses).values()),
        **{kind: _rows_of(model, businesses) for kind, model in KINDS.items() if model is not Contact},
        "stewardships": list(roles.values("business__name", "role", "consent_at", "consent_note")),
        "representative": list(guests.values("mission__name", "function", "sectors", "interests")),
        "contacts": list(contacts.values("business__name", "name", "function", "phone", "email")),
        "statements": list(said.values("business__name", "product__name", "field", "source", "stated_at")),
        "buyers": list(buyers.values("buyer__name", "buyer__country", "text")),
        "registrations": list(arrived),
        "claims": list(claimed),
        "consents": list(agreed.values(*_CONSENT)),
        "consents_noted": list(
            noted.values("business__name", "version", "given_on", "recorded_at", "withdrawn_at")
        ),
        "imported": [] if actor.scope else list(rows.values(*_ROW)),
        # What an agency notes for itself is on no page of the owner, but it is held about them. Notes that name
        # them elsewhere are for an officer to look for: anybody can say that they bear a name.
        "notes": list(notes.values("business__name", "agency__name", "written_at", "text")),
        "notes_written": list(written.values("business__name", "written_at")),
        "saved_filters": list(filters.values("name", "query", "is_shared")),
    }


def _rows_of(model: type[models.Model], businesses: "models.QuerySet[Business]") -> list[dict[str, Any]]:
    """What belongs to these businesses row by row, each naming its business."""
    field = owner_field(model)
    columns = [one.name for one in model._meta.concrete_fields if one.name not in ("id", field)]
    found = model._default_manager.filter(**{f"{field}__in": businesses})
    return list(found.values(f"{field}__name", *columns))

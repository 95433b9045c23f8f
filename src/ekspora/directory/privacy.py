"""What this room holds about a person and how it forgets them.

A business is not a person: its record, its products and what it exported stay on the lists of its agencies.
What of it is the person's goes: who acts for it, and a phone or email that is theirs. A name or number anybody may
type about themselves picks out nothing at businesses they do not act for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import Agency, AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.core.services import audit
from ekspora.directory import rules
from ekspora.directory.models import (
    Branch,
    Bulk,
    Business,
    Buyer,
    BuyerNote,
    Certificate,
    Claim,
    Contact,
    ExportRecord,
    Fair,
    ImportedRow,
    Member,
    Note,
    Product,
    Registration,
    Representative,
    SavedFilter,
    Statement,
    Stewardship,
)
from ekspora.directory.services import bulk, merging, photos
from ekspora.directory.services.importing import forgetting
from ekspora.directory.services.rows import KINDS, owner_field
from ekspora.engines.registers.wording import fold

UNKNOWN_FOR = timedelta(days=90)
TEXTS = ("about", "about_en", "address", "website")
ROW_TEXTS: Mapping[type[models.Model], tuple[str, ...]] = {
    Contact: ("name", "function"),
    Branch: ("place",),
    Member: ("name",),
    Certificate: ("name", "number", "issuer"),
    ExportRecord: ("reference",),
    Fair: ("name",),
}
_ROW = ("source__file_name", "row", "source__uploaded_at", "effect", "changes")


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
    contacts = Contact.objects.filter(pk__in=_contacts_of(person, businesses))
    said = Statement.objects.filter(stated_by=person)
    arrived = person.registrations.filter(begun).values(
        "business__name", "agency__name", "wording", "begun_at", "state", "reason"
    )
    claimed = person.claims.filter(begun).values(
        "name", "nib", "number", "wording", "begun_at", "proven_at", "state", "reason"
    )
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
        "imported": [] if actor.scope else list(rows.values(*_ROW)),
        # What an agency notes for itself is on no page of the owner, but it is held about them. Notes that name
        # them elsewhere are for an officer to look for: anybody can say that they bear a name.
        "notes": list(notes.values("business__name", "agency__name", "written_at", "text")),
        "notes_written": list(Note.objects.filter(author=person).values("business__name", "written_at")),
        "saved_filters": list(SavedFilter.objects.filter(person=person).values("name", "query", "is_shared")),
    }


def _rows_of(model: type[models.Model], businesses: "models.QuerySet[Business]") -> list[dict[str, Any]]:
    """What belongs to these businesses row by row, each naming its business."""
    field = owner_field(model)
    columns = [one.name for one in model._meta.concrete_fields if one.name not in ("id", field)]
    found = model._default_manager.filter(**{f"{field}__in": businesses})
    return list(found.values(f"{field}__name", *columns))


def marks_of(person: Person) -> Marks:
    """What recognises the person in texts; where a business of theirs bears their name, the name is its own."""
    marks = Marks.of(person)
    businesses = Business.objects.filter(stewards__person=person)
    if fold(person.name) in {fold(name) for name in businesses.values_list("name", flat=True)}:
        return replace(marks, name="", full_name="")
    return marks


def erase(person: Person) -> None:
    """The person acts for no business and is on no list; files and trail forget them."""
    marks = marks_of(person)
    businesses = list(Business.objects.filter(stewards__person=person))
    numbers = [business.pk for business in businesses]
    forgetting.forget(person, numbers)
    _forget_contacts(person, numbers)
    _forget_papers(person)
    _forget_at_buyers(person, marks)
    _forget_arrivals(person, marks)
    _forget_notes(person, marks, numbers)
    for business in businesses:
        _blot(business, marks)
    # The end of a NIK and what is said of an owner's health are the owner's, whoever owns the business next.
    owned = Business.objects.filter(stewards__person=person, stewards__role=Stewardship.Role.OWNER)
    owned.update(npwp_tail="", npwp_checked_at=None, owned_with_disability=None)
    Stewardship.objects.filter(person=person).delete()
    _drop_nobodys(numbers)
    merging.forget(person)
    for guest in Representative.objects.filter(person=person):
        guest.function, guest.precedence, guest.interests = "", 0, marks.blotted(guest.interests)
        guest.save(update_fields=["function", "precedence", "interests"])
        guest.listed_by.clear()
        audit.forget(_entries(Representative, [guest.pk]))
    contacts = Q(details__has_key="phone") | Q(details__has_key="email")
    audit.forget(_entries(Business, numbers).filter(contacts))


def _contacts_of(person: Person, businesses: "Iterable[int] | models.QuerySet[Business]") -> list[int]:
    """Entries as a contact with the person's phone or email: at these businesses, or stated by themselves last.

    A number somebody says is theirs proves nothing, so at other businesses it picks out nothing.
    """
    reached = Q(phone=person.phone) if person.phone else Q(pk__in=())
    reached |= Q(email__iexact=person.email) if person.email else Q(pk__in=())
    here = Contact.objects.filter(reached, business__in=businesses).values_list("pk", flat=True)
    said = _stated_last(person).filter(field__startswith="contacts:").values_list("field", flat=True)
    stated = [int(field.partition(":")[2]) for field in said]
    return [*here, *Contact.objects.filter(reached, pk__in=stated).values_list("pk", flat=True)]


def _stated_last(person: Person) -> "models.QuerySet[Statement]":
    """What of businesses themselves nobody stated after the person did."""
    after = Statement.objects.filter(
        Q(field=OuterRef("field")) | Q(field=""),
        business=OuterRef("business"), product=None, pk__gt=OuterRef("pk"),
    )  # fmt: skip
    return Statement.objects.filter(~Exists(after), stated_by=person, product=None)


def _forget_papers(person: Person) -> None:
    """Scans the person sent in bear their name; that there was a paper stays noted."""
    said = Statement.objects.filter(stated_by=person).values_list("field", flat=True)
    for model, kind in ((Certificate, "certificates"), (ExportRecord, "exports")):
        numbers = [int(name.partition(":")[2]) for name in said.filter(field__startswith=f"{kind}:")]
        for row in model._default_manager.filter(pk__in=numbers).exclude(file=""):
            name, storage = row.file.name, row.file.storage
            transaction.on_commit(partial(storage.delete, str(name)))
            model._default_manager.filter(pk=row.pk).update(file="")


def _forget_arrivals(person: Person, marks: Marks) -> None:
    """Words agreed to and letters of consent go with who agreed; what was decided stays, without what was told."""
    Registration.objects.filter(decided_by=person).update(decided_by=None)
    told = Claim.objects.filter(person=person)
    told.filter(state=Claim.State.OPEN).update(state=Claim.State.WITHDRAWN)
    told.update(name="–", nib="", number="", wording="")
    for row in Registration.objects.filter(
        Q(person=person) | Q(business__stewards__person=person)
    ).distinct():
        if row.paper:
            name, storage = row.paper.name, row.paper.storage
            transaction.on_commit(partial(storage.delete, str(name)))
        row.paper, row.wording, row.reason = "", "", marks.blotted(row.reason)
        row.save(update_fields=["paper", "wording", "reason"])
    for claim in Claim.objects.filter(business__stewards__person=person):
        claim.reason = marks.blotted(claim.reason)
        claim.save(update_fields=["reason"])


def _drop_nobodys(numbers: list[int]) -> None:
    """What came by itself and no agency keeps was the person's alone: it goes whole."""
    left = Business.objects.filter(pk__in=numbers, registration__isnull=False, listings=None, stewards=None)
    for business in left:
        for product in business.products.all():
            photos.forget_files(product)
        business.delete()


def expire_claims(agency: Agency, moment: datetime) -> dict[str, int]:
    """What was told with a claim that fits nothing in the register: with whichever agency is tidied first."""
    unknown = Claim.objects.filter(business=None, begun_at__lt=moment - UNKNOWN_FOR)
    return {"claims": unknown.delete()[0]}


def _forget_contacts(person: Person, businesses: list[int]) -> None:
    """A phone or email, and an entry as a contact, where the person acts for the business or stated it themselves."""
    Contact.objects.filter(pk__in=_contacts_of(person, businesses)).delete()
    for field, value in (("phone", person.phone), ("email", person.email)):
        said = _stated_last(person).filter(field=field).values("business")
        theirs = Business.objects.filter(Q(pk__in=businesses) | Q(pk__in=said), **{f"{field}__iexact": value})
        theirs.update(**{field: ""})


def _forget_at_buyers(person: Person, marks: Marks) -> None:
    """They are nobody's contact at a buyer; notes and how a buyer was checked no longer name them."""
    known = set(BuyerNote.objects.filter(person=person).values_list("buyer", flat=True))
    BuyerNote.objects.filter(person=person).update(person=None)
    Buyer.objects.filter(verified_by=person).update(verified_by=None)
    for note in BuyerNote.objects.filter(marks.may_be_in("text")):
        note.text = marks.blotted_where(note.text, is_theirs=note.buyer_id in known)
        note.save(update_fields=["text"])
    for buyer in Buyer.objects.filter(marks.may_be_in("verified_how")):
        buyer.verified_how = marks.blotted_where(buyer.verified_how, is_theirs=buyer.pk in known)
        buyer.save(update_fields=["verified_how"])


def _forget_notes(person: Person, marks: Marks, businesses: list[int]) -> None:
    """Notes no longer name them; their own filters go, and every list that was made a file: they may be in it."""
    for note in Note.objects.filter(marks.may_be_in("text")):
        text = marks.blotted_where(note.text, is_theirs=note.business_id in businesses)
        Note.objects.filter(pk=note.pk).update(text=text)
    SavedFilter.objects.filter(person=person, is_shared=False).delete()
    for saved in SavedFilter.objects.all():
        if marks.are_in([saved.name, *_asked(saved.query)]):
            saved.delete()
    for one in Bulk.objects.exclude(file=""):
        bulk.drop_file(one)
    for one in Bulk.objects.exclude(arguments={}, query=""):
        _forget_in_bulk(one, marks)


def _forget_in_bulk(one: Bulk, marks: Marks) -> None:
    """What was told with it, and a filter that asks for the person: it then selects nobody, not everybody."""
    if marks.are_in(one.arguments):
        Bulk.objects.filter(pk=one.pk).update(arguments=marks.blotted_in(one.arguments))
    if marks.are_in(_asked(one.query)):
        Bulk.objects.filter(pk=one.pk).update(query="", chosen=one.chosen or [])


def _asked(query: str) -> list[str]:
    """The values a filter of the list asks for."""
    return [value for _name, value in parse_qsl(query)]


def _blot(business: Business, marks: Marks) -> None:
    """Take the person out of the texts about a business and of other people's consents."""
    texts = {name: marks.blotted(getattr(business, name)) for name in TEXTS}
    Business.objects.filter(pk=business.pk).update(**texts)
    for kind, names in ROW_TEXTS.items():
        for row in kind._default_manager.filter(**{owner_field(kind): business}):
            kept = {name: marks.blotted(getattr(row, name)) for name in names}
            if any(getattr(row, name) != text for name, text in kept.items()):
                kind._default_manager.filter(pk=row.pk).update(**kept)
    for statement in business.statements.exclude(how=""):
        Statement.objects.filter(pk=statement.pk).update(how=marks.blotted(statement.how) or "–")
    for steward in business.stewards.exclude(consent_note=""):
        steward.consent_note = marks.blotted(steward.consent_note)
        steward.save(update_fields=["consent_note"])


def _entries(kind: type[Business | Representative], numbers: list[int]) -> Any:
    texts = [str(number) for number in numbers]
    return AuditEntry.objects.filter(target_type=kind._meta.label_lower, target_id__in=texts)


def register() -> None:
    """Fill core's registries."""
    privacy.held.register("directory", held, order=10)
    privacy.erasers.register("directory", erase, order=40)
    privacy.put_to_others.add("claim")
    privacy.expired.register("directory", forgetting.expire)
    privacy.expired.register("claims", expire_claims)
    privacy.expired.register("bulk", bulk.expire)
    privacy.titles |= {
        "businesses": _("businesses you act for"),
        "products": _("products of these businesses"),
        "stewardships": _("how you act for them, with consent"),
        "representative": _("your entry as a representative"),
        "contacts": _("businesses that name you as a contact"),
        "statements": _("facts you stated"),
        "certificates": _("certificates of these businesses"),
        "exports": _("exports of these businesses"),
        "fairs": _("fairs of these businesses"),
        "branches": _("branches of these businesses"),
        "members": _("members of these businesses"),
        "registrations": _("businesses you registered, and what you agreed to"),
        "claims": _("businesses you said are yours"),
        "buyers": _("buyers at which you are the contact"),
        "imported": _("rows of imported files about you"),
        "notes": _("notes of agencies about your businesses"),
        "notes_written": _("businesses on which you wrote notes"),
        "saved_filters": _("filters of the list you kept"),
    }

"""What this room holds about a person and how it forgets them.

A business is not a person: its record, its products and what it exported stay on the lists of its agencies.
What of it is the person's goes: who acts for it, and a phone or email that is theirs.
"""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.models import AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.core.services import audit
from ekspora.directory.models import (
    Business,
    Buyer,
    BuyerNote,
    ImportedRow,
    Product,
    Representative,
    Stewardship,
)
from ekspora.directory.services import merging
from ekspora.directory.services.importing import forgetting
from ekspora.engines.registers.wording import fold

TEXTS = ("about", "about_en", "address", "website")


def held(person: Person) -> dict[str, Any]:
    """The businesses the person acts for, their record as a representative, the rows they came from."""
    businesses = Business.objects.filter(stewards__person=person)
    columns = [field.name for field in Business._meta.concrete_fields if field.name != "name_key"]
    roles = Stewardship.objects.filter(person=person)
    guests = Representative.objects.filter(person=person)
    contacts = BuyerNote.objects.filter(person=person)
    rows = ImportedRow.objects.filter(forgetting.rows_about(person))
    return {
        "businesses": list(businesses.values(*columns)),
        "products": list(Product.objects.filter(business__in=businesses).values()),
        "stewardships": list(roles.values("business__name", "role", "consent_at", "consent_note")),
        "representative": list(guests.values("mission__name", "function", "sectors", "interests")),
        "buyers": list(contacts.values("buyer__name", "buyer__country", "text")),
        "imported": list(rows.values("source__file_name", "row", "source__uploaded_at", "effect", "changes")),
    }


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
    _forget_contacts(person)
    _forget_at_buyers(person, marks)
    for business in businesses:
        _blot(business, marks)
    Stewardship.objects.filter(person=person).delete()
    merging.forget(person)
    for guest in Representative.objects.filter(person=person):
        guest.function, guest.precedence, guest.interests = "", 0, marks.blotted(guest.interests)
        guest.save(update_fields=["function", "precedence", "interests"])
        guest.listed_by.clear()
        audit.forget(_entries(Representative, [guest.pk]))
    contacts = Q(details__has_key="phone") | Q(details__has_key="email")
    audit.forget(_entries(Business, numbers).filter(contacts))


def _forget_contacts(person: Person) -> None:
    """A phone or email is the person's on whichever business it stands."""
    if person.phone:
        Business.objects.filter(phone=person.phone).update(phone="")
    if person.email:
        Business.objects.filter(email__iexact=person.email).update(email="")


def _forget_at_buyers(person: Person, marks: Marks) -> None:
    """They are nobody's contact at a buyer; notes and how a buyer was checked no longer name them."""
    BuyerNote.objects.filter(person=person).update(person=None)
    Buyer.objects.filter(verified_by=person).update(verified_by=None)
    for note in BuyerNote.objects.filter(marks.may_be_in("text")):
        note.text = marks.blotted(note.text)
        note.save(update_fields=["text"])
    for buyer in Buyer.objects.filter(marks.may_be_in("verified_how")):
        buyer.verified_how = marks.blotted(buyer.verified_how)
        buyer.save(update_fields=["verified_how"])


def _blot(business: Business, marks: Marks) -> None:
    """Take the person out of the texts about a business and of other people's consents."""
    texts = {name: marks.blotted(getattr(business, name)) for name in TEXTS}
    Business.objects.filter(pk=business.pk).update(**texts)
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
    privacy.expired.register("directory", forgetting.expire)
    privacy.titles |= {
        "businesses": _("businesses you act for"),
        "products": _("products of these businesses"),
        "stewardships": _("how you act for them, with consent"),
        "representative": _("your entry as a representative"),
        "buyers": _("buyers at which you are the contact"),
        "imported": _("rows of imported files about you"),
    }

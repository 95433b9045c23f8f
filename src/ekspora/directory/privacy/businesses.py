"""Forgetting a person in the record of businesses, of missions and buyers."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from ekspora.core import files, privacy
from ekspora.core.models import AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.core.services import audit
from ekspora.directory.models import (
    Branch,
    Business,
    Buyer,
    BuyerNote,
    Certificate,
    Contact,
    ExportRecord,
    Fair,
    Member,
    Representative,
    Statement,
    Stewardship,
)
from ekspora.directory.privacy import arrivals, contacts, lists
from ekspora.directory.privacy.recognising import marks_of
from ekspora.directory.services import merging, stewards
from ekspora.directory.services.importing import forgetting
from ekspora.directory.services.rows import owner_field

TEXTS = ("about", "about_en", "address", "website")
ROW_TEXTS: Mapping[type[models.Model], tuple[str, ...]] = {
    Contact: ("name", "function"),
    Branch: ("place",),
    Member: ("name",),
    Certificate: ("name", "number", "issuer"),
    ExportRecord: ("reference",),
    Fair: ("name",),
}


def erase(person: Person) -> None:
    """The person acts for no business and is on no list; files and trail forget them."""
    marks, elsewhere = marks_of(person), privacy.marks_of(person, is_theirs=False)
    businesses = list(Business.objects.filter(stewards__person=person))
    numbers = [business.pk for business in businesses]
    gone = merging.gone_of(person, numbers)
    for business in businesses:
        stewards.end_companions(business=business, owner=person, actor=None)
    forgetting.forget(person, [*numbers, *gone], marks, elsewhere)
    contacts.forget(person, [*numbers, *gone])
    _forget_papers(person)
    _forget_at_buyers(person, marks, elsewhere)
    arrivals.forget(person, marks)
    lists.forget(person, marks, elsewhere, numbers)
    for business in (*businesses, *Business.objects.filter(pk__in=gone)):
        _blot(business, marks)
    _blot_stated(person, marks)
    # The end of a NIK and what is said of an owner's health are the owner's, whoever owns the business next.
    owned = Business.objects.filter(stewards__person=person, stewards__role=Stewardship.Role.OWNER)
    owned.update(npwp_tail="", npwp_checked_at=None, owned_with_disability=None)
    Stewardship.objects.filter(person=person).delete()
    arrivals.drop_nobodys(numbers)
    merging.forget(person, marks, {*numbers, *gone})
    for guest in Representative.objects.filter(person=person):
        guest.function, guest.precedence, guest.interests = "", 0, marks.blotted(guest.interests)
        guest.save(update_fields=["function", "precedence", "interests"])
        guest.listed_by.clear()
        audit.forget(_entries(Representative, [guest.pk]))
    reached = Q(details__has_key="phone") | Q(details__has_key="email")
    audit.forget(_entries(Business, [*numbers, *gone]).filter(reached))


def _forget_papers(person: Person) -> None:
    """Scans the person sent in bear their name; that there was a paper stays noted."""
    said = Statement.objects.filter(stated_by=person).values_list("field", flat=True)
    for model, kind in ((Certificate, "certificates"), (ExportRecord, "exports")):
        numbers = [int(name.partition(":")[2]) for name in said.filter(field__startswith=f"{kind}:")]
        for row in model._default_manager.filter(pk__in=numbers).exclude(file=""):
            files.forget(row.file)
            model._default_manager.filter(pk=row.pk).update(file="")


def _forget_at_buyers(person: Person, marks: Marks, elsewhere: Marks) -> None:
    """They are nobody's contact at a buyer; notes and how a buyer was checked no longer name them."""
    known = set(BuyerNote.objects.filter(person=person).values_list("buyer", flat=True))
    BuyerNote.objects.filter(person=person).update(person=None)
    Buyer.objects.filter(verified_by=person).update(verified_by=None)
    for note in BuyerNote.objects.filter(marks.may_be_in("text") | elsewhere.may_be_in("text")):
        is_theirs = note.buyer_id in known
        note.text = (marks if is_theirs else elsewhere).blotted_where(note.text, is_theirs=is_theirs)
        note.save(update_fields=["text"])
    for buyer in Buyer.objects.filter(marks.may_be_in("verified_how") | elsewhere.may_be_in("verified_how")):
        is_theirs = buyer.pk in known
        fit = marks if is_theirs else elsewhere
        buyer.verified_how = fit.blotted_where(buyer.verified_how, is_theirs=is_theirs)
        buyer.save(update_fields=["verified_how"])


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


def _blot_stated(person: Person, marks: Marks) -> None:
    """The same in texts that the person stated last at businesses they no longer act for."""
    for field in TEXTS:
        said = contacts.stated_last(person).filter(field=field).values("business")
        for pk, text in Business.objects.filter(pk__in=said).values_list("pk", field):
            Business.objects.filter(pk=pk).update(**{field: marks.blotted(text)})


def _entries(kind: type[Business | Representative], numbers: list[int]) -> Any:
    texts = [str(number) for number in numbers]
    return AuditEntry.objects.filter(target_type=kind._meta.label_lower, target_id__in=texts)

"""A person's phone, email and entries as a contact: where they act for the business, or stated it themselves."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ekspora.core.models import Person
from ekspora.directory.models import Business, Contact, Statement


def contacts_of(person: Person, businesses: "Iterable[int] | models.QuerySet[Business]") -> list[int]:
    """Entries as a contact with the person's phone or email: at these businesses, or stated by themselves last.

    A number somebody says is theirs proves nothing, so at other businesses it picks out nothing.
    """
    reached = Q(phone=person.phone) if person.phone else Q(pk__in=())
    reached |= Q(email__iexact=person.email) if person.email else Q(pk__in=())
    here = Contact.objects.filter(reached, business__in=businesses).values_list("pk", flat=True)
    said = stated_last(person).filter(field__startswith="contacts:").values_list("field", flat=True)
    stated = [int(field.partition(":")[2]) for field in said]
    return [*here, *Contact.objects.filter(reached, pk__in=stated).values_list("pk", flat=True)]


def stated_last(person: Person) -> "models.QuerySet[Statement]":
    """What of businesses themselves nobody stated after the person did."""
    after = Statement.objects.filter(
        Q(field=OuterRef("field")) | Q(field=""),
        business=OuterRef("business"), product=None, pk__gt=OuterRef("pk"),
    )  # fmt: skip
    return Statement.objects.filter(~Exists(after), stated_by=person, product=None)


def forget(person: Person, businesses: list[int]) -> None:
    """A phone or email, and an entry as a contact, where the person acts for the business or stated it themselves."""
    Contact.objects.filter(pk__in=contacts_of(person, businesses)).delete()
    for field, value in (("phone", person.phone), ("email", person.email)):
        said = stated_last(person).filter(field=field).values("business")
        theirs = Business.objects.filter(Q(pk__in=businesses) | Q(pk__in=said), **{f"{field}__iexact": value})
        theirs.update(**{field: ""})

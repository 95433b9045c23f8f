"""Noting who stated a fact, and that somebody looked whether it is so."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Product, Statement, Stewardship
from ekspora.directory.queries.statements import statements_of


def source_of(business: Business, actor: Person | None) -> str:
    """In which role a person speaks of a business: as its owner, its companion, or else as an officer."""
    steward = Stewardship.objects.filter(business=business, person=actor).first() if actor else None
    return steward.role if steward is not None else Statement.Source.OFFICER


def note(
    business: Business, fields: Iterable[str], actor: Person | None, *, product: Product | None = None
) -> None:
    """Fields of a record as stated now by a person, verified by nobody; call in the transaction of the change."""
    source = source_of(business, actor)
    Statement.objects.bulk_create(
        Statement(business=business, product=product, field=field, source=source, stated_by=actor)
        for field in fields
    )


@transaction.atomic
def verify(
    *, business: Business, facts: Iterable[tuple[int | None, str]], how: str, agency: Agency | None,
    actor: Person,
) -> int:  # fmt: skip
    """Note that somebody looked and these facts, given as product (None: of the business) and field, are so.

    Returns how many. Raises DomainError without words on how it was checked, or when nobody has stated a fact.
    """
    if not how.strip():
        raise DomainError(_("Say how it was checked, for example: NIB looked up in OSS."))
    told, noted = statements_of(Business.objects.select_for_update().get(pk=business.pk)), 0
    for product, field in facts:
        statement = told.of(field, product)
        if statement is None:
            raise DomainError(_("Nobody has stated this yet."))
        if statement.field != field:  # what was said of the whole record, now looked at in this one place
            statement.pk, statement.field, statement._state.adding = None, field, True
        statement.verified_by, statement.verified_at, statement.how = actor, now(), how.strip()[:200]
        statement.save()
        noted += 1
    if noted:
        details = {"facts": noted, "how": how.strip()[:200]}
        audit.record(agency=agency, actor=actor, action="business.verify", target=business, details=details)
    return noted


def forget_row(business: Business, field: str) -> None:
    """A row was taken out: nobody states it any more."""
    Statement.objects.filter(business=business, product=None, field=field).delete()

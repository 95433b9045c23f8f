"""What belongs to a business row by row: contacts, branches, members, exports, fairs, certificates."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from ekspora.core import files
from ekspora.core.documents import clean_document
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import (
    Branch,
    Business,
    Certificate,
    Contact,
    ExportRecord,
    Fair,
    Member,
)
from ekspora.directory.services import changes, statements
from ekspora.directory.services.businesses import keeper_of

# The kinds of rows by the name they have in addresses and statements.
KINDS: Mapping[str, type[models.Model]] = {
    "contacts": Contact,
    "certificates": Certificate,
    "exports": ExportRecord,
    "fairs": Fair,
    "branches": Branch,
    "members": Member,
}
_KIND_OF = {model: kind for kind, model in KINDS.items()}


def owner_field(model: type[models.Model]) -> str:
    """The column that names the business a row belongs to."""
    return "cooperative" if model is Member else "business"


def business_of(row: Any) -> Business:
    """The business a row belongs to."""
    found: Business = getattr(row, owner_field(type(row)))
    return found


def field_of(row: Any) -> str:
    """The name under which statements speak of a row."""
    return f"{_KIND_OF[type(row)]}:{row.pk}"


@transaction.atomic
def add(
    *,
    business: Business,
    kind: str,
    values: Mapping[str, Any],
    actor: Person | None,
    paper: bytes | None = None,
) -> Any:
    """Enter a row of a kind of ``KINDS``; ``paper`` is its proof as sent in. Raises DomainError for what the table
    refuses or a file that is no paper."""
    model = KINDS[kind]
    row: Any = model(**{owner_field(model): business})
    _with_paper(row, paper)
    changed = changes.apply(row, values)
    row.save()
    _noted("row.add", business, row, actor, {"kind": kind} | changes.plain(changed))
    return row


@transaction.atomic
def edit(
    *, row: Any, values: Mapping[str, Any], actor: Person | None, paper: bytes | None = None
) -> list[str]:
    """Change a row; a new paper replaces the one before. Returns what changed."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    replaced = _with_paper(row, paper)
    details = changes.plain(changes.apply(row, values)) | ({"file": []} if replaced else {})
    if details:
        row.save()
        _noted("row.edit", business_of(row), row, actor, {"kind": _KIND_OF[type(row)]} | details)
    return list(details)


@transaction.atomic
def remove(*, row: Any, actor: Person | None) -> None:
    """Take a row out, with its paper and what was said of it."""
    business, field = business_of(row), field_of(row)
    files.forget(getattr(row, "file", None))
    row.delete()
    statements.forget_row(business, field)
    details = {"kind": field.partition(":")[0]}
    audit.record(
        agency=keeper_of(business), actor=actor, action="row.remove", target=business, details=details
    )


def _noted(action: str, business: Business, row: Any, actor: Person | None, details: dict[str, Any]) -> None:
    statements.note(business, [field_of(row)], actor)
    if isinstance(row, Branch) and not business.has_branches:
        Business.objects.filter(pk=business.pk).update(has_branches=True)
    audit.record(agency=keeper_of(business), actor=actor, action=action, target=business, details=details)


def _with_paper(row: Any, paper: bytes | None) -> bool:
    if paper is None:
        return False
    document = clean_document(paper)
    files.forget(row.file)
    row.file.save(document.name, document.content, save=False)
    return True

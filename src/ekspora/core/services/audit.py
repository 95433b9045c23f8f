"""Writing and verifying the audit trail."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast

from ekspora.core.clock import now
from ekspora.core.models import Agency, AuditEntry, Person
from ekspora.core.recognition import Marks

MOST_COLLISIONS = 20


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder).encode()


def _seal(salt: str, details: object) -> str:
    return hashlib.sha256(salt.encode() + _canonical(details)).hexdigest()


def _chain(entry: AuditEntry) -> str:
    facts = [
        entry.previous, entry.chain, entry.number, entry.at.astimezone(UTC).isoformat(), entry.actor_id,
        entry.action, entry.target_type, entry.target_id, entry.sealed,
    ]  # fmt: skip
    return hashlib.sha256(_canonical(facts)).hexdigest()


def record(
    *,
    agency: Agency | None,
    actor: Person | None,
    action: str,
    target: models.Model,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry to the agency's chain, inside the transaction of the change it describes.

    ``details`` may hold personal values; they are sealed with a salt and can be erased later.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of its change")
    if agency is not None:
        Agency.objects.select_for_update().get(pk=agency.pk)  # one writer of a chain at a time
    values = json.loads(_canonical(dict(details or {})))
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        agency=agency, chain=agency.pk if agency is not None else 0, at=now(),
        actor_id=actor.pk if actor else None, action=action, target_type=target._meta.label_lower,
        target_id=str(target.pk), details=values, salt=salt, sealed=_seal(salt, values),
    )  # fmt: skip
    _append(entry)
    return entry


def _append(entry: AuditEntry) -> None:
    """Add the entry to the end of its chain. The chain of no agency has no row to lock: there try again."""
    for attempts_left in reversed(range(MOST_COLLISIONS)):
        last = (
            AuditEntry.objects.filter(chain=entry.chain).order_by("-number").only("number", "digest").first()
        )
        entry.number = last.number + 1 if last else 1
        entry.previous = last.digest if last else ""
        entry.digest = _chain(entry)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            if not attempts_left:
                raise
        else:
            return


def forget(entries: "models.QuerySet[AuditEntry]") -> None:
    """Blank what these entries say in detail; that something was done, when and to what, stays and verifies."""
    entries.update(details=None, salt="")


def forget_marks(marks: Marks, entries: "models.QuerySet[AuditEntry] | None" = None) -> None:
    """Blank the details of every entry, of whatever agency, or of these ``entries``, that names a person or an address
    of theirs."""
    among = AuditEntry.objects.all() if entries is None else entries
    written = among.annotate(text=Cast("details", models.TextField()))
    found = written.filter(marks.may_be_in("text")).values_list("pk", "details")
    forget(AuditEntry.objects.filter(pk__in=[pk for pk, details in found if marks.are_in(details)]))


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What ``verify`` found in one chain: its length, the last digest, and the first broken entry."""

    chain: int
    entries: int
    head: str
    broken_at: int | None
    why: str


def verify() -> list[ChainReport]:
    """Recompute every chain. A cut-off end shows only against a head noted elsewhere: heads are returned."""
    chains = AuditEntry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return [_verify_chain(chain) for chain in chains]


def _verify_chain(chain: int) -> ChainReport:
    previous, count = "", 0
    for entry in AuditEntry.objects.filter(chain=chain).order_by("number").iterator():
        count += 1
        fault = _fault(entry, previous, count)
        if fault:
            return ChainReport(chain, count, previous, entry.number, fault)
        previous = entry.digest
    return ChainReport(chain, count, previous, None, "")


def _fault(entry: AuditEntry, previous: str, number: int) -> str:
    if entry.number != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return "does not follow the entry before it"
    if entry.details is not None and _seal(entry.salt, entry.details) != entry.sealed:
        return "its details were changed"
    if _chain(entry) != entry.digest:
        return "its facts were changed"
    return ""

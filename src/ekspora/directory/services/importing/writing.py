"""Writing a register that was agreed on: in runs of rows, each a transaction, so that a killed worker
loses nothing and goes on where it stopped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Job, Membership
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Import, ImportedRow
from ekspora.directory.services import doubles
from ekspora.directory.services.importing import businesses, guests, hooks
from ekspora.directory.services.importing.upload import read_again, read_for_corrections, take, work_of
from ekspora.engines.registers import Understanding

KIND = "directory.import"
RUN = 250


def topic_of(source: Import) -> str:
    """The name under which jobs refer to an import."""
    return f"import:{source.pk}"


@transaction.atomic
def confirm(*, source: Import, actor: Actor) -> Job:
    """Start writing what the preview showed, or go on where writing was interrupted.

    Raises Conflict when it is being written or was written already: a second press changes nothing.
    """
    source = Import.objects.select_for_update(of=("self",)).select_related("agency").get(pk=source.pk)
    going = Job.objects.filter(
        topic=topic_of(source), state__in=(Job.State.QUEUED, Job.State.RUNNING)
    ).exists()
    if source.state == Import.State.WRITING and going:
        raise Conflict(_("This file is being written already."))
    if source.state in (Import.State.DONE, Import.State.UNDONE):
        raise Conflict(_("This file was written already. Nothing was changed now."))
    source.state = Import.State.WRITING
    source.save(update_fields=["state"])
    audit.record(agency=source.agency, actor=actor.person, action="import.confirm", target=source)
    return jobs.start(
        kind=KIND, arguments={"import": source.pk}, agency=source.agency, person=actor.person,
        topic=topic_of(source), back_to=reverse("import_preview", args=[source.pk]),
    )  # fmt: skip


def run(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job."""
    source = Import.objects.select_related("agency", "person").get(pk=handle.job.arguments["import"])
    result = write(source=source, report=lambda done, total: handle.report(done=done, total=total))
    if source.kind == "businesses":
        doubles.look(agency=source.agency, actor=source.person)
    return result


def bring(*, agency: Agency, kind: str, file_name: str, data: bytes) -> tuple[Import, Understanding]:
    """Take and write a register in one go, for the command line. Returns the import and what was
    understood, rows that are held back included. Raises DomainError as ``take`` does."""
    source = take(agency=agency, actor=None, kind=kind, file_name=file_name, data=data)
    write(source=source)
    source.refresh_from_db()
    return source, read_for_corrections(source)


def write(*, source: Import, report: Any = None) -> dict[str, Any]:
    """Write every row that is not written yet and close the import. ``report(done, total)`` may answer
    False to stop."""
    understanding = read_again(source)
    work = work_of(source, understanding)
    actor = _actor(source)
    done = 0
    for start in range(0, len(work), RUN):
        part = work[start : start + RUN]
        _write_run(source, part, actor)
        done += len(part)
        if report is not None and not report(done, len(work)) and done < len(work):
            raise DomainError(_("Stopped. What is written stays; the rest can be written later."))
    return _close(source, held=understanding.bad_rows)


def _write_run(source: Import, part: Sequence[Any], actor: Actor | None) -> None:
    """One transaction. Should somebody else have entered one of the NIBs meanwhile, the rows find it when
    tried again."""
    try:
        _try_run(source, part, actor)
    except IntegrityError:
        rows = {record.row for item in part for record in _records(item)}
        understanding = read_again(source)
        again = [item for item in work_of(source, understanding) if _records(item)[0].row in rows]
        _try_run(source, again, actor)


@transaction.atomic
def _try_run(source: Import, part: Sequence[Any], actor: Actor | None) -> None:
    Import.objects.select_for_update(of=("self",)).get(pk=source.pk)  # one writer at a time
    rows = [record.row for item in part for record in _records(item)]
    written = set(ImportedRow.objects.filter(source=source, row__in=rows).values_list("row", flat=True))
    left = [item for item in part if _records(item)[0].row not in written]
    if not left:
        return
    gather = guests.gather if source.kind == "representatives" else businesses.gather
    batch, records = gather(left, source.agency)
    batch.write(source)
    if actor is not None:
        hooks.call(hooks.after_write, source.scope, source.kind, records, actor)
    details = {"rows": [min(rows), max(rows)], "records": len(records)}
    audit.record(
        agency=source.agency, actor=source.person, action="import.rows", target=source, details=details
    )


def _records(item: Any) -> Any:
    return item[0].unit.records if isinstance(item, tuple) else item.records


@transaction.atomic
def _close(source: Import, *, held: int) -> dict[str, Any]:
    result = counts_of(source) | {"held_back": held}
    Import.objects.filter(pk=source.pk).update(state=Import.State.DONE, written_at=now(), result=result)
    audit.record(
        agency=source.agency, actor=source.person, action="import.write", target=source, details=result
    )
    return result


def counts_of(source: Import) -> dict[str, Any]:
    """How many records of each kind the import created, updated and met unchanged."""
    seen: dict[tuple[str, int], set[str]] = {}
    for kind, pk, effect in source.rows.values_list("target_type", "target_id", "effect"):
        seen.setdefault((kind, pk), set()).add(effect)
    counts: dict[str, dict[str, int]] = {}
    for (kind, _pk), effects in seen.items():
        effect = next(e for e in ImportedRow.Effect.values if e in effects)
        of_kind = counts.setdefault(kind, dict.fromkeys(ImportedRow.Effect.values, 0))
        of_kind[effect] += 1
    return {"counts": counts}


def _actor(source: Import) -> Actor | None:
    """The person who took the file, with the roles they have now; None for the command line.

    Raises DomainError when rows are to go into a scope and the person is no longer known.
    """
    if source.person is None:
        if source.scope:
            raise DomainError(_("The person who uploaded this file is no longer known. Upload it again."))
        return None
    roles = Membership.objects.filter(person=source.person).values_list("role", "agency_id")
    return Actor(source.person, frozenset(roles))

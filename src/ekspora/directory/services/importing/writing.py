"""Writing a register that was agreed on: in runs of rows, each a transaction, so that a killed worker
loses nothing and goes on where it stopped."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Min, When
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import at, now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Job, Membership
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Business, Import, ImportedRow
from ekspora.directory.services import nibs
from ekspora.directory.services.importing import comparing, hooks
from ekspora.directory.services.importing.collecting import collector_rarely
from ekspora.directory.services.importing.decisions import decisions_of
from ekspora.directory.services.importing.units import Unit
from ekspora.directory.services.importing.upload import read_again, taken
from ekspora.directory.services.importing.work import Work, work_of
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
    unfinished = Job.objects.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))
    if unfinished.filter(topic=comparing.topic_of(source)).exists():
        raise Conflict(_("The rows are still being compared with your list. Wait until that is done."))
    if source.state == Import.State.WRITING and unfinished.filter(topic=topic_of(source)).exists():
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
    return write(source=source, report=lambda done, total: handle.report(done=done, total=total))


def bring(
    *, agency: Agency, kind: str, file_name: str, data: bytes, sheets: Collection[str] = ()
) -> tuple[Import, Understanding]:
    """Take and write a register in one go, for the command line. Returns the import and what was
    understood, rows that are held back included. Raises DomainError as ``take`` does."""
    source, understanding = taken(agency, None, kind, file_name, data, at_once=True, sheets=sheets)
    write(source=source, understanding=understanding)
    source.refresh_from_db()
    return source, understanding


@collector_rarely()
def write(
    *, source: Import, report: Any = None, understanding: Understanding | None = None
) -> dict[str, Any]:
    """Write every row that is not written yet and close the import. ``report(done, total)`` may answer
    False to stop. ``understanding``: what was understood of the file, where it is at hand."""
    if understanding is None:
        understanding = read_again(source)
        understanding.let_go(0)
    if source.kind == "businesses" and source.compared_at is None:
        comparing.keep(source, comparing.resemblances(source.agency, understanding))
    work = work_of(understanding, source.agency, decisions_of(source))
    actor = _actor(source)
    for start in range(0, len(work), RUN):
        _write_run(source, work, start, actor)
        done = min(start + RUN, len(work))
        if report is not None and not report(done, len(work)) and done < len(work):
            raise DomainError(_("Stopped. What is written stays; the rest can be written later."))
    return _close(source, held=understanding.bad_rows)


def _write_run(source: Import, work: Work, start: int, actor: Actor | None) -> None:
    """One transaction. Should somebody else have entered one of the NIBs meanwhile, the rows find it when
    tried again."""
    part = work.part(start, start + RUN)
    try:
        _try_run(source, work, part, actor)
    except IntegrityError:
        rows = {record.row for unit, _ in part for record in unit.records}
        again = work_of(read_again(source), source.agency, decisions_of(source))
        meant = [one for one in again.part(0, len(again)) if one[0].first.row in rows]
        _try_run(source, work, meant, actor)


@transaction.atomic
def _try_run(source: Import, work: Work, part: list[tuple[Unit, int | None]], actor: Actor | None) -> None:
    Import.objects.select_for_update(of=("self",)).get(pk=source.pk)  # one writer at a time
    rows = [record.row for unit, _ in part for record in unit.records]
    written = set(ImportedRow.objects.filter(source=source, row__in=rows).values_list("row", flat=True))
    left = [one for one in part if one[0].first.row not in written]
    if not left:
        return
    with at(now()):  # one moment for a run of rows
        batch, records = work.gather(left)
        freed = nibs.free(one.nib for one in records if isinstance(one, Business))
        batch.write(source)
    if actor is not None:
        hooks.call(hooks.after_write, source.scope, source.kind, records, actor)
    details = {"rows": [min(rows), max(rows)], "records": len(records), "nib_from": freed}
    audit.record(
        agency=source.agency, actor=source.person, action="import.rows", target=source, details=details
    )


@transaction.atomic
def _close(source: Import, *, held: int) -> dict[str, Any]:
    result = counts_of(source) | {"held_back": held, "doubles": comparing.note_doubles(source)}
    Import.objects.filter(pk=source.pk).update(state=Import.State.DONE, written_at=now(), result=result)
    audit.record(
        agency=source.agency, actor=source.person, action="import.write", target=source, details=result
    )
    return result


def counts_of(source: Import) -> dict[str, Any]:
    """How many records of each kind the import created, updated and met unchanged."""
    effects = ImportedRow.Effect.values
    rank = Case(
        *(When(effect=effect, then=n) for n, effect in enumerate(effects)), output_field=IntegerField()
    )
    records = source.rows.order_by().values("target_type", "target_id").annotate(first=Min(rank))
    counts: dict[str, dict[str, int]] = {}
    for kind, first in records.values_list("target_type", "first").iterator():
        counts.setdefault(kind, dict.fromkeys(effects, 0))[effects[first]] += 1
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

"""Forgetting a person in what an import keeps: its file, the report that quotes rows, the values undo puts back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from ekspora.core import files
from ekspora.core.models import Agency, AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.core.services import audit
from ekspora.directory.models import Business, Import, ImportedRow, Representative, Resemblance

FILES_FOR = timedelta(days=180)
PREVIEWS_FOR = timedelta(days=30)
# What of a report repeats cells of the file; counts and columns stay.
_QUOTES = ("bad", "ask", "duplicates", "first_rows", "readings", "changes", "left_out")
_CONTACTS = ("phone", "email")


@transaction.atomic
def drop_file(source: Import) -> None:
    """Remove the uploaded file and what the report quotes of it. What writing did stays and can be undone."""
    files.forget(source.file)
    source.report |= {key: [] for key in _QUOTES if key in source.report} | {"more": 0}
    source.file = ""
    source.resemblances.all().delete()
    source.save(update_fields=["file", "report"])


def rows_about(person: Person) -> Q:
    """The rows of files that became this person or the representative they are."""
    guests = Representative.objects.filter(person=person).values("pk")
    return Q(target_type=Person._meta.label_lower, target_id=person.pk) | Q(
        target_type=Representative._meta.label_lower, target_id__in=guests
    )


def forget(person: Person, businesses: list[int], marks: Marks, elsewhere: Marks) -> None:
    """Remove the files the person came from, and what rows say of them and of contacts of their businesses.

    A file is removed whole: the agency has its own copy, and a row taken out of a spreadsheet somebody else
    made would be a spreadsheet nobody made. ``marks`` recognise them in files that touched a business of theirs; in
    all others only an address of theirs does (``elsewhere``), for a name is soon taken.
    """
    rows = ImportedRow.objects.filter(rows_about(person))
    touched, address = set(_touching(businesses)), elsewhere.without(("name",))
    quoting = {pk for pk, texts in _quoting(Marks.of(person)) if address.are_in(texts)
               or (pk in touched and marks.are_in(texts))}  # fmt: skip
    from_them = Q(pk__in=rows.values("source")) | Q(pk__in=quoting)
    taken = []
    for source in Import.objects.filter(from_them):
        taken.append(source.pk)
        source.result, source.file_name = marks.blotted_in(source.result), marks.blotted(source.file_name)
        source.save(update_fields=["result", "file_name"])
        drop_file(source)
        numbers = list(rows.filter(source=source).values_list("row", flat=True))
        ImportedRow.objects.filter(source=source, row__in=numbers).update(hash="")
    told = {"target_type": Import._meta.label_lower, "target_id__in": [str(pk) for pk in taken]}
    audit.forget_marks(marks, AuditEntry.objects.filter(**told))
    rows.update(changes={})
    theirs = ImportedRow.objects.filter(target_type=Business._meta.label_lower, target_id__in=businesses)
    for row in theirs.exclude(changes={}):
        row.changes = {
            name: values
            for name, values in row.changes.items()
            if name not in _CONTACTS and not marks.are_in(values)
        }
        row.save(update_fields=["changes"])


def _touching(businesses: list[int]) -> Iterable[int]:
    """Imports of which a row became or met one of these businesses, or is one of them when they are written."""
    rows = ImportedRow.objects.filter(target_type=Business._meta.label_lower, target_id__in=businesses)
    alike = Resemblance.objects.filter(business__in=businesses, choice=Resemblance.Choice.SAME)
    return chain(rows.values_list("source", flat=True), alike.values_list("source", flat=True))


def _quoting(marks: Marks) -> Iterable[tuple[int, list[Any]]]:
    """Imports whose report may quote the person, with what it quotes: uploads not confirmed yet, and rows that were
    held back."""
    written = Import.objects.annotate(text=Cast("report", TextField()))
    found = written.filter(marks.may_be_in("text")).values_list("pk", "report")
    names = ("name", "told", "other_name")
    quoted = reduce(or_, (marks.may_be_in(name) for name in names))
    rows = Resemblance.objects.filter(quoted).values_list("source", *names)
    yield from ((pk, [report]) for pk, report in found)
    yield from ((pk, texts) for pk, *texts in rows)


def expire(agency: Agency, moment: datetime) -> dict[str, int]:
    """Uploads nobody confirmed within a month go whole, files of the others after half a year."""
    uploads = Import.objects.filter(agency=agency)
    stale = uploads.filter(state=Import.State.PREVIEW, uploaded_at__lt=moment - PREVIEWS_FOR)
    old = uploads.filter(uploaded_at__lt=moment - FILES_FOR).exclude(file="").exclude(pk__in=stale)
    gone = {"uploads": 0, "files": 0}
    for source in old:
        drop_file(source)
        gone["files"] += 1
    for source in stale:
        drop_file(source)
        source.delete()
        gone["uploads"] += 1
    return gone

"""What is decided of rows that resemble something: proposed by the comparison, or said by an officer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ekspora.core.errors import Conflict
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import Import, Resemblance

Choice = Resemblance.Choice


@dataclass(frozen=True, slots=True)
class Decisions:
    """By the first row of a unit: which business it is, those that are new for certain, and rows that are one."""

    same: Mapping[int, int] = field(default_factory=dict)
    new: frozenset[int] = frozenset()
    joined: tuple[tuple[int, int], ...] = ()


def decisions_of(source: Import) -> Decisions:
    """What is decided of a file's rows; businesses taken off the agency's list meanwhile do not count. One query."""
    on_list = Q(business__isnull=True) | Q(business__listings__agency=source.agency_id)
    return decisions_in(source.resemblances.filter(on_list))


def decisions_in(found: Iterable[Resemblance]) -> Decisions:
    """What is decided in some resemblances."""
    same, joined, new = {}, [], set()
    for one in found:
        if one.choice == Choice.SAME and one.business_id:
            same[one.row] = one.business_id
        elif one.choice == Choice.SAME and one.other_row:
            joined.append((one.other_row, one.row))
        elif one.choice == Choice.NEW and one.decided_by_id:
            new.add(one.row)
    return Decisions(same, frozenset(new - same.keys()), tuple(joined))


@transaction.atomic
def decide(*, source: Import, answers: Mapping[int, int | None], actor: Person) -> None:
    """Say of rows which resemblance (by its id) they are the same as; None: none of them.

    Raises Conflict once the file is being written.
    """
    source = Import.objects.select_for_update(of=("self",)).select_related("agency").get(pk=source.pk)
    if source.state != Import.State.PREVIEW:
        raise Conflict(_("This file was written already. Nothing was changed now."))
    for row, chosen in answers.items():
        of_row = source.resemblances.filter(row=row)
        if chosen is not None and not of_row.filter(pk=chosen).exists():
            continue  # compared again meanwhile: the page shows what there is now
        of_row.update(choice=Choice.NEW, decided_by=actor)
        of_row.filter(pk=chosen or 0).update(choice=Choice.SAME)
    details = {"rows": len(answers)}
    audit.record(agency=source.agency, actor=actor, action="import.decide", target=source, details=details)

"""What recognises a person in texts: no name that others bear too, nothing that only they say of themselves."""

from collections.abc import Iterable

from django.db.models import Q

from ekspora.core import privacy
from ekspora.core.models import AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.directory.models import Business, Claim, ImportedRow, Registration
from ekspora.directory.rules import scope_of
from ekspora.directory.services.importing import forgetting
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.wording import fold

ALL = ("name", "email", "phone")


def marks_of(person: Person) -> Marks:
    """What recognises the person in the texts of their own records."""
    return privacy.marks_of(person, is_theirs=True)


def doubts(person: Person, is_theirs: bool) -> Iterable[str]:
    """Where a business of theirs bears their name, the name is its own. At others a name that anybody else bears points
    at nobody, and neither does what nobody but the person says: else whoever registers under a name, or puts one in,
    could wipe it out everywhere."""
    if is_theirs:
        names = Business.objects.filter(stewards__person=person).values_list("name", flat=True)
        return ["name"] if fold(person.name) in {fold(name) for name in names} else []
    if _is_only_said(person):
        return ALL
    return ["name"] if _is_borne_by_others(person) else []


def _is_borne_by_others(person: Person) -> bool:
    others = Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk)
    return others.exists() or Business.objects.filter(name_key=name_key(person.name)[:160]).exists()


def _is_only_said(person: Person) -> bool:
    """Whether name and number are what the person, or a companion of theirs, typed, and nobody made sure."""
    label = Person._meta.label_lower
    said = AuditEntry.objects.filter(target_type=label, target_id=str(person.pk), action="person.correct")
    if said.exists():
        return True
    theirs, decided = Q(person=person, scope=scope_of(person)), (Claim.State.ACCEPTED, Claim.State.ENDED)
    came = Registration.objects.filter(theirs | Q(consent__person=person))
    if not came.exists() and not Claim.objects.filter(theirs).exists():
        return False
    is_sure = Claim.objects.filter(person=person, state__in=decided).exists()
    return not is_sure and not ImportedRow.objects.filter(forgetting.rows_about(person)).exists()

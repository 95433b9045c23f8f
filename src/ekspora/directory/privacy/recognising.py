"""What recognises a person in texts about businesses."""

from dataclasses import replace

from ekspora.core.models import Person
from ekspora.core.recognition import Marks
from ekspora.directory.models import Business
from ekspora.engines.registers.wording import fold


def marks_of(person: Person) -> Marks:
    """What recognises the person in texts; where a business of theirs bears their name, the name is its own."""
    marks = Marks.of(person)
    businesses = Business.objects.filter(stewards__person=person)
    if fold(person.name) in {fold(name) for name in businesses.values_list("name", flat=True)}:
        return replace(marks, name="", full_name="")
    return marks

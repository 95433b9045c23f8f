"""People nobody knows yet."""

from collections.abc import Mapping
from typing import Any

from ekspora.core.models import Person
from ekspora.directory.services import changes


def newcomer(values: Mapping[str, Any]) -> Person:
    """A person as they say they are. Raises DomainError for a value the table refuses."""
    person = Person()
    changes.apply(person, values)
    person.save()
    return person

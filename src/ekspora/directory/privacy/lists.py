"""Forgetting a person in what officers keep beside the list: notes, filters, actions on many, files made of it."""

from urllib.parse import parse_qsl

from ekspora.core.models import Person
from ekspora.core.recognition import Marks
from ekspora.directory.models import Bulk, Note, SavedFilter
from ekspora.directory.services import bulk


def forget(person: Person, marks: Marks, elsewhere: Marks, businesses: list[int]) -> None:
    """Notes no longer name them; their own filters go, and every list that was made a file: they may be in it.

    ``marks`` recognise them in notes on their businesses, those ``elsewhere`` in what else agencies keep.
    """
    for note in Note.objects.filter(marks.may_be_in("text") | elsewhere.may_be_in("text")):
        is_theirs = note.business_id in businesses
        text = (marks if is_theirs else elsewhere).blotted_where(note.text, is_theirs=is_theirs)
        Note.objects.filter(pk=note.pk).update(text=text)
    SavedFilter.objects.filter(person=person, is_shared=False).delete()
    for saved in SavedFilter.objects.all():
        if elsewhere.are_in([saved.name, *_asked(saved.query)]):
            saved.delete()
    for one in Bulk.objects.exclude(file=""):
        bulk.drop_file(one)
    for one in Bulk.objects.exclude(arguments={}, query=""):
        _forget_in_bulk(one, elsewhere)


def _forget_in_bulk(one: Bulk, marks: Marks) -> None:
    """What was told with it, and a filter that asks for the person: it then selects nobody, not everybody."""
    if marks.are_in(one.arguments):
        Bulk.objects.filter(pk=one.pk).update(arguments=marks.blotted_in(one.arguments))
    if marks.are_in(_asked(one.query)):
        Bulk.objects.filter(pk=one.pk).update(query="", chosen=one.chosen or [])


def _asked(query: str) -> list[str]:
    """The values a filter of the list asks for."""
    return [value for _name, value in parse_qsl(query)]

"""Notes of an agency on a business: written, kept on top, taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Note


@transaction.atomic
def write(*, business: Business, agency: Agency, text: str, actor: Person, is_pinned: bool = False) -> Note:
    """Note something on a business that the agency keeps. Raises DomainError for an empty or too long text, or where
    the agency does not keep it."""
    words, longest = text.strip(), Note._meta.get_field("text").max_length or 0
    if not words:
        raise DomainError(_("Write what you want to note."))
    if len(words) > longest:
        raise DomainError(_("A note has at most %(n)s characters.") % {"n": longest})
    if not business.listings.filter(agency=agency).exists():
        raise DomainError(_("Your agency does not keep this business on its list."))
    note = Note.objects.create(
        business=business, agency=agency, author=actor, text=words, is_pinned=is_pinned
    )
    audit.record(agency=agency, actor=actor, action="note.write", target=note, details=_about(note))
    return note


@transaction.atomic
def pin(*, note: Note, is_pinned: bool, actor: Person) -> None:
    """Keep a note on top, or no longer; saying it twice changes nothing."""
    if Note.objects.filter(pk=note.pk).exclude(is_pinned=is_pinned).update(is_pinned=is_pinned):
        details = _about(note) | {"pinned": is_pinned}
        audit.record(agency=note.agency, actor=actor, action="note.pin", target=note, details=details)


@transaction.atomic
def remove(*, note: Note, actor: Person) -> None:
    """Take a note away for good; the trail keeps that there was one, not what it said."""
    audit.record(agency=note.agency, actor=actor, action="note.remove", target=note, details=_about(note))
    note.delete()


def _about(note: Note) -> dict[str, int]:
    """What the trail tells: never the words, which may be about a person."""
    return {"business": note.business_id}

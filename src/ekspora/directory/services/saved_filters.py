"""Filters of the list that officers keep under a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import SavedFilter
from ekspora.directory.services import changes


@transaction.atomic
def save(*, agency: Agency, actor: Person, name: str, query: str, is_shared: bool) -> SavedFilter:
    """Keep what the list is narrowed to. Raises DomainError without a name, for a name that is taken, or where
    nothing is narrowed."""
    if not query:
        raise DomainError(_("Narrow the list first: this filter would show everything."))
    made = SavedFilter(agency=agency, person=actor)
    changes.apply(made, {"name": " ".join(name.split()), "query": query, "is_shared": is_shared})
    made.save()
    _record("filter.save", made, actor)
    return made


@transaction.atomic
def change(*, saved: SavedFilter, actor: Person, name: str, is_shared: bool) -> None:
    """Give it another name, or share it. Raises DomainError for a name that is taken, or when somebody else's filter
    should no longer be shared: they alone may take it back."""
    fresh = SavedFilter.objects.select_for_update().get(pk=saved.pk)
    if fresh.is_shared and not is_shared and fresh.person_id != actor.pk:
        raise DomainError(_("Only who saved this filter can keep it for themselves again."))
    if changes.apply(fresh, {"name": " ".join(name.split()), "is_shared": is_shared}):
        fresh.save()
        _record("filter.change", fresh, actor)


@transaction.atomic
def remove(*, saved: SavedFilter, actor: Person) -> None:
    """Forget a filter."""
    _record("filter.remove", saved, actor)
    saved.delete()


def _record(action: str, saved: SavedFilter, actor: Person) -> None:
    """The trail tells that it was shared, not what an officer looks for."""
    details = {"shared": saved.is_shared}
    audit.record(agency=saved.agency, actor=actor, action=action, target=saved, details=details)

"""An NIB on a record that nobody decided on holds nobody up: whoever states it next takes it."""

from collections.abc import Iterable

from ekspora.directory.models import Business, Registration


def undecided(nibs: Iterable[str]) -> list[int]:
    """Ids of businesses with one of these numbers that registered themselves, are on no list and that no officer kept:
    the number is public and their word alone, so they are nobody to be found by it."""
    states = (Registration.State.OPEN, Registration.State.REFUSED)
    found = Business.objects.filter(nib__in=set(nibs) - {""}, registration__state__in=states, listings=None)
    return list(found.values_list("pk", flat=True))


def free(nibs: Iterable[str]) -> list[int]:
    """Take the numbers off such records; returns their ids, for the trail. In the transaction that gives them."""
    taken = undecided(nibs)
    Business.objects.filter(pk__in=taken).update(nib="")
    return taken

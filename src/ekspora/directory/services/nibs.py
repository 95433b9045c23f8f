"""An NIB on a record that nobody decided on holds nobody up: whoever states it next takes it.

The tables' own check leaves such records out (``Business.get_constraints``); every service that writes an NIB takes it
off them first, so that forms, services and imports agree.
"""

from collections.abc import Iterable

from ekspora.directory.models import Business


def free(nibs: Iterable[str], *, but: int | None = None) -> list[int]:
    """Take the numbers off such records except ``but``; returns their ids, for the trail. In the transaction that
    gives them."""
    numbers = set(nibs)  # an import hands over an iterator, and they are asked for twice
    found = Business.objects.undecided(numbers).exclude(pk=but or 0)
    if not found.exists():
        return []
    # Held first and asked again: an officer may keep one of them at this moment.
    list(Business.objects.select_for_update().filter(nib__in=numbers).order_by("pk").values_list("pk"))
    taken = list(found.all().values_list("pk", flat=True))
    Business.objects.filter(pk__in=taken).update(nib="")
    return taken

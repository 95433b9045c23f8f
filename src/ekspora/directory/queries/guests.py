"""Reading missions and representatives."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import ImportedRow, Mission, Representative
from ekspora.directory.places import countries
from ekspora.directory.queries.businesses import provenance

ORDERS = {
    "precedence": ("precedence", "person__name"),
    "country": ("mission__country", "precedence", "person__name"),
    "name": ("person__name",),
}


def representatives_for(
    actor: Actor, *, words: str = "", order: str = "precedence"
) -> QuerySet[Representative]:
    """Representatives on the lists of the actor's agencies with person and mission, in one of ``ORDERS``."""
    through = Representative.listed_by.through.objects
    listed = through.filter(representative=OuterRef("pk"), agency__in=actor.agencies())
    found = Representative.objects.select_related("person", "mission").filter(Exists(listed))
    for word in words.split():
        found = found.filter(
            Q(person__name__icontains=word) | Q(mission__name__icontains=word)
            | Q(mission__country__in=_named(word)) | Q(function__icontains=word) | Q(interests__icontains=word)
        )  # fmt: skip
    return found.order_by(*ORDERS.get(order, ORDERS["precedence"]))


def _named(word: str) -> list[str]:
    """Codes of the countries whose name in the reader's language holds a word."""
    return [code for code, name in countries() if word.casefold() in name.casefold()]


def representative_for(actor: Actor, pk: int) -> Representative | None:
    """One representative on the list of one of the actor's agencies."""
    return representatives_for(actor).filter(pk=pk).first()


def origins_of(actor: Actor, representative: Representative) -> list[ImportedRow]:
    """Which rows of which files made or changed the representative or the person, newest first.

    One row writes both: it is told once, unless it did something different to each.
    """
    rows = [
        *provenance(actor, "directory.representative", [representative.pk])[:20],
        *provenance(actor, "core.person", [representative.person_id])[:20],
    ]
    once = {(row.source_id, row.row, row.effect, str(row.changes)): row for row in reversed(rows)}
    return sorted(once.values(), key=lambda row: (-row.source_id, row.row))


def missions() -> QuerySet[Mission]:
    """All missions by name: they belong to nobody's list."""
    return Mission.objects.all()

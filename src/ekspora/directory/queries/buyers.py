"""Reading buyers: those on the lists of an officer's agencies, with what only these agencies know."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import Buyer, BuyerNote
from ekspora.directory.places import countries

# What the list can be narrowed to besides words.
SHOW = ("verified", "unverified", "broker")
_MOST_NAMES = 300


def buyers_for(actor: Actor, *, words: str = "", show: str = "", country: str = "") -> QuerySet[Buyer]:
    """Buyers on the lists of the actor's agencies, by name. Two queries however many."""
    listed = Buyer.listed_by.through.objects.filter(buyer=OuterRef("pk"), agency__in=actor.agencies())
    notes = BuyerNote.objects.filter(agency__in=actor.agencies()).select_related("agency", "person")
    found = Buyer.objects.filter(Exists(listed)).select_related("introduced_by", "verified_by")
    if show in ("verified", "unverified"):
        found = found.filter(verified_at__isnull=show == "unverified")
    elif show == "broker":
        found = found.filter(kind=Buyer.Kind.BROKER)
    if country:
        found = found.filter(country=country)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(website__icontains=word) | Q(introduced_by__name__icontains=word)
            | Q(country__in=[code for code, name in countries() if word.casefold() in name.casefold()])
        )  # fmt: skip
    return found.prefetch_related(Prefetch("notes", notes, to_attr="own_notes")).order_by("name", "pk")


def buyer_for(actor: Actor, pk: int) -> Buyer | None:
    """One buyer on the list of one of the actor's agencies."""
    return buyers_for(actor).filter(pk=pk).first()


def names_for(actor: Actor) -> list[str]:
    """Names to offer while somebody types one."""
    return list(buyers_for(actor).values_list("name", flat=True)[:_MOST_NAMES])

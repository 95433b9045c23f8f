"""Reading what officers keep around their list: filters, notes, actions on many."""

from django.db.models import Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.models import Agency
from ekspora.directory.models import Bulk, Business, Note, SavedFilter


def saved_filters_for(actor: Actor) -> QuerySet[SavedFilter]:
    """The actor's own filters and those their agencies share, by name, with who saved them."""
    mine = Q(person=actor.person) | Q(is_shared=True)
    found = SavedFilter.objects.filter(mine, agency__in=actor.agencies())
    return found.select_related("person", "agency")


def saved_filter_for(actor: Actor, pk: int) -> SavedFilter | None:
    """One of these."""
    return saved_filters_for(actor).filter(pk=pk).first()


def notes_on(actor: Actor, business: Business) -> QuerySet[Note]:
    """What the actor's agencies noted on a business, what is kept on top first."""
    return Note.objects.filter(business=business, agency__in=actor.agencies()).select_related(
        "author", "agency"
    )


def note_for(actor: Actor, pk: int) -> Note | None:
    """One note of the actor's agencies, as long as they keep the business."""
    return Note.objects.filter(
        pk=pk, agency__in=actor.agencies(), business__listings__agency__in=actor.agencies()
    ).first()


def keepers_of(actor: Actor, business: Business) -> QuerySet[Agency]:
    """The agencies of the actor that keep a business, by name."""
    return Agency.objects.filter(pk__in=actor.agencies(), listings__business=business)


def bulks_for(actor: Actor) -> QuerySet[Bulk]:
    """What the actor's agencies did to many, the newest first."""
    return Bulk.objects.filter(agency__in=actor.agencies()).select_related("agency", "person")


def bulk_for(actor: Actor, pk: int) -> Bulk | None:
    """One of these; a selection nobody has confirmed is only for whoever made it."""
    found = bulks_for(actor).filter(pk=pk)
    return found.exclude(~Q(person=actor.person), state=Bulk.State.DRAFT).first()

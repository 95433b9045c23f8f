"""Reading imports."""

from django.db.models import QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import Import


def imports_for(actor: Actor) -> QuerySet[Import]:
    """Imports of the actor's agencies, newest first, with agency and person."""
    return Import.objects.select_related("agency", "person").filter(agency__in=actor.agencies())


def import_for(actor: Actor, pk: int) -> Import | None:
    """One import of the actor's agencies."""
    return imports_for(actor).filter(pk=pk).first()

"""What an activity opens of the directory: to those it brings together, and to a link into it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.numbers import id_in
from ekspora.directory.models import Business
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.queries.activities import activities_for
from ekspora.programmes.queries.participations import participations_of


def sees(actor: Actor, business: Business) -> bool:
    """Whether the actor is a guest (or a guest's substitute) where the business comes, or an officer there."""
    there = Participation.objects.filter(business=business)
    coming = there.filter(answer=Participation.Answer.ACCEPTED).values("activity")
    guests = participations_of(actor).filter(side=Participation.Side.GUEST, activity__in=coming)
    return guests.exists() or activities_for(actor).filter(pk__in=there.values("activity")).exists()


def businesses_of(scope: str) -> Iterable[int]:
    """Ids of the businesses invited to the activity of a scope such as ``activity:7``."""
    invited = Participation.objects.filter(activity=id_in(scope, "activity")).exclude(business=None)
    return invited.exclude(answer=Participation.Answer.PLANNED).values_list("business", flat=True)


def both_take_part(one: Business, other: Business) -> Iterable[str]:
    """Why two records cannot become one: an activity has both, with meetings and marks of their own."""
    theirs = Activity.objects.filter(participations__business=one).filter(participations__business=other)
    for activity in theirs.distinct():
        words = _("Both take part in “%(activity)s”. Take one of them out there first.")
        yield words % {"activity": activity}

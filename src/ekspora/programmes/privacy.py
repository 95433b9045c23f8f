"""What this room holds about a person and how it forgets them.

Who was invited, came and met is the record of the activity: it stays, counted, as an erased person.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import AuditEntry, Person
from ekspora.core.numbers import id_in
from ekspora.core.services import audit
from ekspora.directory.models import Business, Stewardship
from ekspora.directory.rules import own
from ekspora.programmes.models import Feedback, Participation


def of_person(person: Person) -> QuerySet[Participation]:
    """Where the person takes part or took part: as guest, for a business of theirs, or as a substitute."""
    businesses = Stewardship.objects.filter(person=person).values("business")
    return Participation.objects.filter(
        Q(person=person)
        | Q(substitute=person)
        | Q(representative__person=person)
        | Q(business__in=businesses)
    )


def in_reach(actor: Actor) -> QuerySet[Participation]:
    """The same, as far as the session reaches: its one activity, or else the businesses its link does."""
    found = of_person(actor.person)
    if not actor.scope:
        return found
    if activity := id_in(actor.scope, "activity"):
        return found.filter(activity=activity)
    return found.filter(business__in=Business.objects.filter(own(actor)))


def held(actor: Actor) -> dict[str, Any]:
    """The activities, what was answered, and when they came and left."""
    columns = (
        "activity__name", "side", "answer", "answer_note", "answered_at", "invited_at", "arrives_at", "leaves_at",
        "is_walk_in", "substitute__name", "came", "came_at", "left_at",
    )  # fmt: skip
    said = _feedback(actor)
    return {
        "participations": list(in_reach(actor).values(*columns)),
        "feedback": list(said.values("participation__activity__name", "score", "words", "given_at")),
    }


def _feedback(actor: Actor) -> QuerySet[Feedback]:
    """What was said of activities within the session's reach, and by an unlimited one what the person gave anywhere."""
    given = Q(pk__in=()) if actor.scope else Q(given_by=actor.person)
    return Feedback.objects.filter(given | Q(participation__in=in_reach(actor).values("pk")))


def entries(actor: Actor) -> Q:
    """Entries of the trail about where they take part and what they said of it."""
    about = privacy.entries_about(Participation, in_reach(actor))
    return about | privacy.entries_about(Feedback, _feedback(actor))


def erase(person: Person) -> None:
    """Notes with answers go, and what the trail says in detail of answers: it names substitutes and reasons.

    Of businesses they only accompany, just the answers they gave themselves.
    """
    answers = AuditEntry.objects.filter(target_type=Participation._meta.label_lower, action__in=_ANSWERED)
    given = {int(pk) for pk in answers.filter(actor_id=person.pk).values_list("target_id", flat=True)}
    own = given.union(of_person(person).exclude(_accompanied(person)).values_list("pk", flat=True))
    Participation.objects.filter(pk__in=own).update(answer_note="")
    audit.forget(answers.filter(target_id__in=[str(pk) for pk in own]))
    _erase_feedback(person, own)


def _erase_feedback(person: Person, own: set[int]) -> None:
    """The score stays, counted; the words go where the person wrote them or they are about them."""
    said = Feedback.objects.filter(Q(given_by=person) | Q(participation__in=own))
    kept = [str(pk) for pk in said.values_list("pk", flat=True)]
    audit.forget(AuditEntry.objects.filter(target_type=Feedback._meta.label_lower, target_id__in=kept))
    said.update(words="")
    Feedback.objects.filter(given_by=person).update(given_by=None)


def _accompanied(person: Person) -> Q:
    companion = Stewardship.objects.filter(person=person, role=Stewardship.Role.COMPANION)
    mine = Q(person=person) | Q(substitute=person)
    return Q(business__in=companion.values("business")) & ~mine


_ANSWERED = [f"participation.{answer}" for answer in Participation.Answer.values]


def register() -> None:
    """Fill core's registries."""
    privacy.trail.register("programmes", entries)
    privacy.held.register("programmes", held, order=30)
    privacy.erasers.register("programmes", erase, order=20)
    privacy.titles["participations"] = _("invitations and answers")
    privacy.titles["feedback"] = _("how content you were")

"""How content participants were: one answer each, the last one counts."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.programmes.models import Feedback, Participation

LEAST, MOST = 1, 5


@transaction.atomic
def give(*, participation: Participation, score: int, words: str, actor: Person) -> Feedback:
    """Keep how content a participant was, from 1 (not at all) to 5 (very), and a line in their words.

    Giving the same again changes nothing. Raises DomainError for a score that is none and before the first day.
    """
    if not LEAST <= score <= MOST:
        raise DomainError(_("Choose a number from 1 to 5."))
    activity = participation.activity
    if now().astimezone(activity.tz).date() < activity.starts_on:
        raise DomainError(_("This can be said from the first day on."))
    words = " ".join(words.split())[:500]
    Participation.objects.select_for_update().get(pk=participation.pk)
    before = Feedback.objects.filter(participation=participation).first()
    if before is not None and (before.score, before.words) == (score, words):
        return before
    values = {"score": score, "words": words, "given_by": actor, "given_at": now()}
    given, _created = Feedback.objects.update_or_create(participation=participation, defaults=values)
    details = {"score": score, "words": words}
    audit.record(agency=activity.lead, actor=actor, action="feedback.give", target=given, details=details)
    return given

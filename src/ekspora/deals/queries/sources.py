"""Where a deal comes from: a meeting, a promise whose buyers were named, an inquiry, a later answer, or by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.numbers import id_in, number_in
from ekspora.deals import rules
from ekspora.deals.models import Commitment, Deal, Inquiry, LaterAnswer
from ekspora.deals.queries.deals import scopes_of
from ekspora.demand.models import Encounter, Outcome
from ekspora.directory.models import Business, Buyer, Mission
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a deal before it is one."""

    business: Business
    activity: Activity | None = None
    encounter: Encounter | None = None
    mission: Mission | None = None
    buyers: tuple[Buyer, ...] = field(default=())
    buyer_name: str = ""
    country: str = ""
    subject: str = ""
    inquiry: Inquiry | None = None
    answer: LaterAnswer | None = None

    @property
    def scope(self) -> str:
        """Where it began."""
        return self.activity.scope if self.activity else ""


def source_of(actor: Actor, asked: Mapping[str, str]) -> Source | None:
    """What the address names (``inquiry``, ``answer``, ``commitment``, ``encounter``, else ``business``), for an
    officer who works on it; None as if it did not exist."""
    for name, find in _FINDERS.items():
        if asked.get(name):
            return find(actor, number_in(asked[name]) or 0)
    business = number_in(asked.get("business", "")) or 0
    return _by_hand(actor, business, activity_of(actor, number_in(asked.get("activity")) or 0))


def activity_of(actor: Actor, pk: int) -> Activity | None:
    """One activity, when the actor works in it."""
    activity = programmes.activity_for(actor, pk)
    return activity if activity is not None and f"activity:{activity.pk}" in scopes_of(actor) else None


def _by_encounter(actor: Actor, pk: int) -> Source | None:
    rows = Encounter.objects.select_related("business", "representative__mission")
    found = rows.filter(pk=pk, scope__in=scopes_of(actor)).first()
    if found is None:
        return None
    mission = found.representative.mission
    wanted = found.outcomes.filter(is_current=True, verdict=Outcome.Verdict.POSSIBLE)
    names = dict.fromkeys(wanted.exclude(products=None).values_list("products__name", flat=True))
    return Source(
        found.business, activity_of(actor, id_in(found.scope, "activity")), found, mission,
        country=mission.country, subject=", ".join(name for name in names if name)[:160],
    )  # fmt: skip


def _by_answer(actor: Actor, pk: int) -> Source | None:
    answer = LaterAnswer.objects.filter(pk=pk, is_current=True).first()
    source = _by_encounter(actor, answer.encounter_id) if answer is not None else None
    if answer is None or source is None:
        return None
    return Source(
        source.business, source.activity, source.encounter, source.mission, buyer_name=answer.buyer,
        country=source.country, subject=source.subject, answer=answer,
    )  # fmt: skip


def _by_commitment(actor: Actor, pk: int) -> Source | None:
    rows = Commitment.objects.select_related("business", "representative__mission", "encounter")
    found = rows.prefetch_related("buyers").filter(pk=pk).first()
    if found is None or not rules.works_in(actor, found.agency_id, found.scope):
        return None
    buyers = tuple(found.buyers.all())
    only = buyers[0] if len(buyers) == 1 else None
    mission = found.representative.mission
    return Source(
        found.business, activity_of(actor, id_in(found.scope, "activity")), found.encounter, mission, buyers,
        only.name if only else "", only.country if only else mission.country,
    )  # fmt: skip


def _by_inquiry(actor: Actor, pk: int) -> Source | None:
    found = Inquiry.objects.select_related("business", "mission").filter(pk=pk).first()
    if found is None or not rules.works_in(actor, found.agency_id, found.scope):
        return None
    return Source(
        found.business, activity_of(actor, id_in(found.scope, "activity")), None, found.mission,
        buyer_name=found.company, country=found.country, subject=found.words[:160], inquiry=found,
    )  # fmt: skip


def _by_hand(actor: Actor, pk: int, activity: Activity | None) -> Source | None:
    found = businesses_for(actor, activity).filter(pk=pk).first()
    return Source(found, activity) if found is not None else None


_FINDERS = {
    "inquiry": _by_inquiry, "answer": _by_answer, "commitment": _by_commitment, "encounter": _by_encounter,
}  # fmt: skip


def businesses_for(actor: Actor, activity: Activity | None, words: str = "") -> QuerySet[Business]:
    """Businesses a deal can be noted for: those that take part in the activity, else those of the officer's lists."""
    if activity is not None:
        joined = Participation.objects.filter(activity=activity, business=OuterRef("pk"))
        found = Business.objects.filter(Exists(joined))
    else:
        found = Business.objects.filter(listings__agency__in=actor.agencies()).distinct()
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(products__name__icontains=word)).distinct()
    return found.order_by("name", "pk")


def promising(scope: str) -> QuerySet[Encounter]:
    """Meetings of an activity after which somebody sees cooperation, and that are no deal yet; by business."""
    seen = Outcome.objects.filter(encounter=OuterRef("pk"), is_current=True, verdict=Outcome.Verdict.POSSIBLE)
    begun = Deal.objects.filter(encounter=OuterRef("pk"))
    found = Encounter.objects.filter(Exists(seen), ~Exists(begun), scope=scope)
    return found.select_related("business", "representative__mission").order_by("business__name", "pk")

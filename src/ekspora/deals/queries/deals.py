"""Reading deals: those an officer works on, narrowed, each with its steps. Constant queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.models import AuditEntry, Membership, Person
from ekspora.core.numbers import id_in
from ekspora.deals.models import Deal, DealStep
from ekspora.directory.places import countries
from ekspora.programmes.models import Organiser
from ekspora.programmes.rules import WORKING

POTENTIAL = ("interest", "inquiry", "sample", "loi")


def scopes_of(actor: Actor) -> list[str]:
    """The activities whose lead or co-organiser the actor is an officer of, as scopes. One query."""
    rows = Organiser.objects.filter(agency__in=actor.agencies(), role__in=WORKING)
    return [f"activity:{pk}" for pk in rows.values_list("activity", flat=True).distinct()]


def worked_on_by(actor: Actor) -> Q:
    """What belongs to an agency of the actor, or to an activity that one leads or helps to organise."""
    return Q(agency__in=actor.agencies()) | Q(scope__in=scopes_of(actor))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of deals is narrowed to; empty values narrow nothing.

    With ``currency`` a rung means a counted value of it in this currency; ``potential`` stands for the rungs before
    an order.
    """

    rung: str = ""
    currency: str = ""
    state: str = ""
    country: str = ""
    alarms: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.rung, self.currency, self.state, self.country, self.alarms, self.words))


def deals_for(actor: Actor, wanted: Wanted = Wanted(), scope: str = "") -> QuerySet[Deal]:
    """Deals the actor works on, of one activity where ``scope`` is given; the newest first. Four queries."""
    found = Deal.objects.filter(worked_on_by(actor))
    if scope:
        found = found.filter(scope=scope)
    return with_steps(narrowed(found, wanted))


def with_steps(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Deals with all that lists and ladders read."""
    steps = DealStep.objects.select_related("noted_by", "checked_by")
    related = deals.select_related(
        "business", "buyer", "product", "mission", "agency", "owner", "encounter__representative__mission"
    )
    return related.prefetch_related(Prefetch("steps", steps, to_attr="all_steps")).order_by(
        "-created_at", "-pk"
    )


def narrowed(deals: QuerySet[Deal], wanted: Wanted) -> QuerySet[Deal]:
    """Those that fit."""
    if wanted.state in Deal.State.values:
        deals = deals.filter(state=wanted.state)
    if wanted.country:
        deals = deals.filter(buyer__country=wanted.country)
    if wanted.rung or wanted.currency:
        deals = deals.filter(Exists(_steps_of(wanted)))
    if wanted.alarms:
        deals = deals.filter(Exists(unchecked_steps().filter(deal=OuterRef("pk"))))
    for word in wanted.words.split():
        named = [code for code, name in countries() if word.casefold() in name.casefold()]
        deals = deals.filter(
            Q(business__name__icontains=word) | Q(buyer__name__icontains=word) | Q(subject__icontains=word)
            | Q(mission__name__icontains=word) | Q(buyer__country__in=named)
        )  # fmt: skip
    return deals


def _steps_of(wanted: Wanted) -> QuerySet[DealStep]:
    steps = DealStep.objects.filter(deal=OuterRef("pk"), withdrawn_at__isnull=True)
    if wanted.rung:
        steps = steps.filter(rung__in=POTENTIAL if wanted.rung == "potential" else [wanted.rung])
    if wanted.currency:
        steps = steps.filter(DealStep.counted(), currency=wanted.currency)
    return steps


def unchecked_steps() -> QuerySet[DealStep]:
    """Standing steps about which something looks wrong that nobody has checked."""
    waiting = DealStep.objects.filter(withdrawn_at__isnull=True, checked_at__isnull=True)
    return waiting.exclude(alarms=[])


def unchecked(scope: str) -> QuerySet[DealStep]:
    """The same of one activity, with their deals."""
    steps = unchecked_steps().filter(deal__scope=scope)
    return steps.select_related("deal__business", "deal__buyer", "noted_by")


def deal_for(actor: Actor, pk: int) -> Deal | None:
    """One deal the actor works on; None as if it did not exist."""
    return deals_for(actor).filter(pk=pk).first()


def officers_of(deal: Deal) -> QuerySet[Person]:
    """Officers who work on a deal: of its agency, and of its activity's lead and co-organisers; by name."""
    working = Organiser.objects.filter(activity=id_in(deal.scope, "activity"), role__in=WORKING)
    agencies = [deal.agency_id, *working.values_list("agency", flat=True)]
    members = Membership.objects.filter(agency__in=agencies, role=Membership.Role.OFFICER)
    return Person.objects.filter(pk__in=members.values("person")).exclude(name="").order_by("name")


def history_of(deal: Deal, most: int = 30) -> list[tuple[AuditEntry, str]]:
    """What was done with a deal and by whom, the newest first. Two queries."""
    target = Deal._meta.label_lower
    entries = AuditEntry.objects.filter(target_type=target, target_id=str(deal.pk)).order_by("-at", "-pk")[
        :most
    ]
    people = Person.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [(entry, str(people.get(entry.actor_id or 0, ""))) for entry in entries]

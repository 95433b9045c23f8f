"""Reading participations with all that lists, letters, wishes and rules need, and what belongs to them."""

from collections.abc import Iterable

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import NullIf

from ekspora.core.actors import Actor
from ekspora.core.models import AccessLink, Message, Person
from ekspora.core.numbers import id_in
from ekspora.directory.models import Product, Stewardship
from ekspora.programmes import rules
from ekspora.programmes.models import Activity, AgendaItem, Organiser, Participation
from ekspora.programmes.queries.activities import agenda

Answer = Participation.Answer
Side = Participation.Side
# Whom a participation is about, as lists name them.
WHO = ("business", "representative__person", "representative__mission", "person", "substitute")


def _participations() -> QuerySet[Participation]:
    """Participations with all that lists, wishes, letters and rules read."""
    return Participation.objects.select_related("activity__programme", *WHO).prefetch_related(
        Prefetch("activity__organiser_rows", Organiser.objects.select_related("agency")),
        "business__stewards__person",
        Prefetch("business__products", Product.objects.order_by("id")),
        "business__products__photos",
        "business__certificates",
        "business__exports",
        "business__fairs",
    )  # fmt: skip


def in_protocol_order(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Guests by precedence (those without one after them, by mission and name), makers by name."""
    return rows.order_by(
        F("side").desc(),
        NullIf("representative__precedence", Value(0)).asc(nulls_last=True),
        "representative__mission__name",
        "representative__person__name",
        "business__name",
        "id",
    )


def participations(activity: Activity, side: str | None = None) -> QuerySet[Participation]:
    """Everybody in an activity, or one side ("maker", "guest"), in protocol order, related records loaded."""
    rows = _participations().filter(activity=activity)
    return in_protocol_order(rows.filter(side=side) if side else rows)


def at_tables(activity: Activity, pks: Iterable[int]) -> dict[int, Participation]:
    """Some of an activity by id, with who they are and their products: what the page of a meeting shows of them."""
    rows = activity.participations.filter(pk__in=pks).select_related(*WHO)
    products = Prefetch("business__products", Product.objects.order_by("id"))
    facts = (
        "business__stewards__person", products, "business__products__photos", "business__certificates",
    )  # fmt: skip
    return {row.pk: row for row in rows.prefetch_related(*facts)}


def coming(activity: Activity, side: str | None = None) -> QuerySet[Participation]:
    """Those of ``participations`` who accepted; meetings are made for them only."""
    return participations(activity, side).filter(answer=Answer.ACCEPTED)


def to_invite(activity: Activity) -> QuerySet[Participation]:
    """Those planned, and those invited who have not answered; walk-ins need no invitation."""
    waiting = participations(activity).filter(answer__in=[Answer.PLANNED, Answer.INVITED])
    return waiting.filter(is_walk_in=False)


def participations_of(actor: Actor) -> QuerySet[Participation]:
    """What the actor takes part in as guest, owner, agreed companion or substitute, as far as a link reaches.

    Not yet invited ones are left out: nobody learns of an activity before its officers say so.
    """
    person = actor.person
    stewarded = Stewardship.objects.filter(person=person).values("business")
    own = Q(representative__person=person) | Q(business__in=stewarded) | Q(substitute=person)
    rows = _participations().filter(own).exclude(answer=Answer.PLANNED)
    if actor.scope:
        rows = rows.filter(activity=id_in(actor.scope, "activity"))
    return rows.order_by("-activity__starts_on", "id")


def participation_for(actor: Actor, pk: int) -> Participation | None:
    """A participation the actor may answer for on the personal pages; officers use ``participation_seen``."""
    return participations_of(actor).filter(pk=pk).first()


def participation_seen(actor: Actor, pk: int) -> Participation | None:
    """A participation of an activity that the actor sees as an officer."""
    found = _participations().filter(pk=pk).first()
    return found if found is not None and rules.can_see(actor, found.activity) else None


def agenda_for(participation: Participation) -> list[AgendaItem]:
    """The parts of the agenda that concern somebody: everybody's, their side's, and those that name them."""
    audiences = {"all", "guests" if participation.side == Side.GUEST else "makers"}
    items = agenda(participation.activity)
    return [item for item in items if item.audience in audiences or participation.pk in item.attendee_ids]


def holders(participation: Participation) -> list[Person]:
    """Who may hold a personal link for this participation, whoever comes first; each once, nobody erased."""
    found = [participation.substitute, participation.person]
    if participation.representative is not None:
        found.append(participation.representative.person)
    if participation.business is not None:
        stewards = sorted(participation.business.stewards.all(), key=lambda s: (s.role != "owner", s.pk))
        found += [steward.person for steward in stewards]
    return list(dict.fromkeys(person for person in found if person is not None and not person.is_erased))


def links_of(participation: Participation) -> QuerySet[AccessLink]:
    """Personal links of these people into the activity, newest first. Their secrets are not stored."""
    return AccessLink.objects.select_related("person", "issued_by").filter(
        person__in=holders(participation), scope=participation.activity.scope,
        kind=AccessLink.Kind.PERSONAL,
    ).order_by("-id")  # fmt: skip


def messages_of(participation: Participation, actor: Actor) -> QuerySet[Message]:
    """What the actor's agencies prepared or sent about this participation, newest first."""
    pk = participation.pk
    about = (
        Q(key=f"invitation:{pk}") | Q(key__startswith=f"link:{pk}:") | Q(key__startswith=f"substitute:{pk}:")
    )
    rows = Message.objects.select_related("person").filter(about, agency__in=actor.agencies())
    return rows.order_by("-id")

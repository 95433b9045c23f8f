"""What the pages of this room read: the send queue of a topic and the trail of an agency."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.models import AccessLink, Agency, AuditEntry, AutomaticKind, Job, Message, Paper, Person
from ekspora.core.rules import acting_agencies, agencies_in_reach
from ekspora.core.topics import about


def messages_about(actor: Actor, topic: str) -> QuerySet[Message] | None:
    """The messages of a topic this officer sees; None when the topic is not for them at all."""
    found = Message.objects.filter(topic=topic, agency__in=agencies_in_reach(actor, topic))
    info = about(topic)
    if info and info.agencies & actor.agencies():
        return found
    return found if found.exists() else None


def waiting_first(messages: QuerySet[Message]) -> QuerySet[Message]:
    """What still waits for somebody before what is sent or cancelled, each in the order of preparing."""
    finished = Case(When(state__in=(Message.State.SENT, Message.State.CANCELLED), then=1), default=0)
    return messages.order_by(finished, "pk")


def message_for(actor: Actor, pk: int) -> Message | None:
    """One message if this officer may see it."""
    found = Message.objects.select_related("person", "agency", "taken_by").filter(pk=pk).first()
    if found is None or found.agency_id not in agencies_in_reach(actor, found.topic):
        return None
    return found


def free_for(person: Person) -> Q:
    """Chats that no other officer has opened within the last minutes."""
    return Q(taken_by=None) | Q(taken_by=person) | Q(taken_at__lt=now() - Message.HELD_FOR)


def next_chat(actor: Actor, topic: str, *, after: int = 0) -> Message | None:
    """The released chat to open next: the first one after ``after``, else the first of all."""
    acting = acting_agencies(actor, topic)
    ready = Message.objects.filter(
        free_for(actor.person), topic=topic, agency__in=acting, channel=Message.Channel.WHATSAPP,
        state=Message.State.RELEASED,
    )  # fmt: skip
    return ready.filter(pk__gt=after).first() or ready.exclude(pk=after).first()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one channel are in each state."""

    channel: Message.Channel
    states: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())


def tallies(messages: QuerySet[Message]) -> list[Tally]:
    """Messages counted by channel and state, in one query."""
    found = messages.order_by().values_list("channel", "state").annotate(n=Count("pk"))
    counts = {(channel, state): n for channel, state, n in found}
    return [
        Tally(channel, {state: counts.get((channel, state), 0) for state in Message.State.values})
        for channel in Message.Channel
    ]


def kinds_of(messages: QuerySet[Message], agencies: frozenset[int]) -> list[tuple[str, bool]]:
    """The kinds of message present, each with whether these agencies let it go automatically."""
    automatic = set(AutomaticKind.objects.filter(agency__in=agencies).values_list("kind", flat=True))
    kinds = messages.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind in automatic) for kind in kinds]


def trail_of(agency_id: int, target: str = "") -> QuerySet[AuditEntry]:
    """An agency's entries, newest first; a ``target`` like ``programmes.activity:7`` keeps one record's."""
    found = AuditEntry.objects.filter(chain=agency_id).order_by("-number")
    if target:
        kind, _colon, key = target.partition(":")
        found = found.filter(target_type=kind, target_id=key)
    return found


def names_of(entries: "list[AuditEntry]") -> dict[int, str]:
    """The names of the people who did what these entries say; erased people have none."""
    people = Person.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id is not None})
    return {pk: person.protocol_name for pk, person in people.items()}


# Written by a link that may only ask; settled by erasing the person, or by an entry that they stay.
ASKED = "person.ask_erasure"


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who asked an agency to be erased, and when."""

    person: Person
    agency_id: int
    at: datetime


def asked_to_erase(agencies: frozenset[int], person_id: int | None = None) -> list[Asked]:
    """Who asked these agencies to be erased and is not yet, the longest waiting first. Two queries."""
    if not agencies:
        return []
    entries = AuditEntry.objects.filter(
        target_type=Person._meta.label_lower, action__in=(ASKED, "person.keep"), chain__in=agencies
    ).order_by("number")
    if person_id is not None:
        entries = entries.filter(target_id=str(person_id))
    last = {(entry.chain, entry.target_id): entry for entry in entries}
    asking = sorted((e for e in last.values() if e.action == ASKED), key=lambda entry: entry.at)
    numbers = {int(entry.target_id) for entry in asking}
    people = Person.objects.exclude(name="").in_bulk(numbers) if numbers else {}
    return [
        Asked(people[int(entry.target_id)], entry.chain, entry.at)
        for entry in asking
        if int(entry.target_id) in people
    ]


def papers_for(actor: Actor) -> QuerySet[Paper]:
    """Files that may name an erased person and wait for the actor's agencies."""
    found = kept_papers().filter(decided_at=None, keeper__in=actor.agencies())
    name = Agency.objects.filter(pk=OuterRef("keeper")).values("short_name")
    named: QuerySet[Paper] = found.annotate(keeper_name=Subquery(name))
    return named


def kept_papers() -> "QuerySet[Any]":
    """Files that may name an erased person, with the id of the ``keeper``: the agency that answers for the record by
    now, or else the one they were noted for."""
    kinds = [(name, kind().keepers(OuterRef("target_id"))) for name, kind in privacy.papers.items()]
    moved = [When(kind=name, then=keeper) for name, keeper in kinds if keeper is not None]
    return Paper.objects.annotate(keeper=Coalesce(Case(*moved), F("agency"), output_field=BigIntegerField()))


def held_about(actor: Actor) -> dict[str, Any]:
    """This room's part of what is held about a person; by a limited session, links, messages and jobs of its own limits
    and what was done to records within them.

    That something was put to somebody else's address because of what they told shows nowhere in it.
    """
    person, columns = actor.person, ("channel", "address", "subject", "body", "state", "sent_at")
    links = person.links.filter(_told_to(actor, "scope")).values(
        "kind", "scope", "issued_at", "expires_at", "revoked_at", "used_at"
    )
    messages = person.messages.filter(_told_to(actor, "link_scope")).values(*columns)
    trail = AuditEntry.objects.filter(actor_id=person.pk).values("at", "action", "target_type", "target_id")
    others = person.links.exclude(_told_to(actor, "scope")).values_list("pk", flat=True)
    trail = trail.exclude(target_type=AccessLink._meta.label_lower, target_id__in=[str(pk) for pk in others])
    jobs, roles = (
        Job.objects.filter(person=person).values("kind", "state", "queued_at"),
        person.memberships.all(),
    )
    if actor.scope:
        within = privacy.entries_about(AccessLink, person.links.filter(scope=actor.scope))
        trail, jobs = trail.filter(within | privacy.trail_of(actor)), jobs.filter(topic=actor.scope)
        roles = roles.none()
    if not actor.roles:  # whoever acts for no agency sends nothing: the system does, after what they told
        trail, jobs = trail.exclude(action__startswith="outbox."), jobs.exclude(kind__startswith="outbox.")
    fields = ("title", "name", "suffix", "position", "email", "phone", "language", "created_at")
    return {
        "person": {name: getattr(person, name) for name in fields},
        "roles": [str(one) for one in roles.select_related("person", "agency")],
        "links": list(links),
        "messages": list(messages),
        "actions": list(trail),
        "jobs": list(jobs),
    }


def _told_to(actor: Actor, scope: str) -> Q:
    """Links, or messages by what theirs is limited to, that went to the person and are within this session."""
    if actor.scope:
        return Q(**{scope: actor.scope})
    elsewhere = [Q(**{f"{scope}__startswith": f"{kind}:"}) for kind in sorted(privacy.put_to_others)]
    return ~reduce(or_, elsewhere, Q(pk__in=()))

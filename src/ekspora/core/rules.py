"""Predicates every room shares. A predicate answers for an Actor and an object, without side effects."""

from ekspora.core.actors import Actor
from ekspora.core.models import Job, Membership
from ekspora.core.topics import about


def is_officer_of(actor: Actor | None, agency_id: int) -> bool:
    """Whether the actor is an officer of exactly this agency."""
    return actor is not None and agency_id in actor.agencies(Membership.Role.OFFICER)


def agencies_in_reach(actor: Actor, topic: str) -> frozenset[int]:
    """Agencies whose messages and jobs about a topic this officer sees.

    Their own, and all that share the topic once one of their own does.
    """
    own = actor.agencies()
    info = about(topic)
    return own | info.agencies if info and info.agencies & own else own


def acting_agencies(actor: Actor, topic: str) -> frozenset[int]:
    """Agencies whose messages about a topic this officer releases and sends."""
    own = actor.agencies()
    info = about(topic)
    acting = (info.agencies if info.acting is None else info.acting) if info else frozenset()
    return own | acting if acting & own else own


def may_read_own_data(actor: Actor) -> bool:
    """Whether this session shows what is held about its person: not one that came for a single question, for its
    link went to somebody who is still to say that they are this person."""
    return actor.scope.partition(":")[0] in ("", "activity", "person")


def may_correct_own_data(actor: Actor) -> bool:
    """Whether the person changes their name, number and language themselves: not by a link into an activity, which
    may be forwarded, nor by that of a claim, which went to somebody else's address."""
    return actor.scope.partition(":")[0] in ("", "person")


def can_see_job(actor: Actor, job: Job) -> bool:
    """Whoever started it and the officers of its agency or topic; a personal link reaches its own topic."""
    if job.person_id == actor.person.pk:
        return not actor.scope or actor.scope == job.topic
    return job.agency_id in agencies_in_reach(actor, job.topic)

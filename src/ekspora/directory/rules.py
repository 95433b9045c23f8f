"""Who may see and change what. Predicates on an actor and an object.

Officers see and change what their agency keeps on its list. An owner, and a companion the owner agreed
to, act for their own businesses; a session begun by a personal link reaches those that its scope does, so
that who hands out a link into their activity opens nothing that others keep.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.core.numbers import id_in
from ekspora.core.registries import Registry
from ekspora.directory.models import (
    Business,
    Claim,
    Merger,
    Registration,
    Stewardship,
)

# Ids of the businesses that the scope of a personal link reaches, by what stands before its colon.
within: Registry[Callable[[str], "Iterable[Any]"]] = Registry("businesses a personal link reaches")
# Rooms to the right add who else sees what guests see of a business: photos and product sheet.
viewers: Registry[Callable[[Actor, Business], bool]] = Registry("who else sees photos and product sheets")


def lists_business(actor: Actor, business: Business) -> bool:
    """Whether the actor is an officer of an agency that keeps the business on its list."""
    return business.listings.filter(agency__in=actor.agencies()).exists()


def can_edit_business(actor: Actor, business: Business) -> bool:
    """Whether the actor may change the record on the officers' pages."""
    return lists_business(actor, business)


def own(actor: Actor) -> Q:
    """Businesses the actor owns, or accompanies with the owner's consent (the table holds no other)."""
    mine = Q(pk__in=Stewardship.objects.filter(person=actor.person).values("business"))
    kind = actor.scope.partition(":")[0]
    if not kind:
        return mine
    reached = Q(pk__in=within[kind](actor.scope)) if kind in within else Q(pk__in=())
    return mine & (reached | _begun_by(actor))


def _begun_by(actor: Actor) -> Q:
    """What came into being through sessions with the limits of this one: registered, or claimed and confirmed."""
    theirs = {"person": actor.person, "scope": actor.scope}
    claimed = Claim.objects.filter(**theirs, state=Claim.State.ACCEPTED)
    registered = Registration.objects.filter(**theirs)
    if actor.scope == scope_of(actor.person):  # also what a companion registered with their consent
        registered |= Registration.objects.filter(consent__person=actor.person)
    begun = Q(pk__in=registered.values("business")) | Q(pk__in=claimed.values("business"))
    # A registration or claim that the kept record has already stays with the one that was made one with it.
    gone = Q(gone__in=registered.values("business")) | Q(gone__in=claimed.values("business"))
    return begun | Q(pk__in=Merger.objects.filter(gone, undone_at=None).values("kept"))


def confirmed_by(scope: str) -> "Iterable[Any]":
    """The business that a link to the number of the register reaches: the one whose claim it confirmed itself."""
    claimed = Claim.objects.filter(pk=id_in(scope, "claim"), state=Claim.State.ACCEPTED)
    claimed = claimed.exclude(proven_at=None)
    return claimed.values("business")


def scope_of(person: Person) -> str:
    """What the sessions of people who registered themselves are limited to: what they bring in themselves."""
    return f"person:{person.pk}"


def may_bring_in(actor: Actor) -> bool:
    """Whether the actor may register and claim businesses: owners, companions, and who began to do so here. Not by
    the link of a claim, whose holder is still to say that they are this person."""
    if actor.roles or actor.scope.startswith("claim:"):
        return False
    return actor.scope == scope_of(actor.person) or Stewardship.objects.filter(person=actor.person).exists()


def consents_of(actor: Actor) -> Q:
    """What the actor agreed to, or is said to have. Not within a link into an activity, which may be forwarded."""
    is_reached = actor.scope in ("", scope_of(actor.person))
    return Q(person=actor.person) if is_reached else Q(pk__in=())


def accompanies(actor: Actor) -> bool:
    """Whether the actor acts for somebody else's business."""
    return Stewardship.objects.filter(person=actor.person, role=Stewardship.Role.COMPANION).exists()


def may_take_key(actor: Actor) -> bool:
    """Whether the actor may have a link of their own: not through one into an activity, which may be forwarded."""
    return may_bring_in(actor) and actor.scope in ("", scope_of(actor.person))


def is_own_claim(actor: Actor, claim: Claim) -> bool:
    """Whether the claim is the actor's and was begun within the limits of this session, or is what it confirms."""
    is_reached = actor.scope in ("", claim.scope, claim.own_scope)
    return claim.person_id == actor.person.pk and is_reached and not actor.roles


def acts_for(actor: Actor, business: Business) -> bool:
    """Whether the business is one of the actor's own, as far as a personal link reaches."""
    return Business.objects.filter(own(actor), pk=business.pk).exists()


def can_see_papers(actor: Actor, business: Business) -> bool:
    """Whether the actor may open scans of certificates and evidence: they bear names, addresses and prices."""
    return lists_business(actor, business) or acts_for(actor, business)


def can_see_sheet(actor: Actor, business: Business) -> bool:
    """Whether the actor may have photos and product sheet: they say nothing that a guest may not know."""
    known = lists_business(actor, business) or acts_for(actor, business)
    return known or any(sees(actor, business) for sees in viewers)

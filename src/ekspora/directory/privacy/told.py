"""Entries of the trail about a person's own records in this room."""

from functools import reduce
from operator import or_

from django.db.models import Q

from ekspora.core.actors import Actor
from ekspora.core.privacy import entries_about
from ekspora.directory import rules
from ekspora.directory.models import (
    Business,
    Claim,
    Consent,
    Merger,
    Product,
    Registration,
    Representative,
    Stewardship,
)


def entries(actor: Actor) -> Q:
    """About their businesses, what they registered, claimed and agreed to, and their entry as a representative."""
    person, begun = actor.person, Q(scope=actor.scope) if actor.scope else Q()
    own = Business.objects.filter(rules.own(actor))
    gone = Merger.objects.filter(kept__in=own, undone_at=None).values("gone")
    businesses = Business.objects.filter(Q(pk__in=own) | Q(pk__in=gone))
    about = [
        entries_about(Business, businesses),
        entries_about(Product, Product.objects.filter(business__in=businesses)),
        entries_about(Stewardship, Stewardship.objects.filter(person=person, business__in=businesses)),
        entries_about(Registration, person.registrations.filter(begun)),
        entries_about(Claim, person.claims.filter(begun)),
        entries_about(Consent, Consent.objects.filter(rules.consents_of(actor))),
    ]
    if not actor.scope:
        about.append(entries_about(Representative, Representative.objects.filter(person=person)))
    return reduce(or_, about)

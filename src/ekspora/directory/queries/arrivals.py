"""Reading what came by itself: which agencies take it in, what waits for their officers, what a claim may mean."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.limits import Hold
from ekspora.core.models import Agency, Person
from ekspora.core.numbers import id_in
from ekspora.directory.models import Business, Claim, Listing, Reception, Registration, Statement, Stewardship
from ekspora.directory.queries.statements import statements_of
from ekspora.engines.registers.duplicates import name_key

# Within this time whoever sends a form again is the one who filled it in, e.g. by pressing twice.
AGAIN = timedelta(minutes=10)


def receiving(province: str) -> QuerySet[Agency]:
    """The agencies that look at businesses from a province: those named for it, else those for everywhere."""
    named = Agency.objects.filter(receptions__province=province)
    return named if named.exists() else Agency.objects.filter(receptions__province="")


def is_open() -> bool:
    """Whether any agency takes businesses in."""
    return Reception.objects.exists()


def registrations_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations that came to the actor's agencies, the open ones first."""
    mine = Registration.objects.filter(agency__in=actor.agencies())
    return mine.select_related("business", "person", "agency", "decided_by", "consent").prefetch_related(
        "business__products", "business__stewards__person"
    )


def claims_for(actor: Actor) -> QuerySet[Claim]:
    """Claims of businesses that the actor's agencies keep."""
    kept = Listing.objects.filter(business=OuterRef("business"), agency__in=actor.agencies())
    return Claim.objects.filter(Exists(kept)).select_related("business", "person", "decided_by")


def waiting(actor: Actor) -> dict[str, int]:
    """How many registrations and claims wait for the actor's agencies. Two queries."""
    return {
        "registrations": registrations_for(actor).filter(state=Registration.State.OPEN).count(),
        "claims": claims_for(actor).filter(state=Claim.State.OPEN).count(),
    }


def alike(business: Business, actor: Actor) -> QuerySet[Business]:
    """Businesses on the actor's lists that may be this one: the same folded name, NIB or phone."""
    same = Q(name_key=business.name_key)
    same |= Q(nib=business.nib) if business.nib else Q(pk__in=())
    same |= (
        Q(phone=business.phone) | Q(stewards__person__phone=business.phone)
        if business.phone
        else Q(pk__in=())
    )
    listed = Business.objects.filter(listings__agency__in=actor.agencies()).exclude(pk=business.pk)
    return listed.filter(same).distinct()


def claims_of(actor: Actor) -> QuerySet[Claim]:
    """The actor's own claims that this session reaches, also the one that it is to confirm; the newest first."""
    mine = Claim.objects.filter(person=actor.person).select_related("business")
    reached = Q(scope=actor.scope) | Q(pk=id_in(actor.scope, "claim"))
    return (mine.filter(reached) if actor.scope else mine).order_by("-pk")


def hold_of(scope: str) -> Hold:
    """The link sent to the number of the register opens until the claim is decided, and as long as the register holds
    that number. A session that proved the claim by it goes on, so that who was confirmed can begin."""
    claim = Claim.objects.filter(pk=id_in(scope, "claim")).first()
    if claim is None:
        return Hold(opens=False, goes_on=False)
    opens = claim.state == Claim.State.OPEN and is_reached_by(claim)
    return Hold(opens, opens or (claim.state == Claim.State.ACCEPTED and claim.proven_at is not None))


def is_reached_by(claim: Claim) -> bool:
    """Whether the register reaches the business by the number that was told."""
    return Business.objects.filter(number_of(claim.number), pk=claim.business_id or 0).exists()


def is_said_by_register(claim: Claim) -> bool:
    """Whether an agency has the number of the business that was told from elsewhere, or looked whether it is so: not
    from an owner or companion, who may have put in their own."""
    field = "email" if "@" in claim.number else "phone"
    found = Business.objects.filter(pk=claim.business_id or 0, **{f"{field}__iexact": claim.number}).first()
    said = statements_of(found).of(field) if found else None
    if said is None or said.verified_at is not None:
        return True
    return said.source not in (Statement.Source.OWNER, Statement.Source.COMPANION)


def meant(*, name: str, nib: str, number: str) -> Business | None:
    """The one business on some list that an NIB names, or a name together with its phone or email; else None."""
    listed = Business.objects.filter(Exists(Listing.objects.filter(business=OuterRef("pk"))))
    if nib and (found := listed.filter(nib=nib).first()):
        return found
    if not number:
        return None
    by = number_of(number)
    found_two = list(listed.filter(by, name_key=name_key(name)[:160]).distinct()[:2])
    return found_two[0] if len(found_two) == 1 else None


def number_of(number: str) -> Q:
    """Businesses that the register reaches by a phone or email: the business's own or an owner's."""
    if not number:
        return Q(pk__in=())
    field = "email__iexact" if "@" in number else "phone"
    owners = Stewardship.objects.filter(role=Stewardship.Role.OWNER, **{f"person__{field}": number})
    return Q(**{field: number}) | Q(pk__in=owners.values("business"))


def other_owners(business: Business, person: Person) -> list[Person]:
    """Who else acts for a business as its owner."""
    rows = business.stewards.filter(role=Stewardship.Role.OWNER).exclude(person=person)
    return [row.person for row in rows.select_related("person")]


def others_acting(business: Business, person: Person) -> list[Person]:
    """Who else acts for a business, as owner or companion."""
    return [row.person for row in business.stewards.exclude(person=person).select_related("person")]


def have_signed_in(people: Iterable[Person]) -> bool:
    """Whether any of these people has ever come in."""
    return any(Person.objects.filter(pk__in=[one.pk for one in people], account__last_login__isnull=False))

"""Reading doubles and mergers: only those of which the actor's agencies keep both businesses."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.directory.models import Business, Double, Listing, Merger, Stewardship
from ekspora.directory.places import where
from ekspora.directory.queries.businesses import public_facts
from ekspora.ui import formats

State = Double.State


def doubles_for(actor: Actor, *, likeness: str = "") -> QuerySet[Double]:
    """Open doubles among the businesses of the actor's agencies, the most probable first."""
    listings = Listing.objects.filter(agency__in=actor.agencies())
    both = Exists(listings.filter(business=OuterRef("one"))) & Exists(
        listings.filter(business=OuterRef("other"))
    )
    found = Double.objects.filter(both, state=State.OPEN)
    return found.filter(likeness=likeness) if likeness else found


def counts(actor: Actor) -> dict[str, int]:
    """How many open ones there are of each likeness. One query."""
    rows = doubles_for(actor).order_by().values_list("likeness").annotate(n=Count("pk"))
    return {code: dict(rows).get(code, 0) for code in Double.Likeness.values}


def double_for(actor: Actor, pk: int) -> Double | None:
    """One double of the actor's agencies, also one decided meanwhile: then who is late reads what happened."""
    known = Double.objects.filter(pk=pk).select_related("one", "other").first()
    if known is None:
        return None
    sides = {known.one_id, known.other_id}
    gone = Merger.objects.filter(gone__in=sides, kept__in=sides, undone_at=None).values_list(
        "gone", flat=True
    )
    wanted = sides - set(gone)
    listed = Listing.objects.filter(agency__in=actor.agencies(), business__in=wanted)
    return known if set(listed.values_list("business", flat=True)) == wanted else None


@dataclass(frozen=True, slots=True)
class Beside:
    """A double with both businesses and what is compared by eye: label, one side, the other."""

    double: Double
    one: Business
    other: Business
    rows: list[tuple[str, str, str]]


def beside(doubles: Iterable[Double]) -> list[Beside]:
    """Each double with both businesses; a constant number of queries."""
    wanted = list(doubles)
    ids = {pk for double in wanted for pk in (double.one_id, double.other_id)}
    facts = public_facts(Business.objects.filter(pk__in=ids)).prefetch_related("stewards__person")
    known = {business.pk: business for business in facts}
    found = []
    for double in wanted:
        one, other = known[double.one_id], known[double.other_id]
        rows = zip(LABELS, _facts(one), _facts(other), strict=True)
        found.append(Beside(double, one, other, [(str(a), b, c) for a, b, c in rows if b or c]))
    return found


LABELS = (
    _("NIB"), _("Owner"), _("Phone"), _("Email"), _("Place"), _("Address"), _("Sector"), _("Products"), _("Registered"),
)  # fmt: skip


def _facts(business: Business) -> tuple[str, ...]:
    people = [steward.person for steward in business.stewards.all() if steward.role == Stewardship.Role.OWNER]
    phones = dict.fromkeys(filter(None, [business.phone, *(person.phone for person in people)]))
    place = where(
        country=business.country, province=business.province, regency=business.regency, place=business.place
    )
    return (
        business.nib, ", ".join(map(str, people)), ", ".join(phones), business.email, place, business.address,
        str(business.get_sector_display()), ", ".join(product.name for product in business.products.all()),
        formats.day(business.created_at, weekday=False),
    )  # fmt: skip


def mergers_for(actor: Actor) -> QuerySet[Merger]:
    """What was made one among the businesses of the actor's agencies, the newest first."""
    mine = Q(kept__listings__agency__in=actor.agencies())
    return Merger.objects.filter(mine).select_related("kept", "gone", "merged_by", "undone_by").distinct()

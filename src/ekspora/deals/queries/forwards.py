"""What a representative passed on, as whoever holds the address may see it."""

from dataclasses import dataclass

from ekspora.core.models import AccessLink
from ekspora.core.services import links
from ekspora.deals.models import Forward, Inquiry
from ekspora.deals.queries.evening import Evening
from ekspora.demand import sanctions
from ekspora.directory.models import Business, Mission
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.queries.maker_cards import MakerCard, ProductCard, maker_card, product_card
from ekspora.programmes.models import Activity


@dataclass(frozen=True, slots=True)
class Passed:
    """One maker that was passed on: its sheet and the products that may go to the mission's country."""

    business: Business
    card: MakerCard
    goods: tuple[ProductCard, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What one open address shows: which mission passes on which makers of which activity."""

    token: str
    link: AccessLink
    activity: Activity
    mission: Mission
    makers: tuple[Passed, ...]

    def maker(self, pk: int) -> Passed | None:
        """One of the makers; None for any other business."""
        return next((one for one in self.makers if one.business.pk == pk), None)


def opened(token: str) -> Report | None:
    """What an address shows; None when it is none, was withdrawn or has expired. Constant queries."""
    link = links.find(token)
    if link is None or link.kind != AccessLink.Kind.FORWARD or not link.is_open:
        return None
    rows = Forward.objects.select_related(
        "participation__activity", "participation__representative__mission"
    ).prefetch_related("participation__activity__organiser_rows__agency")
    forward = rows.filter(link=link).first()
    if forward is None or forward.participation.representative is None:
        return None
    mission = forward.participation.representative.mission
    chosen = public_facts(forward.businesses.order_by("name", "pk"))
    makers = tuple(one for business in chosen if (one := passed(business, mission.country)) is not None)
    return Report(token, link, forward.participation.activity, mission, makers)


def passed(business: Business, country: str) -> Passed | None:
    """A business with what it may offer to a country; None when everything is stopped by UN sanctions."""
    products = list(business.products.all())
    goods = [(product.hs, product.is_service) for product in products]
    if sanctions.all_stopped(country, goods, business.sector) is not None:
        return None
    free = [
        product_card(product)
        for product in products
        if sanctions.stopped(country, product.hs, business.sector, product.is_service) is None
    ]
    return Passed(business, maker_card(business), tuple(free))


@dataclass(frozen=True, slots=True)
class Choice:
    """One maker met, on the representative's own page: whether it is passed on."""

    pk: int
    name: str
    is_chosen: bool


def choices(evening: Evening) -> list[Choice]:
    """The makers that can be passed on: all met ones with something that may go to the country.

    Before the first choice those are ticked with whom cooperation is possible.
    """
    chosen = {row.pk for row in evening.forward.businesses.all()} if evening.forward else None
    return [
        Choice(one.card.pk, one.card.name, one.card.pk in chosen if chosen is not None else one.is_possible)
        for one in evening.met
        if one.mine.products
    ]


def asked_through(evening: Evening) -> int:
    """How many inquiries reached this mission through its addresses of this activity."""
    who = evening.participation
    assert who.representative is not None  # only asked for by guests
    senders = [person for person in (who.representative.person_id, who.substitute_id) if person]
    rows = Inquiry.objects.filter(scope=who.activity.scope, mission=who.representative.mission)
    return rows.filter(link__person__in=senders).count()

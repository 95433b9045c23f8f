"""Who of the other side fits whom, with reasons; what the United Nations keeps from whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from ekspora.demand import sanctions
from ekspora.directory.models import Product
from ekspora.engines.matching import Score, score
from ekspora.matching.facts import guest_of, maker_of
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation

Text = Mapping[str, str]
Side = Participation.Side
# What is read of whoever asks; nothing is loaded twice.
FACTS = (
    "business__products", "business__certificates", "business__exports", "business__fairs", "representative__demands",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One participation of the other side: how well it fits (0 to 100) and why, worded for who is asking.

    ``products`` may be talked about; ``withheld`` may not go to the guest's country. ``stopped`` is set when
    nothing is left: such a pair is not offered to the guest, and officers see why.
    """

    participation: Participation
    points: int
    reasons: tuple[Text, ...]
    products: tuple[Product, ...]
    withheld: tuple[tuple[Product, sanctions.Reason], ...]
    stopped: sanctions.Reason | None


def suggestions(participation: Participation) -> list[Suggestion]:
    """Everybody of the other side who accepted, best first; a constant number of queries."""
    other = Side.GUEST if participation.side == Side.MAKER else Side.MAKER
    prefetch_related_objects([participation], *FACTS)
    rows = with_demands(programmes.coming(participation.activity, other))
    found = [suggestion(participation, row) for row in rows]
    return sorted(found, key=lambda one: (-one.points, one.participation.label, one.participation.pk))


def with_demands(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Participations with what their representatives ask for."""
    return rows.prefetch_related("representative__demands")


def suggestion(reader: Participation, other: Participation) -> Suggestion:
    """How ``other`` fits ``reader``; the reasons speak to ``reader``. Reads only what is loaded."""
    maker, guest = (reader, other) if reader.side == Side.MAKER else (other, reader)
    products, withheld = offered(maker, guest)
    found = _score(maker, guest, products)
    to_maker = reader.side == Side.MAKER
    reasons = tuple(reason.to_maker if to_maker else reason.to_guest for reason in found.reasons)
    return Suggestion(other, found.points, reasons, products, withheld, stop_between(maker, guest))


def _score(maker: Participation, guest: Participation, products: tuple[Product, ...]) -> Score:
    assert maker.business is not None  # by constraint
    assert guest.representative is not None  # by constraint
    return score(maker_of(maker.business, products), guest_of(guest.representative))


def offered(
    maker: Participation, guest: Participation
) -> tuple[tuple[Product, ...], tuple[tuple[Product, sanctions.Reason], ...]]:
    """The maker's products that may go to the guest's country, and those that may not, with the reason."""
    assert maker.business is not None  # by constraint
    country, sector = country_of(guest), maker.business.sector
    judged = [
        (product, sanctions.stopped(country, product.hs, sector, product.is_service))
        for product in maker.business.products.all()
    ]
    return (
        tuple(product for product, reason in judged if reason is None),
        tuple((product, reason) for product, reason in judged if reason is not None),
    )


def stop_between(maker: Participation, guest: Participation) -> sanctions.Reason | None:
    """Why nothing the maker offers may go to the guest's country; None while something may.

    A pair is stopped only when every product is: with one that may go there is something to talk about.
    """
    assert maker.business is not None  # by constraint
    goods = [(product.hs, product.is_service) for product in maker.business.products.all()]
    return sanctions.all_stopped(country_of(guest), goods, maker.business.sector)


def country_of(guest: Participation) -> str:
    """The country a guest represents (ISO code)."""
    assert guest.representative is not None  # by constraint
    return guest.representative.mission.country

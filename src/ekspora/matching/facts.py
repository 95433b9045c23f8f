"""What matching knows of a participation, taken from the records that are loaded."""

import re
from collections.abc import Iterable
from decimal import Decimal

from ekspora.demand.models import Demand
from ekspora.directory.models import Business, Product, Representative
from ekspora.engines.matching import Fair, Goods, Guest, Maker, Quantity, Want
from ekspora.engines.registers.values.numbers import unit as as_code
from ekspora.engines.registers.values.outcome import Context, Parsed

_LIST = re.compile(r"[,;/\n]+")


def maker_of(business: Business, products: Iterable[Product]) -> Maker:
    """A business with those of its products that may be talked about."""
    return Maker(
        sector=business.sector,
        goods=tuple(_goods(product) for product in products),
        exports=frozenset(record.market for record in business.exports.all()),
        fairs=frozenset(Fair(fair.name, fair.country) for fair in business.fairs.all()),
        country=business.country,
    )


def guest_of(representative: Representative) -> Guest:
    """A representative with the open demands and the interests noted for them."""
    wants = [_want(demand) for demand in representative.demands.all() if demand.state == Demand.State.OPEN]
    return Guest(
        country=representative.mission.country,
        sectors=frozenset(representative.sectors),
        wants=(*wants, *(Want({"en": word}) for word in interests_of(representative))),
    )


def interests_of(representative: Representative) -> tuple[str, ...]:
    """The products of interest noted for a representative, one by one."""
    words = (word.strip() for word in _LIST.split(representative.interests))
    return tuple(word for word in words if word)


def _goods(product: Product) -> Goods:
    return Goods(
        name={"id": product.name, "en": product.name_en},
        about={"id": product.description, "en": product.description_en},
        hs=product.hs,
        free=_quantity(product.free_capacity, product.unit),
        certificates=product.certificates,
    )


def _want(demand: Demand) -> Want:
    return Want(
        text={"id": demand.text_id, "en": demand.text},
        sector=demand.sector,
        hs=demand.hs,
        quantity=_quantity(demand.quantity, demand.unit),
    )


def _quantity(amount: Decimal | None, unit: str) -> Quantity | None:
    """An amount with its unit as a code, so that "pasang" and "pair" are the same; tonnes count as kilograms."""
    if amount is None:
        return None
    found = as_code(unit, Context())
    code = str(found.value) if isinstance(found, Parsed) else unit
    return Quantity(amount * 1000, "kg") if code == "t" else Quantity(amount, code)

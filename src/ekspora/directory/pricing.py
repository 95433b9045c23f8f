"""From what a product costs to an export price (FOB or CIF) in US dollars: every step shown, nothing added silently.

Incoterms 2020: FOB is paid up to the ship at the port of loading; CIF adds freight and insurance to the port of
destination. Insurance usually covers 110 % of the CIF value (ICC Incoterms 2020, CIF A5), so CIF is solved from
``CIF = (FOB + freight) / (1 - 1.1 × insurance rate)``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

COVERED = Decimal("1.1")
_CENT = Decimal("0.01")
# The costs in rupiah per unit of the product, in the order in which goods leave the workshop.
COSTS = ("making", "packing", "inland", "documents")


@dataclass(frozen=True, slots=True)
class Inputs:
    """``costs`` are rupiah for one unit by the names of ``COSTS``; ``margin`` a per cent of the selling price, so that
    it is what stays of each dollar; ``rate`` rupiah for one dollar. ``freight`` are dollars for one unit, None where
    only FOB is asked; ``insurance`` a per cent of the insured value."""

    costs: Mapping[str, Decimal]
    margin: Decimal
    rate: Decimal
    freight: Decimal | None = None
    insurance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One step: ``name`` says which, amounts in rupiah and dollars (None where a step has none)."""

    name: str
    rupiah: Decimal | None
    dollars: Decimal | None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """The steps in order and what comes out, in dollars for one unit, rounded to cents at the end only."""

    lines: tuple[Line, ...]
    fob: Decimal
    cif: Decimal | None


def price(inputs: Inputs) -> Price:
    """The export price. ValueError for a rate that is not above 0, a negative amount, or a margin or insurance that
    leaves nothing (100 per cent and more)."""
    amounts = [*inputs.costs.values(), inputs.margin, inputs.insurance, inputs.freight or Decimal(0)]
    if inputs.rate <= 0 or min(amounts) < 0 or inputs.margin >= 100 or COVERED * inputs.insurance >= 100:
        raise ValueError("no price follows from these amounts")
    lines = [Line(name, inputs.costs[name], None) for name in COSTS if inputs.costs.get(name)]
    cost = sum(inputs.costs.values(), Decimal(0))
    lines.append(Line("cost", cost, cost / inputs.rate, is_sum=True))
    fob_rupiah = cost / (1 - inputs.margin / 100)
    margin = fob_rupiah - cost
    fob = fob_rupiah / inputs.rate
    lines += [Line("margin", margin, margin / inputs.rate), Line("fob", fob_rupiah, fob, is_sum=True)]
    cif = None
    if inputs.freight is not None:
        cif = (fob + inputs.freight) / (1 - COVERED * inputs.insurance / 100)
        insurance = cif - fob - inputs.freight
        lines += [Line("freight", None, inputs.freight), Line("insurance", None, insurance),
                  Line("cif", None, cif, is_sum=True)]  # fmt: skip
    return Price(tuple(lines), _cents(fob), None if cif is None else _cents(cif))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)

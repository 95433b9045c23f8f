"""The size class of a business by PP 7/2021 article 35, from its yearly sales or its capital; never guessed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

KNOWLEDGE = Path(__file__).with_name("knowledge") / "size.yaml"


@dataclass(frozen=True, slots=True)
class SizeClass:
    """``size`` is micro, small, medium or large; ``basis`` ("sales" or "capital") the figure that says so, of
    ``as_of`` (a year or a day as text, empty where it is not known). ``other`` is the class by the other figure where
    that differs. ``stale``: the rule is past its review date."""

    size: str
    basis: str
    as_of: str
    other: str
    rule: str
    stale: bool


@lru_cache(maxsize=1)
def _rule() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(KNOWLEDGE.read_text(encoding="utf-8"))
    return found


def size_class(
    *,
    sales: Decimal | None,
    sales_year: int | None,
    capital: Decimal | None,
    capital_on: date | None,
    on: date,
) -> SizeClass | None:
    """The class by yearly sales in rupiah, the measure for businesses that exist and are to be helped (paragraph 5),
    else by capital without land and buildings (paragraph 2); None when neither is known. ``on`` is today."""
    rule = _rule()
    by_sales = _class(sales, rule["sales_at_most"])
    by_capital = _class(capital, rule["capital_at_most"])
    if not by_sales and not by_capital:
        return None
    differs = by_capital if by_sales and by_capital and by_capital != by_sales else ""
    as_of = str(sales_year or "") if by_sales else capital_on.isoformat() if capital_on else ""
    basis = "sales" if by_sales else "capital"
    return SizeClass(by_sales or by_capital, basis, as_of, differs, rule["rule"], on > rule["review_by"])


def _class(amount: Decimal | None, at_most: dict[str, int]) -> str:
    if amount is None:
        return ""
    return next((name for name, most in at_most.items() if amount <= most), "large")

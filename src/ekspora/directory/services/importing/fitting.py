"""What a row says beside what is known of its business already: which values can stand, and what follows from them."""

from typing import Any

from ekspora.directory.models import Business
from ekspora.directory.services import businesses

_FIGURES = (("yearly_sales", "sales_year"), ("capital", "capital_on"))


def fitting(business: Business, values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values that can stand beside what is known, and the names that a new place empties."""
    kept, emptied = dict(values), []
    if kept["npwp_tail"] == business.npwp_tail:
        kept["npwp_checked_at"] = None  # checked once, and again the same
    above = kept["regency"] or business.regency
    for name in ("district", "village"):
        if not kept[name] and not getattr(business, name).startswith(above or "-"):
            emptied.append(name)
        above = kept[name] or ("" if name in emptied else getattr(business, name))
    whole = business.employees if kept["employees"] is None else kept["employees"]
    women = business.employees_women if kept["employees_women"] is None else kept["employees_women"]
    if whole is not None and women is not None and women > whole:
        kept["employees_women"] = None
        emptied.append("employees_women")
    for figure, when in _FIGURES:
        known, told = getattr(business, when), kept[when]
        if getattr(business, figure) is not None and known and (told is None or told < known):
            kept[figure] = kept[when] = None  # older, or of nobody knows when
    return with_size(business, kept), emptied


def with_size(business: Business, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the size class that follows from sales or capital, where the two together know any."""
    if all(values[figure] is None and getattr(business, figure) is None for figure, _ in _FIGURES):
        return values
    told = {name: value for name, value in values.items() if value is not None}
    return values | {"size": businesses.with_size(business, told)["size"]}

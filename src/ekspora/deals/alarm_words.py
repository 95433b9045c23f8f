"""Alarms in words: what looks wrong and exactly what it was compared with, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.deals import alarms
from ekspora.deals.models import DealStep
from ekspora.ui import formats


def titles() -> dict[str, str]:
    """Each code in a few words."""
    return {
        "outlier": _("far larger than the others"),
        "price": _("the price for one is far from the product's own"),
        "thousands_more": _("perhaps a thousand times too much"),
        "thousands_less": _("perhaps a thousand times too little"),
        "rupiah_as_dollars": _("perhaps rupiah written as dollars"),
        "dollars_as_rupiah": _("perhaps dollars written as rupiah"),
        "capacity": _("more than can be made"),
        "paid_unshipped": _("paid, but nothing was shipped"),
        "shipped_over": _("more shipped than ordered"),
        "shipped_more": _("more shipped than ordered"),
        "paid_over": _("more paid than shipped"),
    }


def title(alarm: Mapping[str, Any]) -> str:
    """An alarm in a few words."""
    return titles().get(alarm.get("code", ""), str(alarm.get("code", "")))


def sentence(alarm: Mapping[str, Any]) -> str:
    """An alarm with everything that was compared."""
    code, values = alarm["code"], alarm["values"]
    if code == "outlier":
        return _outlier(values)
    if code == "capacity":
        return _capacity(values)
    words = {
        "price": _(
            "%(each)s for 1 %(unit)s; the product's own price is %(own)s. That is more than 20 times apart."
        ),
        "thousands_more": _(
            "%(amount)s is about a thousand times %(expected)s, which %(quantity)s would cost at the product's own "
            "price."
        ),
        "thousands_less": _(
            "%(amount)s is about a thousandth of %(expected)s, which %(quantity)s would cost at the product's own "
            "price."
        ),
        "rupiah_as_dollars": _(
            "At the product's own price %(quantity)s would cost %(expected)s. %(amount)s fits if the figure is in "
            "rupiah (about 15,000 for a dollar)."
        ),
        "dollars_as_rupiah": _(
            "At the product's own price %(quantity)s would cost %(expected)s. %(amount)s fits if the figure is in "
            "dollars (about 15,000 rupiah each)."
        ),
        "paid_unshipped": _("%(amount)s was paid, but no shipment is noted. Is it an advance?"),
        "shipped_over": _("%(amount)s shipped so far, %(before)s ordered."),
        "shipped_more": _("%(quantity)s shipped so far, %(before)s ordered."),
        "paid_over": _("%(amount)s paid so far, %(before)s shipped."),
    }
    return str(words[code]) % _said(code, values)


def _money(values: Mapping[str, str], name: str, currency: str = "currency") -> str:
    if name not in values or not values.get(currency):
        return ""
    return formats.money(Decimal(values[name]), values[currency])


def _said(code: str, values: Mapping[str, str]) -> dict[str, str]:
    goods = code == "shipped_more"
    unit = values.get("unit", "")
    own = _money(values, "own")
    if values.get("own_to", values.get("own")) != values.get("own"):
        own += "–" + _money(values, "own_to")
    return {
        "each": _money(values, "each"),
        "unit": formats.unit(unit),
        "own": own,
        "amount": _money(values, "amount") or "–",
        "expected": _money(values, "expected", "expected_currency"),
        "before": _quantity(values, "before") if goods else _money(values, "before"),
        "quantity": _quantity(values, "quantity"),
    }


def _quantity(values: Mapping[str, str], name: str) -> str:
    return (
        formats.quantity(Decimal(values[name]).normalize(), values.get("unit", "")) if name in values else ""
    )


def _outlier(values: Mapping[str, str]) -> str:
    others = int(values["others"])
    said = {
        "amount": _money(values, "amount"), "times": formats.number(int(values["times"])),
        "median": _money(values, "median"), "others": formats.number(others),
        "rung": DealStep.Rung(values["rung"]).label,
    }  # fmt: skip
    if values["among"] == "activity":
        text = ngettext(
            "%(amount)s is %(times)s times %(median)s, the one other counted value of this step (%(rung)s) in this "
            "currency in this activity.",
            "%(amount)s is %(times)s times %(median)s, the middle of the %(others)s other counted values of this "
            "step (%(rung)s) in this currency in this activity.",
            others,
        )
    else:
        text = ngettext(
            "%(amount)s is %(times)s times %(median)s, the one other counted value of this step (%(rung)s) in this "
            "currency in all of the agency (the activity has too few to compare with).",
            "%(amount)s is %(times)s times %(median)s, the middle of the %(others)s other counted values of this "
            "step (%(rung)s) in this currency in all of the agency (the activity has too few to compare with).",
            others,
        )
    low, high = alarms.RUPIAH_IN_A_DOLLAR
    if values["currency"] == "USD" and low <= int(values["times"]) <= high:
        text += " " + _("About 15,000 times: perhaps the figure is in rupiah.")
    return text % said


def _capacity(values: Mapping[str, str]) -> str:
    said = {
        "quantity": _quantity(values, "quantity"), "capacity": _quantity(values, "capacity"),
        "months": formats.number(int(values["months"])), "days": values["lead_time"],
    }  # fmt: skip
    if not Decimal(values["capacity"]):
        return _("%(quantity)s, but the business has no free capacity.") % said
    text = _("%(quantity)s is %(months)s months of work: %(capacity)s a month are free.") % said
    if values["lead_time"] != "0":
        text += " " + _("Each order takes another %(days)s days.") % said
    return text

"""The form of the price calculator: what one unit costs, and the rate the owner looked up."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.directory.forms.fields import RupiahField
from ekspora.directory.pricing import COSTS, Inputs, Price, price


class PriceForm(forms.Form):
    """Costs in rupiah for one unit, margin, rate; freight and insurance where a CIF price is asked."""

    making = RupiahField(label=_("Making one unit: material, work, energy"))
    packing = RupiahField(label=_("Packing for export"), required=False)
    inland = RupiahField(label=_("Way to the port"), required=False)
    documents = RupiahField(
        label=_("Export papers and fees"), required=False,
        help_text=_("Divide what a whole shipment costs by its units."),
    )  # fmt: skip
    margin = forms.DecimalField(
        label=_("Margin, in per cent of the price"), min_value=0, max_value=95, initial=20, max_digits=5,
        decimal_places=2,
    )  # fmt: skip
    rate = RupiahField(
        label=_("Rupiah for one US dollar"), help_text=_("Look it up today, for example at Bank Indonesia.")
    )
    rate_on = forms.DateField(
        label=_("Rate of the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rate_source = forms.CharField(label=_("Where you read the rate"), max_length=60)
    freight = forms.DecimalField(
        label=_("Sea or air freight for one unit, in US dollars"), min_value=0, max_digits=10, decimal_places=4,
        required=False, help_text=_("Leave it empty for a FOB price only."),
    )  # fmt: skip
    insurance = forms.DecimalField(
        label=_("Insurance, in per cent"),
        min_value=0,
        max_value=20,
        max_digits=5,
        decimal_places=3,
        required=False,
    )

    def clean_rate(self) -> Decimal:
        """A rate that can be divided by."""
        rate: Decimal = self.cleaned_data["rate"]
        if rate <= 0:
            raise ValidationError(_("A rate is more than 0."))
        return rate

    def clean_rate_on(self) -> Any:
        """A day that was."""
        day = self.cleaned_data["rate_on"]
        if day > today("Asia/Jakarta"):
            raise ValidationError(_("This day is still to come."))
        return day

    def price(self) -> Price:
        """What follows; only of a valid form."""
        data = self.cleaned_data
        costs = {name: data[name] or Decimal(0) for name in COSTS}
        insurance = data["insurance"] or Decimal(0)
        return price(Inputs(costs, data["margin"], data["rate"], data["freight"], insurance))

    def basis(self) -> str:
        """What the price rests on, to stand beside it."""
        data = self.cleaned_data
        return f"1 USD = Rp{data['rate']:,.0f}, {data['rate_on'].isoformat()}, {data['rate_source']}"

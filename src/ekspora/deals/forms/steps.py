"""The form of a step: what was reached, when, worth how much, and what shows it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ekspora.core.documents import MOST_BYTES
from ekspora.deals.models import Deal, DealStep
from ekspora.deals.services.steps import Values
from ekspora.directory.forms.products import CURRENCIES, UNITS
from ekspora.ui import formats
from ekspora.ui.forms import Tiles

MORE_CURRENCIES = ("GBP", "INR", "KRW", "SAR", "AED", "THB", "PHP", "VND", "HKD", "TWD", "NZD", "CHF", "CAD")


class StepForm(forms.Form):
    """One step of a deal."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    rung = forms.ChoiceField(label=_("What was reached?"), choices=DealStep.Rung)
    happened_on = forms.DateField(
        label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.DecimalField(
        label=_("Value"), required=False, min_value=0, max_digits=18, decimal_places=2,
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False,
        choices=[("", "–"), *((code, code) for code in (*CURRENCIES, *MORE_CURRENCIES))],
    )  # fmt: skip
    quantity = forms.DecimalField(
        label=_("Quantity"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    evidence = forms.ChoiceField(
        label=_("What shows it?"), choices=DealStep.Evidence, widget=Tiles,
        help_text=_("From the letter of intent on somebody's word is not enough."),
    )  # fmt: skip
    reference = forms.CharField(
        label=_("What it is and where it is kept"), max_length=200,
        help_text=_("Number, date and sender of the paper, or who said so and when."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, JPEG or PNG, up to 10 MB. Only officers can open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, deal: Deal, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4()
        self.fields["happened_on"].initial = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        own = deal.product.unit if deal.product else ""
        units = list(dict.fromkeys(code for code in (own, *UNITS) if code))
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = [("", "–"), *((code, formats.unit(code)) for code in units)]

    def clean_file(self) -> Any:
        """The file as sent; its content is judged when it is read."""
        file = self.cleaned_data.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_now("This file is larger than 10 MB. Send a smaller one."))
        return file

    def clean_document(self) -> dict[str, Any]:
        """An amount has its currency and a quantity its unit."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("amount") and not cleaned.get("currency"):
            self.add_error("currency", _("Say in which currency."))
        if cleaned.get("quantity") and not cleaned.get("unit"):
            self.add_error("unit", _("Say in which unit."))
        return cleaned

    def values(self) -> Values:
        """As the service takes it; zero is no value."""
        data = self.cleaned_data
        amount, quantity = data["amount"] or None, data["quantity"] or None
        return Values(
            rung=data["rung"], happened_on=data["happened_on"], evidence=data["evidence"],
            reference=data["reference"], amount=amount, currency=data["currency"] if amount else "",
            quantity=quantity, unit=data["unit"] if quantity else "",
        )  # fmt: skip

    def content(self) -> bytes | None:
        """The bytes of the file, None where none was sent."""
        file = self.cleaned_data.get("file")
        return file.read() if file else None

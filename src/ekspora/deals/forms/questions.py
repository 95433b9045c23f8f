"""What somebody adds to their answer: who buys, for how much, in their words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.directory.forms.products import CURRENCIES


class MoreForm(forms.Form):
    """Everything is optional."""

    buyer = forms.CharField(label=_("Who buys?"), max_length=160, required=False)
    amount = forms.DecimalField(
        label=_("For how much?"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "–"), *((code, code) for code in CURRENCIES)]
    )
    words = forms.CharField(label=_("In your words"), max_length=500, required=False)

    def clean_currency(self) -> str:
        """An amount has its currency."""
        currency: str = self.cleaned_data["currency"]
        if self.cleaned_data.get("amount") and not currency:
            raise forms.ValidationError(_("Say in which currency."))
        return currency

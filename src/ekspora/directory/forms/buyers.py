"""Forms of buyers: who orders and pays, what this agency knows of it, how it was checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency
from ekspora.directory.forms.fields import CountryField, choose_agency
from ekspora.directory.models import Buyer


class BuyerForm(forms.Form):
    """The shared record, and a note for this agency only."""

    name = forms.CharField(
        label=_("Name of the buyer"), max_length=160,
        help_text=_("The company or shop that orders and pays; never the embassy that introduces it."),
    )  # fmt: skip
    country = CountryField(label=_("Country"))
    kind = forms.ChoiceField(
        label=_("Kind of buyer"), choices=Buyer.Kind, initial=Buyer.Kind.UNKNOWN,
        help_text=_("A broker brings goods to others: ask who the end buyer is."),
    )  # fmt: skip
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    note = forms.CharField(
        label=_("What is known of them"), max_length=300, required=False,
        help_text=_("Only officers of your agency read this."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Fields of the shared record."""
        return {name: self.cleaned_data[name] for name in ("name", "country", "kind", "website")}


class NewBuyerForm(BuyerForm):
    """A new buyer: also on whose list it is kept."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Kept on the list of"), empty_label=None)

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_agency(self, agencies)


class VerifyForm(forms.Form):
    """How somebody made sure that the buyer is what it says it is."""

    how = forms.CharField(
        label=_("How was it checked?"), max_length=200,
        help_text=_("For example: company register of the country on 3 March, and a call to their switchboard."),
    )  # fmt: skip

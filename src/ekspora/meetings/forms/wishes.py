"""What a representative looks for, typed on a phone: few words are enough."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.demand.models import Demand
from ekspora.directory.sectors import Sector


class LookingForForm(forms.ModelForm[Demand]):
    """Words, and if known the sector, how much, and by when."""

    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("any sector")), *Sector.choices]
    )

    class Meta:
        model = Demand
        fields = ("text", "sector", "quantity", "unit")
        labels = {
            "text": _("What are you looking for?"),
            "quantity": _("How much a month"),
            "unit": _("Unit"),
        }
        help_texts = {"text": _("For example: green coffee, leather shoes, a point-of-sale system.")}
        widgets = {
            "quantity": forms.NumberInput(attrs={"inputmode": "decimal", "min": "0", "step": "any"}),
            "unit": forms.TextInput(attrs={"placeholder": "kg"}),
        }

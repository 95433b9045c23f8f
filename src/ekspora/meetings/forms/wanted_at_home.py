"""What somebody at the guest's home looks for, as it came up in a meeting: few words are enough."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.demand.models import Demand


class WantedAtHomeForm(forms.ModelForm[Demand]):
    """Words, and if known how much and by when."""

    class Meta:
        model = Demand
        fields = ("text", "quantity", "unit", "needed_by")
        labels = {"text": _("What is looked for?"), "quantity": _("How much"), "unit": _("Unit")}
        help_texts = {
            "text": _("Say also who looks for it, if that may be told: a shop, an importer, a fair.")
        }
        widgets = {
            "quantity": forms.NumberInput(attrs={"inputmode": "decimal", "min": "0", "step": "any"}),
            "unit": forms.TextInput(attrs={"placeholder": "kg"}),
            "needed_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

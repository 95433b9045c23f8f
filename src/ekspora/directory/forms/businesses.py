"""Registering a business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency
from ekspora.directory.forms.fields import CountryField, PhoneField, choose_agency
from ekspora.directory.models import Business


class NewBusinessForm(forms.ModelForm[Business]):
    """A new business: its name, where and how it is reached are enough to begin."""

    phone = PhoneField(label=_("Phone or WhatsApp of the business"), required=False)
    country = CountryField(label=_("Country"), initial="ID")
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Kept on the list of"), empty_label=None)

    class Meta:
        model = Business
        fields = ("name", "sector", "phone", "nib", "country", "is_fictitious")
        widgets = {"nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}
        help_texts = {"nib": _("13 digits; leave empty when there is none yet.")}

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_agency(self, agencies)

    def values(self) -> dict[str, Any]:
        """Fields of Business without the agency."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agency"}

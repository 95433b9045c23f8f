"""The form in which people put right how they are called and reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.directory.forms.fields import PhoneField


class PersonForm(forms.Form):
    """Name and number of oneself."""

    name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Phone or WhatsApp"), required=False)
    has_whatsapp = forms.BooleanField(label=_("This number has WhatsApp"), required=False)

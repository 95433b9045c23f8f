"""The form that names a companion of a business."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Person
from ekspora.directory.forms.fields import PhoneField


class CompanionForm(forms.Form):
    """Who accompanies, reachable by phone or email, and how the owner agreed."""

    name = forms.CharField(label=_("Name of the companion"), max_length=160)
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    consent = forms.CharField(
        label=_("How the owner agreed"), max_length=200, help_text=_("For example: by WhatsApp on 3 March.")
    )

    def clean(self) -> dict[str, Any]:
        """At least one way to reach the companion."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("phone") or cleaned.get("email")):
            raise ValidationError(_("Enter a phone number or an email address."))
        return cleaned

    def person(self) -> Person:
        """The companion who is known by this email or phone and name, else a new person."""
        data = self.cleaned_data
        known = Person.objects.filter(stewardships__role="companion", name__iexact=data["name"])
        by = {"email__iexact": data["email"]} if data["email"] else {"phone": data["phone"]}
        found = known.filter(**by).first()
        return found or Person.objects.create(name=data["name"], phone=data["phone"], email=data["email"])

"""Registering oneself, registering for an owner one accompanies, saying that a business is one's own."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.core.models import Agency
from ekspora.directory.forms.fields import PhoneField
from ekspora.directory.forms.rows import paper_field
from ekspora.directory.models import Business, Product
from ekspora.directory.places import provinces
from ekspora.directory.queries.arrivals import receiving
from ekspora.ui import formats
from ekspora.ui.forms import Ticks

# Whoever agrees does so now: no phone keeps it for later.
PRIVATE = forms.CheckboxInput(attrs={"data-private": ""})
NIB = Business._meta.get_field("nib").validators


class ArrivalForm(forms.Form):
    """A business in a few answers. The agency that looks after its province is asked for only where there are two."""

    name = forms.CharField(
        label=_("Name of the business"), max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    product = forms.CharField(
        label=_("What you sell"), max_length=Product._meta.get_field("name").max_length,
        help_text=_("Your most important product, for example: roasted coffee."),
    )  # fmt: skip
    province = forms.ChoiceField(label=_("Province"), choices=lambda: [("", "–"), *provinces()])
    phone = PhoneField(label=_("Phone or WhatsApp"))
    nib = forms.CharField(
        label=_("Business number (NIB)"), required=False, max_length=13, validators=NIB,
        help_text=_("13 digits; leave empty when there is none yet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        Agency.objects.none(), required=False, label=_("Which office shall look after you?")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4()
        self.offices = (
            receiving(str(self.data.get("province", ""))) if self.is_bound else Agency.objects.none()
        )
        if len(self.offices) > 1:
            choice = self.fields["agency"]
            assert isinstance(choice, forms.ModelChoiceField)  # as declared above
            choice.queryset = self.offices
        else:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        """With the agency, which is there and, where there are several, chosen."""
        cleaned = super().clean() or self.cleaned_data
        if "province" not in cleaned:
            return cleaned
        if not self.offices:
            raise ValidationError(
                _("No office takes in businesses from this province yet. Ask your local trade office.")
            )
        if len(self.offices) == 1:
            cleaned["agency"] = self.offices[0]
        elif not cleaned.get("agency") and "agency" not in self.errors:
            self.add_error("agency", _("More than one office looks after your province. Choose one."))
        return cleaned

    @property
    def seen(self) -> list[forms.BoundField]:
        """The fields people fill in; that they agree stands beside the words."""
        return [field for field in self.visible_fields() if field.name != "agree"]

    def values(self) -> dict[str, Any]:
        """Fields of Business."""
        data = self.cleaned_data
        return {name: data[name] for name in ("name", "province", "phone", "nib")} | {"country": "ID"}


class RegisterForm(ArrivalForm):
    """An owner nobody knows yet."""

    person = forms.CharField(
        label=_("Your name"), required=False, max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    agree = forms.BooleanField(
        label=_("I agree"),
        widget=PRIVATE,
        error_messages={"required": _("Without it nothing may be stored.")},
    )
    field_order = ("name", "product", "province", "agency", "phone", "person", "nib", "agree", "key")

    def owner(self, language: str) -> dict[str, Any]:
        """Fields of Person; who gives no name goes by that of the business."""
        data = self.cleaned_data
        return {"name": data["person"] or data["name"], "phone": data["phone"], "language": language}


class OwnForm(ArrivalForm):
    """A further business of somebody who is signed in."""

    agree = forms.BooleanField(
        label=_("I agree"),
        widget=PRIVATE,
        error_messages={"required": _("Without it nothing may be stored.")},
    )
    field_order = ("name", "product", "province", "agency", "phone", "nib", "agree", "key")


class AccompaniedForm(ArrivalForm):
    """A business whose owner agreed that somebody else keeps its record: who agreed, how and on which day."""

    owner = forms.CharField(label=_("Name of the owner"), max_length=160)
    how = forms.CharField(
        label=_("How the owner agreed"), max_length=120,
        help_text=_("For example: by WhatsApp, at a visit, in writing."),
    )  # fmt: skip
    when = forms.DateField(
        label=_("On which day the owner agreed"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    paper = paper_field()
    agree = forms.BooleanField(
        label=_("It is so"),
        widget=PRIVATE,
        error_messages={"required": _("Without it nothing may be stored.")},
    )
    field_order = (
        "name", "product", "province", "agency", "phone", "nib", "owner", "how", "when", "paper", "agree", "key",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].label = _("Letter of consent")
        self.fields["phone"].label = _("Phone or WhatsApp of the owner")

    def said(self) -> str:
        """How and when the owner agreed, in words."""
        data = self.cleaned_data
        return f"{data['owner']}, {data['how']}, {formats.day(data['when'], weekday=False)}"[:200]

    def clean_when(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["when"]
        if day > today("Asia/Jakarta"):
            raise ValidationError(_("This day is still to come."))
        return day


class ClaimForm(forms.Form):
    """Which business of the register is one's own."""

    name = forms.CharField(label=_("Name of the business"), max_length=160)
    nib = forms.CharField(
        label=_("Business number (NIB)"), required=False, max_length=13, validators=NIB,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Phone or email it was registered with"), required=False, max_length=254,
        help_text=_("If it is the one in the register, the office sends a link to it: that is the quickest proof."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4()

    def clean_number(self) -> str:
        """An email as it is, a phone as E.164."""
        text = str(self.cleaned_data["number"]).strip()
        if "@" in text:
            validate_email(text)
            return text
        return PhoneField(required=False).clean(text)

    def clean(self) -> dict[str, Any]:
        """Something that names the business besides its name."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("nib") and not cleaned.get("number"):
            raise ValidationError(_("Give the NIB, or the number or email the business was registered with."))
        return cleaned

    def key_of(self) -> UUID:
        """Made with the form."""
        key: UUID = self.cleaned_data["key"]
        return key


class ReceptionForm(forms.Form):
    """From which provinces an agency takes in businesses that register themselves."""

    everywhere = forms.BooleanField(
        label=_("From every province that no other agency is named for"), required=False
    )
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"), required=False, choices=provinces, widget=Ticks
    )

    def codes(self) -> list[str]:
        """The provinces, and an empty code for everywhere else."""
        return [*self.cleaned_data["provinces"], *([""] if self.cleaned_data["everywhere"] else [])]


class RefuseForm(forms.Form):
    """Why an officer does not keep what was registered."""

    how = forms.CharField(label=_("Why you do not keep it"), max_length=200)


class DecideForm(forms.Form):
    """What an officer decided and why."""

    how = forms.CharField(label=_("How you made sure, or why not"), max_length=200)
    replaces = forms.BooleanField(
        label=_("Those noted as owners until now no longer act for it"), required=False
    )

"""The facts of a business in small steps: each form is one screen of a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now, today
from ekspora.directory.forms.fields import (
    CountryField,
    KbliField,
    PhoneField,
    RupiahField,
    YesNoField,
    language_choices,
)
from ekspora.directory.models import Business
from ekspora.directory.places import codes_of
from ekspora.directory.sectors import SECTOR_OF, Sector, Trade
from ekspora.directory.tax_numbers import check
from ekspora.ui.forms import Ticks


def _today() -> date:
    return today("Asia/Jakarta")


class StepForm(forms.ModelForm[Business]):
    """A part of a business's facts."""

    class Meta:
        model = Business
        fields: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """Fields of Business as the services take them."""
        return dict(self.cleaned_data)


class AboutForm(StepForm):
    """What guests read first."""

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = ("name", "sector", "about", "about_en")
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "about_en": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"about_en": _("Guests read this one. Leave it empty when you have no English text.")}


class TradesForm(StepForm):
    """All that the business makes, as sectors and as the rules of export group it."""

    trades = forms.MultipleChoiceField(
        label=_("What you make"), choices=Trade.choices, required=False, widget=Ticks,
        help_text=_("Tick all that fits: the rules of export differ by it."),
    )  # fmt: skip
    other_sectors = forms.MultipleChoiceField(
        label=_("Further sectors"), choices=Sector.choices, required=False, widget=Ticks
    )

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = ("trades", "other_sectors")

    def values(self) -> dict[str, Any]:
        """The same; a sector that is not chosen yet follows where what is made leaves no choice."""
        values = super().values()
        sectors = {SECTOR_OF.get(trade, "") for trade in values["trades"]} - {""}
        if not self.instance.sector and len(sectors) == 1:
            values["sector"] = sectors.pop()
        return values


class OfficersAboutForm(AboutForm):
    """The same for officers, who also keep businesses from abroad and fictitious ones."""

    country = CountryField(label=_("Country"))

    class Meta(AboutForm.Meta):
        fields = (*AboutForm.Meta.fields, "country", "is_fictitious")


class LegalForm(StepForm):
    """NIB, legal form, tax number, KBLI, year of foundation."""

    npwp = forms.CharField(
        label=_("Tax number (NPWP or NIK)"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": ""}),
        help_text=_("It is checked at once and not kept: only its last four digits stay."),
    )  # fmt: skip
    kbli = KbliField(label=_("KBLI codes"), required=False, help_text=_("Five digits each, as on the NIB."))

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = ("legal_form", "nib", "kbli", "founded")
        widgets = {"nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}
        help_texts = {"nib": _("13 digits; leave empty when there is none yet.")}

    field_order = ("legal_form", "nib", "npwp", "kbli", "founded")

    def clean_founded(self) -> int | None:
        """The year of foundation, not in the future."""
        year: int | None = self.cleaned_data["founded"]
        if year is not None and not 1600 <= year <= _today().year:
            raise ValidationError(_("Write the year in four digits, not later than this year."))
        return year

    def clean_npwp(self) -> str:
        """The end of a well-formed number, all that goes further than this form."""
        text = self.cleaned_data["npwp"].strip()
        found = check(text) if text else None
        if text and found is None:
            raise ValidationError(_("This is no NPWP of 15 or 16 digits and no NIK. Look at the card again."))
        return found.tail if found else ""

    def values(self) -> dict[str, Any]:
        """The same with the result of the check; no number leaves the last check as it was."""
        values = super().values()
        tail = values.pop("npwp")
        return values | ({"npwp_tail": tail, "npwp_checked_at": now()} if tail else {})


class ContactForm(StepForm):
    """How the organiser reaches the business; guests see none of it before it agrees."""

    phone = PhoneField(label=_("Phone or WhatsApp of the business"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken with buyers"), choices=language_choices, required=False, widget=Ticks
    )

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = ("phone", "email", "website", "languages")
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}


class SizeForm(StepForm):
    """How large the business is and who works in it and owns it. Everything is optional."""

    capital = RupiahField(label=_("Capital in rupiah, without land and buildings"), required=False)
    yearly_sales = RupiahField(label=_("Yearly sales in rupiah"), required=False)
    owned_by_women = YesNoField(label=_("Mostly owned by women"))
    owned_by_youth = YesNoField(label=_("Mostly owned by people up to 30"))
    owned_with_disability = YesNoField(
        label=_("Owned by people with a disability"), widget=forms.Select(attrs={"data-private": ""})
    )
    has_branches = YesNoField(label=_("Has branch offices"))

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = (
            "employees", "employees_women", "yearly_sales", "sales_year", "capital", "capital_on", "size",
            "owned_by_women", "owned_by_youth", "owned_with_disability", "has_branches",
        )  # fmt: skip
        widgets = {"capital_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "size": _("Leave it: where sales or capital are known it follows from PP 7/2021."),
        }

    def clean(self) -> dict[str, Any]:
        """Figures of the past, each with its year or day."""
        cleaned = super().clean() or self.cleaned_data
        year, day = cleaned.get("sales_year"), cleaned.get("capital_on")
        if year is not None and not 1950 <= year <= _today().year:
            self.add_error("sales_year", _("Write the year in four digits, not later than this year."))
        if cleaned.get("yearly_sales") is not None and not year and "sales_year" not in self.errors:
            self.add_error("sales_year", _("Say of which year these sales are."))
        if day is not None and day > _today():
            self.add_error("capital_on", _("This day is still to come."))
        return cleaned


class PlaceForm(StepForm):
    """The place that was chosen on the way here, and the street; abroad the city in words."""

    at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(StepForm.Meta):
        fields: tuple[str, ...] = ("place", "address")
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, at: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["at"] = at
        if self.instance.country == "ID":
            del self.fields["place"]
        else:
            del self.fields["at"]
            self.fields["place"].label = _("City")

    def values(self) -> dict[str, Any]:
        """Codes of all levels from the deepest that was chosen, with its names as the place in words."""
        values = super().values()
        if "at" in self.fields:
            codes = codes_of(values.pop("at"))
            if not codes["district"] and codes["regency"] == self.instance.regency:
                del codes["place"]  # what a list said in words of the place inside stays
            values |= codes
        return values


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of facts; ``officers`` is the form officers get where theirs holds more."""

    label: Any
    form: type[StepForm]
    officers: type[StepForm] | None = None

    def form_for(self, *, officer: bool) -> type[StepForm]:
        """The form of an officer, or of an owner or companion."""
        return (self.officers if officer else None) or self.form


STEPS: Mapping[str, Step] = {
    "about": Step(_("Name and description"), AboutForm, OfficersAboutForm),
    "trades": Step(_("What you make"), TradesForm),
    "legal": Step(_("Legal form and numbers"), LegalForm),
    "contact": Step(_("Phone, email, languages"), ContactForm),
    "size": Step(_("Size and people"), SizeForm),
}

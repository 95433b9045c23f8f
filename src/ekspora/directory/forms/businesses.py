"""Forms of a business with its exports and fairs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.core.models import Agency
from ekspora.directory.forms.fields import (
    CountryField,
    PhoneField,
    PlaceField,
    YesNoField,
    choose_agency,
    province_and_regency,
)
from ekspora.directory.models import Business
from ekspora.directory.places import provinces
from ekspora.directory.sectors import Sector
from ekspora.directory.services.businesses import Export, FairVisit

_OWN: tuple[str, ...] = (
    "name", "nib", "sector", "size", "where", "place", "address", "phone", "email", "website", "founded",
    "employees", "has_branches", "about", "about_en",
)  # fmt: skip


class OwnBusinessForm(forms.ModelForm[Business]):
    """What an owner or companion fills in; contact data stay with the organiser."""

    where = PlaceField()
    has_branches = YesNoField(label=_("Has branch offices"))
    phone = PhoneField(label=_("Phone or WhatsApp of the business"), required=False)

    class Meta:
        model = Business
        fields = _OWN
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "about": forms.Textarea(attrs={"rows": 4}),
            "about_en": forms.Textarea(attrs={"rows": 4}),
            "nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "nib": _("13 digits; leave empty when there is none yet."),
            "place": _("Village or district; abroad the city."),
            "about_en": _("Guests read this one. Leave it empty when you have no English text."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["where"].initial = self.instance.regency or self.instance.province

    def clean_founded(self) -> int | None:
        """The year of foundation, not in the future."""
        year: int | None = self.cleaned_data["founded"]
        if year is not None and not 1600 <= year <= today("Asia/Jakarta").year:
            raise ValidationError(_("Write the year in four digits, not later than this year."))
        return year

    def clean(self) -> dict[str, Any]:
        """The place taken apart, so that the table's rules are checked with it."""
        cleaned = super().clean() or self.cleaned_data
        self.instance.province, self.instance.regency = province_and_regency(cleaned.get("where") or "")
        return cleaned

    def values(self) -> dict[str, Any]:
        """Fields of Business as the services take them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "where"}
        values["province"], values["regency"] = self.instance.province, self.instance.regency
        return values


class BusinessForm(OwnBusinessForm):
    """The same for officers, who also enter businesses from abroad and fictitious ones."""

    country = CountryField(label=_("Country"))

    class Meta(OwnBusinessForm.Meta):
        fields = (*_OWN, "country", "is_fictitious")


class NewBusinessForm(BusinessForm):
    """A new business: also on whose list it is kept."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Kept on the list of"), empty_label=None)

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_agency(self, agencies)

    def values(self) -> dict[str, Any]:
        """Fields of Business without the agency."""
        return {name: value for name, value in super().values().items() if name != "agency"}


class ExportForm(forms.Form):
    """One market sold to; a row whose country is emptied is taken out."""

    market = CountryField(label=_("Country"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2100)
    is_indirect = forms.BooleanField(label=_("Through a trader"), required=False)

    def export(self) -> Export | None:
        """The record, or None for an empty row."""
        data = self.cleaned_data
        if not data.get("market"):
            return None
        return Export(data["market"], data.get("year") or 0, bool(data.get("is_indirect")))


class FairForm(forms.Form):
    """One fair shown at; a row whose name is emptied is taken out."""

    name = forms.CharField(label=_("Fair"), required=False, max_length=120)
    country = CountryField(label=_("Country"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2100)

    def visit(self) -> FairVisit | None:
        """The record, or None for an empty row."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return FairVisit(data["name"], data.get("country") or "", data.get("year") or 0)


ExportFormSet = forms.formset_factory(ExportForm, extra=2, max_num=60)
FairFormSet = forms.formset_factory(FairForm, extra=2, max_num=60)


class FilterForm(forms.Form):
    """What the list of businesses is narrowed to."""

    q = forms.CharField(required=False, label=_("Name, product or place"))
    sector = forms.ChoiceField(
        required=False, label=_("Sector"), choices=[("", _("All sectors")), *Sector.choices]
    )
    province = forms.ChoiceField(
        required=False, label=_("Province"), choices=lambda: [("", _("All provinces")), *provinces()]
    )
    exported = forms.ChoiceField(
        required=False, label=_("Exports"),
        choices=[("", _("Exported or not")), ("1", _("has exported")), ("0", _("has not exported"))],
    )  # fmt: skip
    # A step of the funnel (queries/funnel.py), reached from its page.
    step = forms.CharField(required=False, widget=forms.HiddenInput)

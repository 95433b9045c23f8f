"""The form of a representative and the mission behind them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency, Person
from ekspora.directory.forms.fields import CountryField, PhoneField, choose_agency
from ekspora.directory.models import Mission, Representative
from ekspora.directory.sectors import Sector
from ekspora.ui.forms import Ticks

OF_PERSON = ("title", "name", "suffix", "email", "phone", "has_whatsapp", "language")
OF_ROLE = ("function", "sectors", "interests", "precedence")


class RepresentativeForm(forms.Form):
    """A person of a foreign mission; the mission is chosen, or entered with its country."""

    title = forms.CharField(label=_("Title before the name"), max_length=60, required=False)
    name = forms.CharField(label=_("Name"), max_length=160)
    suffix = forms.CharField(label=_("Degree or rank after the name"), max_length=60, required=False)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    mission = forms.ModelChoiceField(
        Mission.objects.all(),
        label=_("Mission"),
        required=False,
        empty_label=_("Another mission, entered below"),
    )
    mission_name = forms.CharField(label=_("Name of the new mission"), max_length=160, required=False)
    country = CountryField(label=_("Country represented"), required=False)
    residence_country = CountryField(
        label=_("Country where the mission sits"), required=False, help_text=_("Leave empty when not known.")
    )
    residence_city = forms.CharField(label=_("City where the mission sits"), max_length=80, required=False)
    residence_note = forms.CharField(
        label=_("What is known of it"),
        max_length=120,
        required=False,
        help_text=_("For example: Malaysia or Singapore."),
    )
    email = forms.EmailField(label=_("Email"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    has_whatsapp = forms.BooleanField(label=_("Reachable by WhatsApp"), required=False, initial=True)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", _("English")), ("id", _("Indonesian"))], initial="en"
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors of interest"), choices=Sector.choices, required=False, widget=Ticks
    )
    interests = forms.CharField(label=_("Products of interest"), max_length=300, required=False)
    precedence = forms.IntegerField(
        label=_("Order of precedence"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=_("0 means by name."),
    )

    def clean(self) -> dict[str, Any]:
        """Either a known mission, or the name and country of a new one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("mission") is None:
            name = cleaned.get("mission_name", "")
            if not name:
                self.add_error("mission", _("Choose a mission, or enter the name of a new one."))
            elif Mission.objects.filter(name=name).exists():
                self.add_error("mission_name", _("This mission is known already: choose it above."))
            if name and not cleaned.get("country"):
                self.add_error("country", _("Say which country the mission represents."))
        return cleaned

    def new_mission(self) -> dict[str, Any]:
        """Fields of a new Mission."""
        names = ("country", "residence_country", "residence_city", "residence_note")
        return {"name": self.cleaned_data["mission_name"]} | {name: self.cleaned_data[name] for name in names}

    def person(self) -> dict[str, Any]:
        """Fields of Person."""
        return {name: self.cleaned_data[name] for name in OF_PERSON}

    def role(self) -> dict[str, Any]:
        """Fields of Representative."""
        return {name: self.cleaned_data[name] for name in OF_ROLE}


def initial_of(representative: Representative) -> dict[str, Any]:
    """What the form shows of a known representative."""
    person: Person = representative.person
    shown = {name: getattr(person, name) for name in OF_PERSON}
    return (
        shown
        | {name: getattr(representative, name) for name in OF_ROLE}
        | {"mission": representative.mission}
    )


class NewRepresentativeForm(RepresentativeForm):
    """A new representative: also on whose list they are kept."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Kept on the list of"), empty_label=None)

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_agency(self, agencies)

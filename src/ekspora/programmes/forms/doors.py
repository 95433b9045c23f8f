"""People who stand at the door and are on no list yet: as little as can be asked there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.directory.forms.fields import CountryField, PhoneField
from ekspora.directory.models import Mission
from ekspora.directory.sectors import Sector


class MakerAtDoorForm(forms.Form):
    """A business that stands at the door and is on no list yet."""

    name = forms.CharField(label=_("Name of the business"), max_length=160)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    owner = forms.CharField(label=_("Who came"), max_length=160)
    phone = PhoneField(label=_("Mobile number"), required=False)


class GuestAtDoorForm(forms.Form):
    """A representative who stands at the door and is on no list yet."""

    title = forms.CharField(label=_("Title before the name"), max_length=60, required=False)
    name = forms.CharField(label=_("Full name"), max_length=160)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    mission = forms.ModelChoiceField(
        Mission.objects.all(), label=_("Mission"), required=False, empty_label=_("choose")
    )
    new_mission = forms.CharField(label=_("or one not on the list, called"), max_length=160, required=False)
    country = CountryField(label=_("Country it represents"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)

    def clean(self) -> dict[str, Any]:
        """A mission of the list, or the name and country of a new one."""
        data = super().clean() or {}
        if not data.get("mission") and not (data.get("new_mission", "").strip() and data.get("country")):
            self.add_error("mission", _("Choose a mission, or name a new one with its country."))
        return data

"""Planning: the activity itself, its organisers, its letter, and what makes slots."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency
from ekspora.directory.forms.fields import CountryField
from ekspora.programmes.forms.fields import DateInput, moment
from ekspora.programmes.models import Activity, Organiser, Programme

MOST_DAYS = 31
LAST_MINUTE = time(23, 59)


def _zones() -> list[tuple[Any, Any]]:
    home = [
        ("Asia/Jakarta", "WIB · Jakarta"),
        ("Asia/Makassar", "WITA · Makassar"),
        ("Asia/Jayapura", "WIT · Jayapura"),
    ]
    known = {name for name, _label in home}
    away = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [*home, (_("Elsewhere"), [(name, name.replace("_", " ")) for name in away if name not in known])]


class ActivityForm(forms.ModelForm[Activity]):
    """An activity; its programme is chosen or named."""

    new_programme = forms.CharField(label=_("or a new programme, called"), max_length=200, required=False)

    class Meta:
        model = Activity
        fields = (
            "programme", "kind", "name", "name_en", "about", "about_en", "venue", "city", "country", "zone",
            "starts_on", "ends_on", "wishes_until",
        )  # fmt: skip
        widgets = {
            "about": forms.Textarea(attrs={"rows": 3}), "about_en": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(), "ends_on": DateInput(),
        }  # fmt: skip

    def __init__(self, *args: Any, agencies: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        own = Programme.objects.filter(agency__in=agencies)
        field.queryset = own | Programme.objects.filter(pk=self.instance.programme_id)
        field.required = False
        field.empty_label = _("choose")
        self.fields["zone"] = forms.ChoiceField(label=_("Time zone"), choices=_zones())
        self.fields["country"] = CountryField(label=_("Country"), initial="ID")
        zone = self.instance.tz if self.instance.pk else None
        self.fields["wishes_until"] = forms.DateField(
            label=_("Last day for wishes"), required=False, widget=DateInput(),
            help_text=_("Until midnight at the place of the activity."),
        )  # fmt: skip
        if zone and self.instance.wishes_until:
            self.initial["wishes_until"] = self.instance.wishes_until.astimezone(zone).date()

    def clean(self) -> dict[str, Any]:
        """Days in order, not too many; the deadline becomes the last minute of its day."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("ends_on", _("An activity lasts a month at most."))
        until, zone = data.get("wishes_until"), data.get("zone")
        if isinstance(until, date):
            data["wishes_until"] = moment(until, LAST_MINUTE, Activity(zone=zone)) if zone else None
        if not data.get("programme") and not data.get("new_programme", "").strip():
            self.add_error("programme", _("Choose a programme, or name a new one."))
        return data

    def values(self) -> dict[str, Any]:
        """Fields of the model, without the programme's two."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "programme"}


class SlotForm(forms.ModelForm[Activity]):
    """Length of a meeting, pause, tables: what makes slots out of meeting blocks."""

    class Meta:
        model = Activity
        fields = ("slot_minutes", "pause_minutes", "tables")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (least, most) in {
            "slot_minutes": (5, 240),
            "pause_minutes": (0, 120),
            "tables": (1, 500),
        }.items():
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)
            self.fields[name] = forms.IntegerField(label=field.label, min_value=least, max_value=most)


class LetterForm(forms.ModelForm[Activity]):
    """What the invitation letter says of itself."""

    class Meta:
        model = Activity
        fields = ("letter_number", "letter_date", "signatory", "signatory_position")
        widgets = {"letter_date": DateInput()}


class OrganiserForm(forms.Form):
    """An agency and its role; a new agency is named here."""

    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Agency"), required=False, empty_label=_("choose")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Organiser.Role.choices, initial=Organiser.Role.CO)
    new_name = forms.CharField(label=_("or one not on the list, called"), max_length=200, required=False)
    short_name = forms.CharField(label=_("its short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("what it is"), choices=Agency.Kind.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Either an agency of the list or the name of a new one."""
        data = super().clean() or {}
        if not data.get("agency") and not data.get("new_name", "").strip():
            self.add_error("agency", _("Choose an agency, or name a new one."))
        return data

"""Answers to an invitation, and what an officer sets for one participation."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.directory.forms.fields import PhoneField
from ekspora.programmes.forms.fields import TimeInput, days_of, moment
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services.answers import Name, name_of


class PartialForm(forms.Form):
    """Coming for a part; a field left empty means from the beginning, or to the end."""

    arrives_day = forms.ChoiceField(label=_("Arrival, day"), required=False)
    arrives = forms.TimeField(label=_("I arrive at"), required=False, widget=TimeInput())
    leaves_day = forms.ChoiceField(label=_("Departure, day"), required=False)
    leaves = forms.TimeField(label=_("I leave at"), required=False, widget=TimeInput())

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        self.activity = activity
        for name in ("arrives_day", "leaves_day"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = days_of(activity)
            if activity.starts_on == activity.ends_on:
                field.widget = forms.HiddenInput()

    @staticmethod
    def initial_of(row: Participation) -> dict[str, Any]:
        """The form's values of a participation, on the clock of the place."""
        activity = row.activity
        found: dict[str, Any] = {
            "arrives_day": activity.starts_on.isoformat(), "leaves_day": activity.ends_on.isoformat()
        }  # fmt: skip
        for name, value in (("arrives", row.arrives_at), ("leaves", row.leaves_at)):
            if value is not None:
                local = value.astimezone(activity.tz)
                found |= {name: local.time(), f"{name}_day": local.date().isoformat()}
        return found

    def clean(self) -> dict[str, Any]:
        """At least one time, in order."""
        data = super().clean() or {}
        if self.errors:
            return data
        data["arrives_at"] = self._moment("arrives", self.activity.starts_on)
        data["leaves_at"] = self._moment("leaves", self.activity.ends_on)
        if data["arrives_at"] is None and data["leaves_at"] is None:
            self.add_error("arrives", _("Say when you arrive or when you leave."))
        elif data["arrives_at"] and data["leaves_at"] and data["leaves_at"] <= data["arrives_at"]:
            self.add_error("leaves", _("You leave before you arrive. Please check the times."))
        return data

    def times(self) -> dict[str, datetime | None]:
        """``arrives_at`` and ``leaves_at`` as the service takes them."""
        return {name: self.cleaned_data[name] for name in ("arrives_at", "leaves_at")}

    def _moment(self, name: str, day: date) -> datetime | None:
        clock = self.cleaned_data.get(name)
        given = self.cleaned_data.get(f"{name}_day")
        return moment(date.fromisoformat(given) if given else day, clock, self.activity) if clock else None


class SubstituteForm(forms.Form):
    """Who comes instead, named as protocol wants it."""

    title = forms.CharField(label=_("Title before the name"), max_length=60, required=False)
    name = forms.CharField(label=_("Full name"), max_length=160)
    suffix = forms.CharField(label=_("Degree or rank after the name"), max_length=60, required=False)
    position = forms.CharField(label=_("Function"), max_length=160, required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    phone = PhoneField(label=_("Mobile number"), required=False)

    @staticmethod
    def initial_of(row: Participation) -> dict[str, Any]:
        """The form's values of a participation that has a substitute."""
        name = name_of(row)
        return asdict(name) if name else {}

    def to_name(self) -> Name:
        """What the service takes."""
        return Name(**{name: self.cleaned_data[name] for name in self.fields})


class DeclineForm(forms.Form):
    """A reason, if one cares to give it."""

    reason = forms.CharField(
        label=_("Reason, if you like"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )


class TermsForm(forms.Form):
    """What the timetable heeds of one participation."""

    table = forms.IntegerField(label=_("Stays at table"), min_value=1, required=False)
    most_meetings = forms.IntegerField(label=_("Most meetings"), min_value=0, max_value=200, required=False)
    is_featured = forms.BooleanField(label=_("Promoted beside the small ones"), required=False)

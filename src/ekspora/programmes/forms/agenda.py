"""One part of the agenda."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.forms.fields import TimeInput, days_of, moment
from ekspora.programmes.models import Activity, AgendaItem, Participation
from ekspora.ui.forms import Ticks


class PartForm(forms.Form):
    """One part of the agenda."""

    kind = forms.ChoiceField(label=_("What"), choices=AgendaItem.Kind.choices)
    title = forms.CharField(label=_("Title in Indonesian"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    day = forms.ChoiceField(label=_("Day"))
    starts = forms.TimeField(label=_("From"), widget=TimeInput())
    ends = forms.TimeField(label=_("Until"), widget=TimeInput())
    audience = forms.ChoiceField(
        label=_("For"), choices=AgendaItem.Audience.choices, initial=AgendaItem.Audience.ALL,
        help_text=_("Whoever a visit or presentation is for has no meeting meanwhile."),
    )  # fmt: skip
    attendees = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label=_("Who presents or goes along"), required=False, widget=Ticks()
    )

    def __init__(self, *args: Any, activity: Activity, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.activity = activity
        day, attendees = self.fields["day"], self.fields["attendees"]
        assert isinstance(day, forms.ChoiceField)
        assert isinstance(attendees, forms.ModelMultipleChoiceField)
        day.choices = days_of(activity)
        attendees.queryset = people

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """The form's values of a part, on the clock of the place."""
        zone = item.activity.tz
        start, end = item.starts_at.astimezone(zone), item.ends_at.astimezone(zone)
        return {
            "kind": item.kind, "title": item.title, "title_en": item.title_en, "place": item.place,
            "day": start.date().isoformat(), "starts": start.time(), "ends": end.time(),
            "audience": item.audience, "attendees": list(item.attendee_ids),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It ends after it starts; "only those named" names somebody."""
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("It ends before it starts."))
        if data.get("audience") == AgendaItem.Audience.NAMED and not data.get("attendees"):
            self.add_error("attendees", _("Name at least one."))
        return data

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        data = self.cleaned_data
        day = date.fromisoformat(data["day"])
        same = {name: data[name] for name in ("kind", "title", "title_en", "place", "audience")}
        return same | {
            "starts_at": moment(day, data["starts"], self.activity),
            "ends_at": moment(day, data["ends"], self.activity),
        }

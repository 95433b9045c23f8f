"""Quick marks on the day: times are offered as they occur in the timetable, one tap each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

from ekspora.core.clock import now
from ekspora.meetings.models import DayMark
from ekspora.programmes.models import Activity
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import clock, day, in_zone

NOW = "now"


def times(activity: Activity, moments: Iterable[datetime]) -> list[tuple[str, str]]:
    """Moments as choices on the clock of the place; the day is named where there are several."""
    several = activity.starts_on != activity.ends_on
    found = []
    for moment in sorted(set(moments)):
        local = in_zone(moment, activity.tz)
        found.append((moment.isoformat(), f"{day(local)} {clock(local)}" if several else clock(local)))
    return found


def beginnings(activity: Activity, slots: Iterable[Slot]) -> list[tuple[str, str]]:
    """When slots begin, as choices."""
    return times(activity, (slot.starts_at for slot in slots))


class MarkForm(forms.Form):
    """Who, what, and when they come or go."""

    who = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=DayMark.Kind.choices)
    late = forms.CharField(max_length=40, required=False)
    left = forms.CharField(max_length=40, required=False)

    def at(self) -> datetime | None:
        """The time that belongs to the kind; None for absent, or where none was given."""
        return _moment(self.cleaned_data.get(self.cleaned_data["kind"], ""))

    def clean(self) -> dict[str, Any]:
        """Refuse a time that is none."""
        data = super().clean() or {}
        for name in ("late", "left"):
            if data.get(name) and _moment(data[name]) is None:
                self.add_error(name, forms.ValidationError("time"))
        return data


class TableForm(forms.Form):
    """Which table, and until when; empty: to the end."""

    table = forms.IntegerField(min_value=1, max_value=32767)
    until = forms.CharField(max_length=40, required=False)

    def until_at(self) -> datetime | None:
        """The time as the service takes it."""
        return _moment(self.cleaned_data["until"])

    def clean_until(self) -> str:
        """Refuse a time that is none."""
        value: str = self.cleaned_data["until"]
        if value and _moment(value) is None:
            raise forms.ValidationError("time")
        return value


def _moment(text: str) -> datetime | None:
    if text == NOW:
        return now()
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None

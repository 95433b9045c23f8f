"""Days and hours as a phone offers them, on the clock of the activity's place."""

from datetime import date, datetime, time, timedelta

from django import forms

from ekspora.programmes.models import Activity
from ekspora.ui import formats


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def moment(day: date, clock: time, activity: Activity) -> datetime:
    """A day and an hour on the clock of the activity's place."""
    return datetime.combine(day, clock, tzinfo=activity.tz)


def days_of(activity: Activity) -> list[tuple[str, str]]:
    """The days of an activity as choices."""
    count = (activity.ends_on - activity.starts_on).days + 1
    days = [activity.starts_on + timedelta(days=n) for n in range(count)]
    return [(day.isoformat(), formats.day(day)) for day in days]

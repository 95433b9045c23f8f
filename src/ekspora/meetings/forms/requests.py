"""What an officer decides about a pair."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.meetings.models import MeetingRequest
from ekspora.meetings.services.requests import Decision
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.slots import Slot
from ekspora.ui import formats


class DecisionForm(forms.Form):
    """Weight, must, a time, or never."""

    weight = forms.IntegerField(
        label=_("Weight"), required=False, min_value=1, max_value=99,
        help_text=_("Left empty: as the wishes say. A higher weight is scheduled before a lower one."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must take place"), required=False)
    fixed_at = forms.TypedChoiceField(
        label=_("Only at"), required=False, coerce=datetime.fromisoformat, empty_value=None,
        help_text=_("Times at which both are there."),
    )  # fmt: skip
    excluded = forms.BooleanField(label=_("Not to be scheduled"), required=False)
    note = forms.CharField(
        label=_("Reason"), required=False, max_length=200,
        help_text=_("Read by officers only; needed where a pair is not to be scheduled."),
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, slots: Iterable[Slot], **options: Any) -> None:
        super().__init__(*args, **options)
        times = [
            (slot.starts_at.isoformat(), formats.moment(formats.in_zone(slot.starts_at, activity.tz)))
            for slot in slots
        ]
        field = self.fields["fixed_at"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("any time")), *times]

    def decision(self) -> Decision:
        """The answer, for the service."""
        return Decision(**self.cleaned_data)


def initial_of(decision: MeetingRequest | None) -> dict[str, Any]:
    """What the form shows of a decision that was taken before."""
    if decision is None:
        return {}
    names = ("weight", "required", "excluded", "note")
    fixed = decision.fixed_at.isoformat() if decision.fixed_at else ""
    return {name: getattr(decision, name) for name in names} | {"fixed_at": fixed}


class _Named(forms.ModelChoiceField[Participation]):
    def label_from_instance(self, obj: Participation) -> str:
        return " · ".join(filter(None, [obj.label, str(obj.attendee or "")]))


class PairForm(forms.Form):
    """Which pair an officer wants to add or look at."""

    maker = _Named(Participation.objects.none(), label=_("Business"))
    guest = _Named(Participation.objects.none(), label=_("Representative"))

    def __init__(self, *args: Any, makers: Any, guests: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in (("maker", makers), ("guest", guests)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

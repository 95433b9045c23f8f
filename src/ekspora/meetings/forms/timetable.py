"""What officers ask of a timetable: how long to compute, where to put a meeting, what if."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.meetings.queries.people import Who


class SolveForm(forms.Form):
    """How the timetable is computed."""

    seconds = forms.TypedChoiceField(
        label=_("Time limit"), coerce=int, initial=30,
        choices=[(10, _("10 seconds")), (30, _("30 seconds")), (60, _("60 seconds"))],
    )  # fmt: skip
    as_before = forms.BooleanField(
        label=_("Move as few of the shown meetings as possible"), required=False, initial=False
    )


class PlaceForm(forms.Form):
    """A meeting, and where it should be."""

    request = forms.CharField(max_length=40)
    slot = forms.IntegerField(min_value=1)
    table = forms.CharField(max_length=10)
    lock = forms.BooleanField(required=False)


class WhatIfForm(forms.Form):
    """What would be different."""

    slots = forms.IntegerField(label=_("more slots"), min_value=0, max_value=20, required=False)
    tables = forms.IntegerField(label=_("more tables"), min_value=0, max_value=500, required=False)
    interpreters = forms.IntegerField(
        label=_("more interpreters of each language"), min_value=0, max_value=50, required=False
    )
    stays = forms.TypedChoiceField(label=_("stays all day"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: list[Who], spoken: bool, **options: Any) -> None:
        """``spoken``: whether there are interpreters at all."""
        super().__init__(*args, **options)
        if not spoken:
            del self.fields["interpreters"]
        field = self.fields["stays"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("nobody")), *((int(who.id), who.name) for who in people)]

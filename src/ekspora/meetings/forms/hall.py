"""Interpreters, delegations, and what people speak."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.meetings.models import ALL_DAY, Delegation
from ekspora.programmes.forms.fields import TimeInput
from ekspora.programmes.models import Activity, Participation
from ekspora.ui.formats import language_name

# Languages of guests and of the country, by ISO 639.
LANGUAGES = (
    "id", "en", "am", "ar", "bn", "cs", "de", "el", "es", "fa", "fr", "ha", "he", "hi", "hu", "it", "ja", "kk",
    "km", "ko", "lo", "ms", "my", "ne", "nl", "pl", "pt", "ro", "ru", "si", "sw", "ta", "th", "tl", "tr", "uk",
    "ur", "uz", "vi", "zh",
)  # fmt: skip
MOST_INTERPRETERS, LONGEST_ROW = 200, 20


def _languages() -> list[tuple[str, str]]:
    named = [(code, language_name(code)) for code in LANGUAGES]
    return sorted(named, key=lambda row: row[1].casefold())


def _coming(activity: Activity) -> Any:
    return Participation.objects.filter(activity=activity)


class InterpretersForm(forms.Form):
    """How many of one language, in which hours of each day; 0 takes them off the list."""

    language = forms.ChoiceField(label=_("Language"), choices=_languages)
    number = forms.IntegerField(label=_("How many"), min_value=0, max_value=MOST_INTERPRETERS, initial=1)
    starts = forms.TimeField(label=_("From"), required=False, widget=TimeInput())
    ends = forms.TimeField(label=_("Until"), required=False, widget=TimeInput())

    def clean(self) -> dict[str, Any]:
        """They go after they come."""
        data = super().clean() or {}
        if (data.get("ends") or ALL_DAY[1]) <= (data.get("starts") or ALL_DAY[0]):
            self.add_error("ends", _("It ends before it starts."))
        return data


class DelegationForm(forms.Form):
    """Name, tables and members; ``delegation`` is the one changed."""

    delegation = forms.ModelChoiceField(Delegation.objects.none(), required=False, widget=forms.HiddenInput())
    name = forms.CharField(label=_("Name of the delegation"), max_length=60)
    first_table = forms.IntegerField(label=_("First table"), min_value=1)
    last_table = forms.IntegerField(label=_("Last table"), min_value=1)
    members = forms.ModelMultipleChoiceField(Participation.objects.none(), label=_("Members"), required=False)

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in (("delegation", activity.delegations.all()), ("members", _coming(activity))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class PeopleForm(forms.Form):
    """What the people ticked speak, and after how many meetings they need a pause."""

    people = forms.ModelMultipleChoiceField(
        Participation.objects.none(),
        label=_("Who"),
        error_messages={"required": _("Choose at least one person.")},
    )
    languages = forms.MultipleChoiceField(label=_("They speak"), choices=_languages, required=False)
    pause_after = forms.IntegerField(
        label=_("Pause after so many meetings in a row"), min_value=1, max_value=LONGEST_ROW, required=False
    )

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = _coming(activity)

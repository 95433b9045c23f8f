"""The form with which an officer notes what was looked at."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """Which facts, by the keys of ``facts.Fact``, and how they were checked."""

    facts = forms.MultipleChoiceField(
        label=_("What was checked"), error_messages={"required": _("Tick what you checked.")}
    )
    how = forms.CharField(
        label=_("How it was checked"), max_length=200,
        help_text=_("For example: NIB looked up in OSS, certificate seen at the visit."),
    )  # fmt: skip

    def __init__(self, *args: Any, facts: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["facts"]
        assert isinstance(choice, forms.MultipleChoiceField)  # as declared above
        choice.choices = [(key, key) for key in facts]

"""How content somebody was: one tap and a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.models import Feedback
from ekspora.ui.forms import Segments

SCORES = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")]


class FeedbackForm(forms.Form):
    """A score from 1 to 5, and words that may be left out."""

    score = forms.ChoiceField(label=_("From 1 (not at all) to 5 (very)"), choices=SCORES, widget=Segments)
    words = forms.CharField(
        label=_("What should we keep or change?"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    @staticmethod
    def initial_of(given: Feedback | None) -> dict[str, str]:
        """What was said last."""
        return {"score": str(given.score), "words": given.words} if given else {}

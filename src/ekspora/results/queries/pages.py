"""The pages that show the records behind the figures, as far as the reader may open them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ekspora.programmes.models import Activity


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses of one activity's lists. ``is_open``: whether the reader sees what each side said."""

    activity: Activity
    is_open: bool = True

    def participants(self, **asked: str) -> str:
        """The list of participants, for officers of any organiser."""
        return f"{reverse('participants', args=[self.activity.pk])}?{urlencode(asked)}"

    def outcomes(self, **asked: str) -> str:
        """The meetings with what each side said."""
        return self._closed("outcomes", asked)

    def commitments(self, **asked: str) -> str:
        """The promises."""
        return self._closed("commitments", asked)

    def deals(self, **asked: str) -> str:
        """The deals."""
        return self._closed("deals", asked)

    def feedback(self, **asked: str) -> str:
        """How content the participants were."""
        return self._closed("report_feedback", asked)

    def _closed(self, name: str, asked: dict[str, str]) -> str:
        return f"{reverse(name, args=[self.activity.pk])}?{urlencode(asked)}" if self.is_open else ""

"""The start page in the main navigation."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.home import Entry


def entries_of(actor: Actor) -> Iterable[Entry]:
    """Everybody has a start page."""
    yield Entry(_("Home"), reverse("home"))

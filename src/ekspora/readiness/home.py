"""Where the rules of markets stand in the main navigation."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.home import REGISTERS, Entry


def entries(actor: Actor) -> Iterable[Entry]:
    """For officers; everybody else comes to a market from their own pages."""
    if actor.agencies():
        yield Entry(_("Markets"), reverse("markets"), REGISTERS)

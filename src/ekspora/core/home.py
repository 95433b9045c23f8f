"""What the home page and the main navigation show: each room registers its part in ``AppConfig.ready``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ekspora.core.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from ekspora.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """Something the actor may want to do. The most urgent card with ``urgency`` above 0 is the next step."""

    title: "str | _StrPromise"
    body: "str | _StrPromise"
    url: str
    action: "str | _StrPromise"
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the main navigation, shown on every work page of the actor.

    Entries of one ``group`` stand under its name, at the place of the first of them.
    """

    label: "str | _StrPromise"
    url: str
    group: "str | _StrPromise" = ""


# Groups of the main navigation: what came of meetings, and who exists.
FOLLOW_UP, REGISTERS = _("Follow-up"), _("Registers")


cards: Registry[Callable[["Actor"], Iterable[Card]]] = Registry("cards of the home page")
navigation: Registry[Callable[["Actor"], Iterable[Entry]]] = Registry("entries of the main navigation")


def cards_for(actor: "Actor") -> list[Card]:
    """Every room's cards for this actor, the most urgent first, otherwise in the order of the rooms."""
    found = [card for cards_of in cards for card in cards_of(actor)]
    return sorted(found, key=lambda card: -card.urgency)


def navigation_for(actor: "Actor") -> list[Entry]:
    """The main navigation of this actor."""
    return [entry for entries_of in navigation for entry in entries_of(actor)]

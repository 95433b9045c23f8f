"""Cards of one kind, drawn together: thirty invitations are one place to go through, not thirty cards."""

from collections.abc import Iterable
from dataclasses import dataclass

from ekspora.core.home import Card

# As many of one kind stand as cards of their own.
ALONE = 3


@dataclass(frozen=True, slots=True)
class Bundle:
    """Cards that ask for the same thing, under its words."""

    action: str
    cards: tuple[Card, ...]


def bundled(cards: Iterable[Card]) -> tuple[list[Card], list[Bundle]]:
    """The cards that stand alone, in their order, and the kinds of which there are more than ``ALONE``."""
    kinds: dict[str, list[Card]] = {}
    for card in cards:
        kinds.setdefault(str(card.action), []).append(card)
    many = {action for action, group in kinds.items() if len(group) > ALONE}
    alone = [card for action, group in kinds.items() if action not in many for card in group]
    bundles = [Bundle(action, tuple(group)) for action, group in kinds.items() if action in many]
    return sorted(alone, key=lambda card: -card.urgency), bundles

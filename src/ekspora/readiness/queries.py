"""What is known of a market's rules. No answer means "nothing is required": it says what is known here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ekspora.core.registries import Registry
from ekspora.readiness.facts import Fact, Text
from ekspora.readiness.reading import everything

# What rooms to the right know of a country besides (UN sanctions); whole sentences with their source.
warnings: Registry[Callable[[str], Iterable[Text]]] = Registry("warnings about a country")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known for a country: its own facts, those of every country, warnings.

    ``waiting``: how many notes nobody has checked yet. ``is_known``: whether there is a fact of the country at
    all; without one the reader is told that there is none here and whom to ask.
    """

    country: str
    facts: tuple[Fact, ...]
    general: tuple[Fact, ...]
    warnings: tuple[Text, ...]
    waiting: int
    is_known: bool

    @property
    def is_stale(self) -> bool:
        """Whether something here should have been looked at again."""
        return any(fact.is_stale for fact in self.shown)

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The country's own facts, then those of every country."""
        return self.facts + self.general

    @property
    def reviewers(self) -> list[Text]:
        """Who looked at these facts, each once."""
        found: list[Text] = []
        for fact in self.shown:
            if fact.reviewer not in found:
                found.append(fact.reviewer)
        return found


def rules_for(country: str, *, sectors: Iterable[str] = (), hs: Iterable[str] = ()) -> Rules:
    """What is known for goods sent to a country (ISO code).

    ``hs``: codes of the goods; ``sectors``: of goods whose code is not known. Without either, everything.
    """
    asked = frozenset(sectors), frozenset(code for code in hs if code)
    known = everything()
    own, general = known.get(country, ()) if country else (), known.get("", ())
    wanted = [fact for fact in own if not any(asked) or fact.concerns(*asked)]
    return Rules(
        country=country,
        facts=tuple(fact for fact in wanted if fact.is_shown),
        general=tuple(
            fact for fact in general if fact.is_shown and (not any(asked) or fact.concerns(*asked))
        ),
        warnings=tuple(text for tell in warnings for text in tell(country)),
        waiting=sum(not fact.is_shown for fact in wanted),
        is_known=any(fact.is_shown for fact in own),
    )


def countries() -> list[str]:
    """The countries with at least one fact that is shown."""
    return [code for code, facts in everything().items() if code and any(fact.is_shown for fact in facts)]

"""What the page of a market says of the United Nations: measures and notes, each with its source."""

from collections.abc import Iterator

from ekspora.demand import sanctions
from ekspora.readiness.facts import Text
from ekspora.readiness.queries import warnings


def of_country(country: str) -> Iterator[Text]:
    """Every measure and note about a country, as whole sentences."""
    for reason in (*sanctions.measures(country), *sanctions.notes(country, services=True)):
        yield reason.full


def register() -> None:
    """Fill readiness's registry."""
    warnings.register("sanctions", of_country)

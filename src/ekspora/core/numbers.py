"""Numbers out of an address, a form or a scope, where anything may stand."""


def number_in(text: str | None) -> int | None:
    """The number a text is, e.g. an id; None for anything else and for more digits than a table can hold."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def id_in(scope: str, kind: str) -> int:
    """7 of ``activity:7`` for the kind ``activity``; 0, which no record has, of whatever is of another kind."""
    found, _colon, number = scope.partition(":")
    return (number_in(number) or 0) if found == kind else 0

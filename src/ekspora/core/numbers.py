"""Numbers out of an address or a form, where anything may stand."""


def number_in(text: str | None) -> int | None:
    """The number a text is, e.g. an id; None for anything else and for more digits than a table can hold."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None

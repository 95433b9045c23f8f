"""Searching goods in either language: "coffee" finds "Kopi sangrai"."""

from collections.abc import Iterable

from ekspora.engines.matching.words import broader, meanings, meanings_of, words


def finds(query: str, texts: Iterable[str]) -> bool:
    """Whether the texts hold every word of the query as the beginning of a word, or mean what it means."""
    asked, texts = words(query), tuple(texts)
    if not asked:
        return True
    written = {word for text in texts for word in words(text)}
    if all(any(word.startswith(part) for word in written) for part in asked):
        return True
    meant = meanings(query)
    return bool(meant) and meant <= broader(meanings_of(texts))

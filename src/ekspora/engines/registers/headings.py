"""Names of columns: their words brought to one form, and what each field is called."""

import re
from functools import lru_cache

from ekspora.engines.registers.data import listed, load
from ekspora.engines.registers.fields import Field, schema, schemas
from ekspora.engines.registers.wording import fold, header_words, nearest

_FULL = {
    **{short: full for full, others in load("headings")["full"].items() for short in listed(others)},
    **dict.fromkeys(listed(load("headings")["idle"]["words"]), ""),
}
_LOOSE = frozenset(listed(load("headings")["within"]["words"]))
_BLOCKS = frozenset(listed(load("headings")["blocking"]["words"]))
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?|\*+")
_PARTS = re.compile(r"\s/\s|(?<=\w)\.(?=\w)|[\n:|]")
_NUMBERS = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3}")

Words = tuple[str, ...]
Names = dict[Words, dict[str, bool]]


@lru_cache(maxsize=8192)
def words_of(header: str, brackets: bool = False) -> Words:
    """A header's words in full, without idle words and numbers: ``No. Telp/HP 2`` gives ``telepon hp``. What
    stands in brackets counts only when asked for."""
    words: list[str] = []
    for word in header_words(header if brackets else _BRACKETS.sub(" ", header)):
        bare = word.rstrip("0123456789")
        words += _FULL.get(bare, bare).split()
    return tuple(words)


def group_of(header: str) -> int:
    """The number in a header that repeats (``Produk 2``, ``products 2.name``), 1 when there is none."""
    numbers = re.findall(r"(?<![\d/])\d{1,2}(?!\d)", _BRACKETS.sub(" ", header))
    return int(numbers[-1]) if numbers and 0 < int(numbers[-1]) < 30 else 1


@lru_cache(maxsize=8)
def _names(as_: str) -> tuple[Names, frozenset[str]]:
    names: Names = {}
    for field in schema(as_).fields:
        for header, weak in _headers(field):
            words = words_of(header, brackets=True)
            if words:
                known = names.setdefault(words, {})
                known[field.key] = known.get(field.key, True) and weak
    return names, frozenset(word for words in names for word in words)


def _headers(field: Field) -> list[tuple[str, bool]]:
    strong = [*field.headers, *field.label.values(), field.key.replace("_", " ")]
    weak = {words_of(header) for header in field.weak}
    return [(h, words_of(h) in weak) for h in strong] + [(h, True) for h in field.weak]


@lru_cache(maxsize=8192)
def candidates(as_: str, header: str) -> tuple[tuple[float, str], ...]:
    """Fields a header can mean with a score: 1 the whole name, 0.9 a part of it, 0.8 with a typing fault,
    0.7 a weak name, 0.6 the name and other words. Best first; empty when nothing is like it."""
    names, vocabulary = _names(as_)
    found: dict[str, float] = {}
    numbered = header_words(header)[:1] in (("no",), ("nomor",), ("tgl",), ("tanggal",))
    parts = [header, *reversed(_PARTS.split(header))]
    for number, part in enumerate(parts):
        known, score = _recognised(part, names, vocabulary)
        for key, weak in names[known].items() if known else ():
            found[key] = min(score - 0.1 * (number > 0), 0.7 if weak else 1.0)
        if found:
            break
    if numbered:
        found.pop("legal_form", None)  # the number of a deed is no legal form
    if not found:
        found = _contained(words_of(header), names)
    return tuple(sorted(((score, key) for key, score in found.items()), reverse=True))


def _recognised(part: str, names: Names, vocabulary: frozenset[str]) -> tuple[Words, float]:
    """The known name that a part of a header is, and how sure that is."""
    words = words_of(part)
    forms = (
        (words_of(part, brackets=True), 1.0),
        (words, 1.0),
        (words[::-1] if len(words) == 2 else (), 0.9),
        (_corrected(words, vocabulary), 0.8),
    )
    return next(((known, score) for known, score in forms if known in names), ((), 0.0))


def _corrected(words: Words, vocabulary: frozenset[str]) -> Words:
    """The words with slips and abbreviations without vowels (``PMLK``) written out."""
    known = vocabulary | _BLOCKS
    if all(word in known for word in words):
        return ()
    return tuple(
        word if word in known else _of_consonants(vocabulary).get(word) or nearest(word, vocabulary) or word
        for word in words
    )


@lru_cache(maxsize=8)
def _of_consonants(vocabulary: frozenset[str]) -> dict[str, str]:
    """Words of at least three consonants by these alone, where no other word has the same."""
    found: dict[str, set[str]] = {}
    for word in vocabulary:
        bones = re.sub("[aeiou]", "", word)
        if len(bones) > 2 and bones != word:
            found.setdefault(bones, set()).add(word)
    return {bones: words.pop() for bones, words in found.items() if len(words) == 1}


def _contained(words: Words, names: Names) -> dict[str, float]:
    """The longest known name within a longer header, unless the other words change what it means."""
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            known = words[start : start + size]
            others = {*words[:start], *words[start + size :]}
            if known in names and not others & _BLOCKS and (size > 1 or known[0] in _LOOSE):
                return {key: 0.6 for key, weak in names[known].items() if not weak}
    return {}


@lru_cache(maxsize=65536)
def is_known(text: str) -> bool:
    """Whether a text is the name of a column in any kind of register; long numbers other than
    years never are."""
    if not text or len(text) > 80 or _NUMBERS.search(text):
        return False
    return any(found and found[0][0] >= 0.7 for found in (candidates(as_, text) for as_ in schemas()))


@lru_cache(maxsize=8192)
def is_exact(text: str) -> bool:
    """Whether a text is the name of a column as it is, without forgiving a slip. Quick, for it is asked of data."""
    words = words_of(text, brackets=True)
    return bool(words) and any(
        form in _names(as_)[0] for as_ in schemas() for form in (words, words_of(text)) if form
    )


def is_note(header: str) -> bool:
    """Whether a column holds the remarks of a corrections file, which are left out on import."""
    return fold(header) in {"yang perlu diperbaiki diabaikan saat impor", "what to correct ignored on import"}


def is_counter(header: str) -> bool:
    """Whether a column only numbers the rows (``No``, ``No. Urut``, ``id``, ``#``)."""
    return (
        header == "No. / No."
        or is_note(header)
        or fold(header)
        in {
            "no",
            "no no",
            "nomor",
            "no urut",
            "nomor urut",
            "id",
            "number",
            "num",
            "nr",
            "urut",
            "s no",
            "sl no",
            "index",
            "idx",
            "unnamed 0",
            "row",
            "rownum",
        }
        or header.strip() == "#"
    )

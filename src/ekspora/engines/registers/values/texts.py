"""Names, longer texts, addresses of mail and web, yes and no, lists of choices."""

import re

from ekspora.engines.registers.data import listed, load
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import clean, clean_lines, fold, nearest, reduplicated

SHORT, LONG = 200, 5000
_TOO_LONG = Bad(
    "too_long", pair("Teks terlalu panjang untuk kolom ini.", "The text is too long for this field.")
)
_NO_LETTER = Bad("no_letters", pair("Nama harus berisi huruf.", "A name needs letters."))
_BAD_EMAIL = Bad(
    "bad_email",
    pair(
        "Alamat surel tidak sah. Contoh: nama@contoh.id.",
        "Not a valid email address. Example: name@example.org.",
    ),
)
_BAD_URL = Bad(
    "bad_url",
    pair(
        "Alamat situs tidak sah. Contoh: https://contoh.id.",
        "Not a valid web address. Example: https://example.org.",
    ),
)
_YES_NO_ASK = Ask("not_yes_or_no", pair("Jawab ya atau tidak.", "Answer yes or no."))
MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_URL = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_YES_OR_T = re.compile(r"\by(?:a)?\s?/\s?t(?:idak|dk)?\b", re.IGNORECASE)
_YES = frozenset(
    [
        "ya",
        "y",
        "yes",
        "sudah",
        "sdh",
        "ada",
        "pernah",
        "true",
        "benar",
        "punya",
        "iya",
        "v",
        "✓",
        "✔",
        "√",
        "betul",
        "1",
    ]
)
_NO = frozenset(
    [
        "tidak",
        "no",
        "n",
        "belum",
        "blm",
        "tdk",
        "tidak_ada",
        "false",
        "bukan",
        "never",
        "0",
        "f",
        "gak",
        "enggak",
    ]
)
_NOTHING = frozenset({"belum", "tidak", "blm", "tdk", "none", "no", "not"})
_LIST = re.compile(r"[;\n|•](?:\s*\d{1,2}[.)]\s)?|(?:^|\s)\d{1,2}[.)]\s")


def text(text: str, context: Context) -> Outcome:
    """One line of text, reduplication written in full."""
    value = reduplicated(clean(text), digit=True)
    return Parsed(value) if len(value) <= SHORT else _TOO_LONG


def long_text(text: str, context: Context) -> Outcome:
    """Text that keeps its lines."""
    value = reduplicated(clean_lines(text), digit=True)
    return Parsed(value) if len(value) <= LONG else _TOO_LONG


def name(text: str, context: Context) -> Outcome:
    """The name of a business, person or product: text with at least one letter."""
    value = reduplicated(clean(text))
    if len(value) > SHORT:
        return _TOO_LONG
    return Parsed(value) if any(map(str.isalpha, value)) else _NO_LETTER


def emails(text: str, context: Context) -> Outcome:
    """Mail addresses as a list, the domain in lower case; "belum punya email" gives an empty one."""
    if "@" not in text and fold(text).split(" ")[0] in _NOTHING:
        return Parsed([])
    found: dict[str, None] = {}
    joined = re.sub(r"\bmailto:", "", text.replace(" @", "@").replace("@ ", "@"))
    for part in (piece.rstrip(".") for piece in re.split(r"[,;\s/|<>()]+", joined)):
        if not part:
            continue
        if not MAIL.fullmatch(part) or len(part) > 254 or ".." in part:
            return _BAD_EMAIL
        local, _, domain = part.rpartition("@")
        found[f"{local}@{domain.lower()}"] = None
    return Parsed(list(found)) if found else _BAD_EMAIL


def url(text: str, context: Context) -> Outcome:
    """A web address, with ``https://`` where the scheme is missing. Other schemes are refused."""
    value = clean(text)
    if not _URL.fullmatch(value) or len(value) > LONG:
        return _BAD_URL
    return Parsed(value if re.match(r"https?://", value, re.IGNORECASE) else "https://" + value)


def urls(text: str, context: Context) -> Outcome:
    """Several web addresses in a cell, as a list."""
    if "." not in text and fold(text).split(" ")[0] in _NOTHING:
        return Parsed([])
    found: list[object] = []
    for part in re.split(r"[\s,;|]+", text.strip()):
        outcome = url(part, context)
        if not isinstance(outcome, Parsed):
            return outcome
        found.append(outcome.value)
    return Parsed(found)


def yes_no(text: str, context: Context) -> Outcome:
    """``True`` or ``False`` from either language (``sudah``, ``belum``, ``✓``, ``0``)."""
    key = fold(text) or text.strip()
    if key in _YES:
        return Parsed(True)
    if key in _NO or (key == "t" and _YES_OR_T.search(context.heading)):
        return Parsed(False)
    first = key.split(" ")[0]
    if first in {"ya", "yes", "sudah", "pernah"}:
        return Parsed(True, text)
    if first in {"tidak", "belum", "no", "not", "blm", "tdk"}:
        return Parsed(False, text)
    return _YES_NO_ASK


def several(text: str, context: Context) -> Outcome:
    """A list of short texts, separated by line, semicolon, comma or numbering; commas in brackets do not
    separate. "belum", "tidak ada" give an empty list."""
    if fold(text).split(" ")[0] in _NOTHING:
        return Parsed([])
    values: dict[str, None] = {}
    for item in split_list(text, commas=True):
        value = reduplicated(clean(item))
        if len(value) > SHORT:
            return _TOO_LONG
        values[value] = None
    return Parsed(list(values))


def split_list(text: str, commas: bool) -> list[str]:
    """The items of a cell: by line, semicolon, bullet or numbering, and by comma outside brackets when
    ``commas``."""
    items: list[str] = []
    for part in _LIST.split(text):
        items += _outside_brackets(part) if commas else [part]
    return [
        item for item in (item.strip(" .\t-–*") if len(item) > 1 else item for item in items) if item.strip()
    ]


def _outside_brackets(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for i, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth = max(0, depth - 1)
        elif (
            character == ","
            and not depth
            and not (text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit())
        ):
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def choice(options: dict[str, str], code: str) -> "_Choice":
    """A parser for one of several codes; ``options`` maps a code to its words, separated by commas."""
    return _Choice(options, code)


class _Choice:
    def __init__(self, options: dict[str, str], code: str) -> None:
        self._words = {fold(word): key for key, words in options.items() for word in listed(words)}
        options_text = ", ".join(options)
        self._ask = Ask(
            code,
            pair(
                f"Pilihan tidak dikenal. Pilih salah satu: {options_text}.",
                f"Unknown choice. Choose one of: {options_text}.",
            ),
        )

    def __call__(self, text: str, context: Context) -> Outcome:
        key = fold(text)
        if key in self._words:
            return Parsed(self._words[key])
        near = nearest(key, self._words)
        return Parsed(self._words[near], near) if near else self._ask


legal_form = choice(load("choices")["legal_forms"], "unknown_legal_form")
incoterm = choice(
    {code: code for code in ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")}
    | {"CFR": "cfr, c&f, cnf"},
    "unknown_incoterm",
)

_LANGUAGES = choice(load("choices")["languages"], "unknown_language")


def language(text: str, context: Context) -> Outcome:
    """Languages as a list of ISO 639 codes."""
    codes: dict[object, None] = {}
    for part in re.split(r"[,;/\n&]|\bdan\b|\band\b", text):
        if not part.strip():
            continue
        outcome = _LANGUAGES(part, context)
        if not isinstance(outcome, Parsed):
            return outcome
        codes[outcome.value] = None
    return Parsed(list(codes))


size = choice(load("choices")["sizes"], "unknown_size")


def size_named(text: str) -> bool:
    """Whether a text is the name of a size and nothing else."""
    found = size(text, Context())
    return isinstance(found, Parsed) and found.reading is None


export_kind = choice(load("choices")["export_kinds"], "unknown_export_kind")

_WOMAN = frozenset(["p", "pr", "perempuan", "wanita", "f", "female", "woman", "women", "ibu"])
_MAN = frozenset(["l", "lk", "laki", "laki laki", "pria", "m", "male", "man", "men", "bapak"])
_DISABLED = re.compile(
    r"tuna ?(?:netra|rungu|wicara|daksa|grahita|laras|ganda)|difabel|disabilitas|netra|daksa|rungu|wicara|grahita|"
    r"disab(?:led|ility)|blind|deaf"
)
_SEX_ASK = Ask(
    "unknown_sex", pair("Tulis perempuan atau laki-laki (P/L).", "Write female or male (F/M, P/L).")
)


def sex(text: str, context: Context) -> Outcome:
    """Whether the owner is a woman: ``P`` and ``L`` as Indonesian lists write them, but ``P/W`` means pria."""
    key = fold(text)
    if key == "p" and {"p", "w"} <= set(fold(context.heading).split()):
        return Parsed(False, "pria")
    if key in _WOMAN or (key == "w" and context.heading):
        return Parsed(True)
    return Parsed(False) if key in _MAN else _SEX_ASK


def disability(text: str, context: Context) -> Outcome:
    """Whether the owner lives with a disability; which one is nobody's business and is not kept."""
    found = yes_no(text, context)
    if isinstance(found, Parsed):
        return Parsed(found.value)
    key = fold(text)
    if key.startswith(("non", "bukan", "tanpa", "normal")):
        return Parsed(False)
    return Parsed(True) if _DISABLED.search(key) else _YES_NO_ASK

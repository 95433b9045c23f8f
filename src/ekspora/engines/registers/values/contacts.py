"""What stands in the wrong column of contacts: a telephone under "Email", an account under "Website"."""

import re
from collections.abc import Mapping

from ekspora.engines.registers.values import phones, texts
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import clean

KEYS = frozenset({"phone", "email", "website"})
_BETWEEN = re.compile(r"^[\s,;:/|&()<>-]+|[\s,;:/|&()<>-]+$")
_MAIL_WORD = re.compile(r"\b(?:e-?mail|surel|mailto)\s*:", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"@[\w.]{3,40}|(?:instagram|ig|facebook|fb|tik ?tok|shopee|tokopedia|lazada|bukalapak|youtube|line|twitter)\b"
    r"[\s:/@-]+[^\s@][^@]{1,80}",
    re.IGNORECASE,
)


def elsewhere(key: str, text: str, own: Outcome | None, context: Context) -> Mapping[str, Outcome]:
    """What a cell of the field ``key`` (one of ``KEYS``) holds by field, where it is not of its own field alone:
    mail addresses, telephones, web addresses, accounts. Empty where it is, or where nothing of it is sure."""
    if not isinstance(own, Bad) and not (key == "phone" and "@" in text):
        return {}
    found: dict[str, Outcome] = {}
    mails = texts.MAIL.findall(text)
    if mails:
        read = texts.emails(" ".join(mails), context)
        if not isinstance(read, Parsed):
            return {}
        found["email"] = read
    rest = _BETWEEN.sub("", _MAIL_WORD.sub("", texts.MAIL.sub(" ; ", text)))
    if not rest:
        return found if key != "email" else {}
    for other, outcome in _readings(key, rest, context):
        if isinstance(outcome, Ask) or (isinstance(outcome, Parsed) and outcome.value):
            return found | {other: outcome}
    return {}


def _readings(key: str, text: str, context: Context) -> list[tuple[str, Outcome]]:
    """What a text can be, the own field first."""
    readings: list[tuple[str, Outcome]] = []
    if sum(map(str.isdigit, text)) > 4 and not re.search(r"[^\W\d_]{2,}\.[^\W\d_]{2,}", text):
        readings.append(("phone", phones.phones(text, context)))
    if key != "website" and re.match(r"https?://|www\.", text, re.IGNORECASE):
        readings.append(("website", texts.urls(text, context)))
    if _ACCOUNT.fullmatch(text):
        readings.append(("social", Parsed([clean(text)])))
    return readings

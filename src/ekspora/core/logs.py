"""Log lines without personal data: no link token, no address somebody typed, no email, no number of a person."""

import logging
import re
from typing import Any

_SECRETS = (
    (re.compile(r"(/l/|/calendar/|/board/)[^/\s\"']+"), r"\1…"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    # What a database says of the row it refused.
    (re.compile(r"^(DETAIL:|Failing row contains).*", re.MULTILINE), r"\1 …"),
    (re.compile(r"Key \([^()]*\)=\(.*\)(?= already exists| is (?:not|still))"), "Key …"),
    # Telephones, NIB, NIK and NPWP, however their digits are grouped; not a moment (2027-03-10 18:05:22).
    (re.compile(r"(?<!\d)(?!\d{4}-\d{2}-\d{2}\b)\+?\d(?:[ .()-]{0,2}\d){8,21}(?!\d)"), "…"),
)
# What an exception quotes is a value somebody gave; the line of the code beside it says which.
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_RAISED = re.compile(r"^[\w.]+(?:Error|Exception|Warning|Interrupt|DoesNotExist|Fault)\b.*", re.MULTILINE)


class Discreet(logging.Formatter):
    """Formats as usual, tracebacks included, and then blots out what could name a person or open a link."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        path = getattr(getattr(record, "request", None), "path", "")
        if path and path != "/":
            for written in (path, path.encode("unicode_escape").decode("ascii")):
                line = line.replace(written, _address(path))
        for secret, blot in _SECRETS:
            line = secret.sub(blot, line)
        return line

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging calls
        """The traceback with the values in its messages blotted out."""
        return _RAISED.sub(lambda raised: _QUOTED.sub("'…'", raised[0]), super().formatException(ei))


def _address(path: str) -> str:
    """The address as the site declares it, with the numbers of its records; what somebody typed is none of ours."""
    from django.urls import Resolver404, resolve  # logging is set up before the apps are

    try:
        match = resolve(path)
    except Resolver404:
        return "/…"
    numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(numbers.get(part[1], "…")), match.route)

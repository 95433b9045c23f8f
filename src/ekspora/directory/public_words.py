"""What guests read of what owners wrote: a telephone number in it is not given by having typed it there.

The consent says that guests see a number only when its owner agrees to that meeting by meeting.
"""

import re

GONE = "…"
_GAP = r"[ .()\-–]{0,2}"
# Mobile numbers as they are written in Indonesia, numbers with a country code, area codes in brackets, chat links.
_NUMBER = re.compile(
    rf"(?:https?://)?(?:wa\.me|api\.whatsapp\.com/send)/?[^\s,;]*"
    rf"|(?<![\d.,])(?:\+?62|0){_GAP}8(?:{_GAP}[1-9])(?:{_GAP}\d){{7,10}}(?!\d)"
    rf"|(?<!\d)\+\d(?:{_GAP}\d){{7,13}}(?!\d)"
    rf"|\(0\d{{2,3}}\){_GAP}\d(?:{_GAP}\d){{4,8}}(?!\d)"
)


def without_numbers(text: str) -> str:
    """The text with every telephone number replaced by "…"."""
    return _NUMBER.sub(GONE, text)

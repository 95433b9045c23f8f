"""Checking an NPWP or NIK without keeping it.

UU 27/2022 art. 16 (2) b-c wants personal data limited to their purpose, and the NPWP of a person is the NIK. The
register needs to know that there is a well-formed number and to recognise it when it is shown again: so the time of
the check and the last four digits are kept. A digest would be no better than the number: sixteen digits with a known
structure are guessed in minutes.
"""

from dataclasses import dataclass

from lokal import parse_nik, parse_npwp

KEPT = 4


@dataclass(frozen=True, slots=True)
class TaxNumber:
    """What is kept of a number: its end, and whether it is a person's NIK."""

    tail: str
    is_person: bool


def check(text: str) -> TaxNumber | None:
    """The number judged by its own rules (length, structure of a NIK); no authority is asked. None: not well formed."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if any(letter.isalpha() for letter in text) or len(digits) not in (15, 16) or not digits.strip("0"):
        return None
    person = len(digits) == 16 and bool(parse_nik(digits).valid)
    if person or parse_npwp(digits).valid:
        return TaxNumber(digits[-KEPT:], person)
    return None

"""What a language is called in Indonesian and English. The keys are any texts; codes such as ``fr`` get their name."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale


def language_names(code: str) -> Mapping[str, str]:
    """``fr`` → Prancis, French; what is no code stays as it is."""
    return {reader: str(Locale(reader).languages.get(code, code)) for reader in ("id", "en")}

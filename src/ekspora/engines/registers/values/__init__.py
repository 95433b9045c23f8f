"""Parsers: one cell's text into a value, a fault with its remedy, or a question for a person. None ever
raises."""

from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed, Parser

__all__ = ["Ask", "Bad", "Context", "Outcome", "Parsed", "Parser"]

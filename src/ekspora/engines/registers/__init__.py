"""Reads any register of businesses or representatives and says what it understood.

``read_source`` finds the table in a file, ``understand`` reads its rows, ``report`` is the report of the
command line, ``template`` an empty register to fill in, ``corrections`` the bad rows to correct. Nothing
here writes anything; see ``docs/engines/registers.md``.
"""

from ekspora.engines.registers.errors import RegisterError, Text
from ekspora.engines.registers.fields import Field, Schema, schema, schemas
from ekspora.engines.registers.limits import MAX_BYTES
from ekspora.engines.registers.mapping import Ambiguity, Proposal, propose
from ekspora.engines.registers.records import Record, Records
from ekspora.engines.registers.report import report
from ekspora.engines.registers.sheet import Sheet
from ekspora.engines.registers.source import read_source
from ekspora.engines.registers.understanding import Issue, Reading, Understanding, understand
from ekspora.engines.registers.values.sectors import SECTORS, Sector
from ekspora.engines.registers.workbooks import corrections, template

__all__ = [
    "MAX_BYTES",
    "SECTORS",
    "Ambiguity",
    "Field",
    "Issue",
    "Proposal",
    "Reading",
    "Record",
    "Records",
    "RegisterError",
    "Schema",
    "Sector",
    "Sheet",
    "Text",
    "Understanding",
    "corrections",
    "propose",
    "read_source",
    "report",
    "schema",
    "schemas",
    "template",
    "understand",
]

"""The report of the command line, exactly as its format says."""

from typing import Any

from ekspora.engines.registers.understanding import Understanding


def report(understanding: Understanding) -> dict[str, Any]:
    """What was understood, ready for JSON. ``rows`` = ``good`` + ``bad_rows`` + ``blank``."""
    sheet = understanding.sheet
    return {
        "file": sheet.file,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "mapping": understanding.mapping,
        "rows": understanding.rows,
        "blank": understanding.blank,
        "good": understanding.good,
        "bad_rows": understanding.bad_rows,
        "bad": [issue.as_dict() for issue in understanding.bad],
        "ask": [issue.as_dict() for issue in understanding.ask],
        "duplicates": understanding.duplicates,
    }

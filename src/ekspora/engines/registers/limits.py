"""How large a register may be, and the refusals of larger ones."""

from ekspora.engines.registers.errors import RegisterError

MAX_BYTES = 64 * 1024 * 1024
MAX_COLUMNS = 200
MAX_ROWS = 250_000
MAX_CELL = 32_767


def too_many_rows(file: str) -> RegisterError:
    """The refusal of a file with more rows than can be imported at once."""
    return RegisterError(
        "too_many_rows",
        f"{file}: lebih dari {MAX_ROWS} baris. Bagi menjadi beberapa berkas.",
        f"{file}: more than {MAX_ROWS} rows. Split it into several files.",
    )


def too_many_columns(file: str, columns: int) -> RegisterError:
    """The refusal of a table with more columns than a register has."""
    return RegisterError(
        "too_many_columns",
        f"{file}: {columns} kolom, paling banyak {MAX_COLUMNS}. Hapus kolom yang tidak perlu.",
        f"{file}: {columns} columns, at most {MAX_COLUMNS}. Remove the columns that are not needed.",
    )

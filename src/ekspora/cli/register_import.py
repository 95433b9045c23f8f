"""``ekspora import FILE --as KIND``: what is understood of a register, as one JSON object, and later its
import."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from ekspora.engines.registers import (
    MAX_BYTES,
    RegisterError,
    Understanding,
    read_source,
    report,
    schemas,
    understand,
)

BAD_INPUT = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", type=Path, help="XLSX, XLS, ODS, CSV, TSV or JSON")
    parser.add_argument("--as", dest="as_", required=True, choices=tuple(schemas()), help="what the rows are")
    parser.add_argument("--dry-run", action="store_true", help="say what was understood, write nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("-o", "--output", type=Path, help="write the report here instead of to the terminal")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the file could be read, however many rows are bad; 2 for bad input, said on stderr."""
    try:
        understanding = understand(read_source(_bytes(args.file), args.file.name), args.as_)
        if not args.dry_run:
            return write(understanding, args)
    except RegisterError as error:
        print(f"ekspora import: {error.text['en']}\n{error.text['id']}", file=sys.stderr)
        return BAD_INPUT
    _print(understanding, args)
    return 0


def write(understanding: Understanding, args: argparse.Namespace) -> int:
    """Writes the good rows into the directory. Not available without the directory: says so and exits with
    2."""
    print(
        "ekspora import: writing from the command line is not "
        "available; use --dry-run to see what is understood, "
        "and import the file in the web interface.",
        file=sys.stderr,
    )
    return BAD_INPUT


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise RegisterError(
                "file_too_large",
                f"{path.name}: lebih dari {limit} MB. Bagi menjadi beberapa berkas.",
                f"{path.name}: larger than {limit} MB. Split it into several files.",
            )
        return path.read_bytes()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise RegisterError(
            "unreadable",
            f"{path}: tidak bisa dibuka ({why}). Periksa nama dan izinnya.",
            f"{path}: cannot be opened ({why}). Check its name and permissions.",
        ) from None


def _print(understanding: Understanding, args: argparse.Namespace) -> None:
    if args.json or args.output:
        _put(json.dumps(report(understanding), ensure_ascii=False, indent=1) + "\n", args.output)
        return
    u = understanding
    print(
        f"{u.sheet.file}: {u.rows} rows, {u.good} good, "
        f"{u.bad_rows} bad, {u.blank} blank, {len(u.ask)} to ask, "
        f"{len(u.duplicates)} duplicate clusters"
    )
    for issue in [*u.bad, *u.ask][:50]:
        print(f"  row {issue.row} {issue.field or ''}: {issue.value!r} {issue.code}. {issue.remedy['en']}")


def _put(text: str, output: Path | None) -> None:
    """To the terminal, or whole into a file or not at all."""
    if output is None:
        sys.stdout.write(text)
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=output.parent, delete=False) as draft:
        draft.write(text)
    os.replace(draft.name, output)

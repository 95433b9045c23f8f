"""``ekspora import FILE --as KIND``: what is understood of a register, and its import."""

import argparse
import json
import os
import sys
from pathlib import Path

from ekspora.cli.files import check_writable, complain, write_whole
from ekspora.engines.kernel.problems import BadInput
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
_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command. The limits all commands take are accepted: a register is read long
    before."""
    parser.add_argument("file", metavar="FILE", type=Path, help="XLSX, XLS, ODS, CSV, TSV or JSON")
    parser.add_argument("--as", dest="as_", required=True, choices=tuple(schemas()), help="what the rows are")
    parser.add_argument("--dry-run", action="store_true", help="say what was understood, write nothing")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report here, whole or not at all")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    for name, kind in (("--time-limit", float), ("--workers", int), ("--seed", int)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the file could be read, however many rows are bad; 2 for bad input, said on stderr."""
    try:
        if args.output:
            check_writable(args.output)
        understanding = understand(read_source(_bytes(args.file), args.file.name), args.as_)
        if not args.dry_run:
            return write(understanding, args)
        _tell(understanding, args)
    except RegisterError as error:
        print(f"ekspora import: {error.text['en']}\n{error.text['id']}", file=sys.stderr)
        return BAD_INPUT
    except BadInput as error:
        return complain(error)
    return 0


def write(understanding: Understanding, args: argparse.Namespace) -> int:
    """Writes the good rows into the directory. Not connected to the directory: says so and gives 2."""
    print(
        "ekspora import: writing from the command line is not available. Use --dry-run to see what is "
        "understood, and import the file in the web interface.",
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


def _tell(understanding: Understanding, args: argparse.Namespace) -> None:
    if args.json or args.output:
        text = json.dumps(report(understanding), ensure_ascii=False, indent=1) + "\n"
        if args.output:
            write_whole(args.output, text)
        else:
            sys.stdout.write(text)
        return
    u = understanding
    print(f"{u.sheet.file}: {u.rows} rows, {u.good} good, {u.bad_rows} bad, {u.blank} blank")
    print(f"{len(u.ask)} questions, {len(u.duplicates)} clusters of duplicates")
    for issue in [*u.bad, *u.ask][:_SHOWN]:
        print(f"  row {issue.row} {issue.field or ''}: {issue.value!r} {issue.code}. {issue.remedy['en']}")

"""``ekspora import FILE --as KIND``: what is understood of a register, and its import."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ekspora.cli.files import check_writable, complain, write_whole
from ekspora.engines.kernel.problems import BadInput
from ekspora.engines.registers import (
    MAX_BYTES,
    RegisterError,
    Sheet,
    Understanding,
    read_source,
    report,
    schema,
    schemas,
    understand,
)

if TYPE_CHECKING:
    from ekspora.core.models import Agency

BAD_INPUT = 2
_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command. The limits all commands take are accepted: a register is read long
    before."""
    parser.add_argument("file", metavar="FILE", type=Path, help="XLSX, XLS, ODS, CSV, TSV or JSON")
    parser.add_argument("--as", dest="as_", required=True, choices=tuple(schemas()), help="what the rows are")
    parser.add_argument(
        "--sheet", metavar="NAME", action="append", default=[],
        help="read this sheet of a workbook; several are read one after the other",
    )  # fmt: skip
    parser.add_argument(
        "--all-sheets", action="store_true", help="read all sheets of the shape of the register together"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what was understood, write nothing")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report here, whole or not at all")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--agency", metavar="NAME", help="whose list the rows go on; needed where there are several"
    )
    for name, kind in (("--time-limit", float), ("--workers", int), ("--seed", int)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the file could be read, however many rows are bad; 2 for bad input, said on stderr."""
    try:
        if args.output:
            check_writable(args.output)
        sheet = read_source(_bytes(args.file), args.file.name, args.sheet)
        if args.all_sheets and not args.sheet and sheet.alike:
            args.sheet = sheet.alike
            sheet = read_source(_bytes(args.file), args.file.name, args.sheet)
        _tell_of_others(sheet)
        understanding = understand(sheet, args.as_)
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
    """Writes the good rows into the directory and prints the report; what was written is said on stderr."""
    from ekspora.cli import site

    site.ready()
    if problem := site.missing():
        return _refuse(problem)
    from ekspora.directory.services.importing import bring

    agency = _agency(args.agency)
    if isinstance(agency, str):
        return _refuse(agency)
    source, held = bring(
        agency=agency, kind=understanding.as_, file_name=args.file.name, data=_bytes(args.file),
        sheets=args.sheet,
    )  # fmt: skip
    _tell(held, args)
    for kind, counts in source.result["counts"].items():
        told = ", ".join(f"{number} {effect}" for effect, number in counts.items())
        print(f"{kind.partition('.')[2]}: {told}", file=sys.stderr)
    return 0


def _agency(name: str | None) -> "Agency | str":
    """The agency of this name or short name, the only one when none is named, or what to do instead."""
    from django.db.models import Q

    from ekspora.core.models import Agency

    wanted = Q(name__iexact=name) | Q(short_name__iexact=name) if name else Q()
    found = list(Agency.objects.filter(wanted)[:2])
    if len(found) == 1:
        return found[0]
    known = "; ".join(Agency.objects.values_list("short_name", flat=True)[:20]) or "none yet"
    return f"Say with --agency whose list the rows go on. Agencies: {known}."


def _refuse(problem: str) -> int:
    print(f"ekspora import: {problem}", file=sys.stderr)
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


def _tell_of_others(sheet: Sheet) -> None:
    """Nobody should believe that all was read where another sheet holds a table too."""
    alike = [name for name in sheet.others if name in sheet.alike]
    for names, remedy in (
        (alike, "These sheets have the same shape and were not read; --all-sheets reads them together"),
        (
            [n for n in sheet.others if n not in alike],
            "These sheets hold a table too; --sheet NAME reads one",
        ),
    ):
        if names:
            print(f"ekspora import: {remedy}: {', '.join(names)}", file=sys.stderr)


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
    for key in u.missing:
        label = schema(u.as_).by_key[key].label
        print(f"  No column is {label['en']}, so every row lacks it. Is this the right sheet?")
        print(f"  Tidak ada kolom {label['id']}; semua baris kekurangan itu. Apakah ini lembar yang benar?")
    for issue in [*u.faults, *u.ask][:_SHOWN]:
        print(f"  row {issue.row} {issue.field or ''}: {issue.value!r} {issue.code}. {issue.remedy['en']}")

"""The ``ekspora`` command. Each subcommand is a module of its own, imported only when it is called.

A subcommand module has ``add_arguments(parser)`` and ``run(args) -> int`` (the exit code). Exit codes of all of
them: 0 done, 2 bad input (nothing written), 3 proven infeasible, 4 unknown, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

# name: (module, one line of help)
COMMANDS = {
    "demo": ("ekspora.cli.demo", "build the demonstration and print a sign-in link for each role"),
    "serve": ("ekspora.cli.serve", "serve the site and do its background work"),
    "worker": ("ekspora.cli.worker", "do background work only, beside ekspora serve --no-worker"),
    "officer": ("ekspora.cli.officer", "make an officer of an agency and print their sign-in link"),
    "audit": ("ekspora.cli.audit", "verify that the audit trail was not changed"),
    "tidy": ("ekspora.cli.tidy", "remove what was kept long enough, such as uploaded files"),
    "import": ("ekspora.cli.register_import", "read a register and say what was understood, then write it"),
    "schedule": ("ekspora.cli.schedule", "make the timetable of one-on-one meetings, with a proven bound"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(
        prog="ekspora", description="Runs export-promotion programmes: from open call to paid export."
    )
    subparsers = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in given if not word.startswith("-")), None)
    for name, (module, summary) in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
        )
        if name == wanted:
            command = importlib.import_module(module)
            command.add_arguments(subparser)
            subparser.set_defaults(run=command.run)
    args = parser.parse_args(given)
    return int(args.run(args))

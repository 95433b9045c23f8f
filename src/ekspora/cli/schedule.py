"""``ekspora schedule INSTANCE.json``: the timetable of one-on-one meetings (format 1, see docs/formats)."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from types import FrameType
from typing import Any

from ekspora.cli.files import check_writable, complain, read_json, write_whole
from ekspora.engines.meetings import BadInput, Instance, Progress, Result, parse_instance, parse_result, solve

EXIT = {"optimal": 0, "feasible": 0, "infeasible": 3, "unknown": 4}
STOPPED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the contract."""
    parser.add_argument("instance", metavar="INSTANCE.json", help="what is asked for")
    parser.add_argument(
        "--previous", metavar="RESULT.json", help="the published timetable: move as little as possible"
    )
    parser.add_argument(
        "--now", metavar="SLOT", type=int, help="earlier slots are over; what was held there stays"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write the result here, whole or not at all")
    parser.add_argument("--time-limit", metavar="S", type=_seconds, default=60.0, help="seconds (default 60)")
    parser.add_argument("--workers", metavar="N", type=_positive, help="processes (default: cores)")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="for ties and search (default 0)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(args: argparse.Namespace) -> int:
    """Read, solve, write; the exit code."""
    stop = _Stop()
    earlier = signal.signal(signal.SIGINT, stop.ask)
    try:
        instance = parse_instance(read_json(args.instance))
        previous = parse_result(read_json(args.previous)) if args.previous else None
        if args.output:
            check_writable(args.output)
        result = solve(
            instance,
            time_limit=args.time_limit,
            workers=args.workers,
            seed=args.seed,
            previous=previous,
            now=args.now,
            on_progress=stop.progress,
        )
        _deliver(args, instance, result)
    except BadInput as error:
        return complain(error)
    except KeyboardInterrupt:
        return STOPPED
    finally:
        signal.signal(signal.SIGINT, earlier)
    return STOPPED if stop.asked else EXIT[result.status]


class _Stop:
    """The first Ctrl-C asks the search to end and keep its best; the second ends the command."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, number: int, frame: FrameType | None) -> None:
        """The handler of the signal."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def progress(self, progress: Progress) -> bool:
        """Whether to go on."""
        return not self.asked


def _deliver(args: argparse.Namespace, instance: Instance, result: Result) -> None:
    as_json = json.dumps(result.to_json(), ensure_ascii=False, indent=1) + "\n"
    if args.output:
        write_whole(args.output, as_json)
    if args.json:
        sys.stdout.write(as_json)
    else:
        print(summary(instance, result))


def summary(instance: Instance, result: Result) -> str:
    """The result in a few lines."""
    if result.status == "infeasible":
        return f"Infeasible (proven): {result.conflict.text['en'] if result.conflict else ''}"
    if result.status == "unknown":
        return f"Unknown: no timetable found and none excluded in {result.seconds:.1f} s."
    lines = [
        f"{result.status}: {len(result.meetings)} of {len(instance.requests)} meetings in {result.seconds:.1f} s",
        _figure("weight", result.weight, result.weight_bound, result.proven.weight),
        _figure("breaks", result.breaks, result.breaks_bound, result.proven.breaks),
    ]
    if result.moved is not None:
        lines.append(_figure("moved", result.moved, result.moved_bound, result.proven.moved))
    return "\n".join(lines)


def _figure(name: str, value: int, bound: Any, proven: bool) -> str:
    return f"{name} {value}, " + ("proven best" if proven else f"bound {bound}")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return value


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)

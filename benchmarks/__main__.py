"""Run the benchmarks of one room, or of every room that has some."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """``python -m benchmarks [room …] [--option …]``: each room in a process of its own, so that memory is its own.

    Options go to every room that was named: ``make bench ROOM="floor --minutes 1"``.
    """
    here = Path(__file__).parent
    rooms = sorted(path.parent.name for path in here.glob("*/__main__.py"))
    words = sys.argv[1:]
    first = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    wanted, options = words[:first] or rooms, words[first:]
    unknown = [room for room in wanted if room not in rooms]
    if unknown:
        sys.stderr.write(f"No benchmark for {', '.join(unknown)}; there are: {', '.join(rooms)}\n")
        return 2
    status = 0
    for room in wanted:
        sys.stdout.write(f"\n== {room}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"benchmarks.{room}", *options]
        status = subprocess.run(command, check=False).returncode or status
    return status


if __name__ == "__main__":
    sys.exit(main())

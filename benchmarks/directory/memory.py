"""The most memory that importing a long register takes, in a process of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = int(os.environ.get("BENCH_MEMORY", "100000"))

_MAKE = """
import sys
from pathlib import Path
from benchmarks.directory.__main__ import register
Path(sys.argv[1]).write_bytes(register(int(sys.argv[2])))
"""
_IMPORT = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from ekspora.core.models import Agency
from ekspora.directory.models import Business
from ekspora.directory.services import importing
agency = Agency.objects.create(kind="office", name="Dinas", short_name="Dinas")
begun = time.process_time()
importing.bring(agency=agency, kind="businesses", file_name="umkm.xlsx", data=Path(sys.argv[1]).read_bytes())
# What getrusage tells begins with the memory of who started the process.
most = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
taken = time.process_time() - begun
print(f"{Business.objects.count():,} businesses, {most:.0f} MB at most (aim 500), {taken:.0f} CPU s")
"""


def run() -> str:
    """A line with the peak of the process's memory."""
    with tempfile.TemporaryDirectory(prefix="ekspora-bench") as home:
        file = Path(home) / "umkm.xlsx"
        environment = {**os.environ, "EKSPORA_HOME": home, "DJANGO_SETTINGS_MODULE": "ekspora.settings"}
        subprocess.run([sys.executable, "-c", _MAKE, str(file), str(ROWS)], env=environment, check=True)
        command = [sys.executable, "-c", _IMPORT, str(file)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return f"memory, importing {ROWS:,} rows: {done.stdout.strip()}"

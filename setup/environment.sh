#!/bin/sh
# Makes the virtual environment $1 with exactly the packages of the lock file $2. Needs Python 3.11 or newer.
set -eu
venv=$1
lock=$2

find_python() {
  for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || continue
    command -v "$name"
    return
  done
  echo "Python 3.11 to 3.14 was not found." >&2
  echo "Debian and Ubuntu: sudo apt install python3 python3-venv    macOS: brew install python@3.12" >&2
  exit 1
}

if [ ! -x "$venv/bin/python" ]; then
  python=$(find_python)
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python's venv module is missing. Debian and Ubuntu: sudo apt install python$version-venv" >&2
    exit 1
  fi
  echo "Making the environment in $venv; the first time this takes one to two minutes ..."
  "$python" -m venv "$venv"
fi
echo "Installing the packages of $lock ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

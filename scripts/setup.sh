#!/usr/bin/env bash
# Makes .venv hold exactly the pinned packages of one list: base (to run) or dev (to test and check).
set -euo pipefail
cd "$(dirname "$0")/.."
list="${1:-base}"

say() { printf '%s\n' "$*" >&2; }
sum() { sha256sum "requirements/$1.txt" | cut -d' ' -f1; }
holds() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.holds-$1" 2>/dev/null)" = "$(sum "$1")" ]; }

# The list for tests contains the list to run, so either stamp will do for base.
if holds "$list" || { [ "$list" = base ] && holds dev; }; then exit 0; fi

find_python() {
  local name
  for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"; return
    fi
  done
}

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python="$(find_python)"
  if [ -z "$python" ]; then
    say "Madang needs Python 3.11 or newer; found: $(python3 --version 2>&1 || echo none)."
    say "On Debian 12 or Ubuntu 24.04:   sudo apt-get install python3 python3-venv"
    say "On Ubuntu 22.04:                sudo apt-get install python3.11 python3.11-venv"
    say "Or name one yourself:           make setup PYTHON=/path/to/python3"
    exit 1
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    say "$python cannot make a virtual environment. Install the missing part and try again:"
    say "    sudo apt-get install python3-venv      (or python$version-venv)"
    exit 1
  fi
  say "Making .venv with $("$python" --version) …"
  rm -rf .venv
  "$python" -m venv .venv
fi

if ! cmp -s requirements/uv.txt .venv/.uv.txt; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/uv.txt
  cp requirements/uv.txt .venv/.uv.txt
fi
say "Installing the packages of requirements/$list.txt …"
export VIRTUAL_ENV="$PWD/.venv" UV_PYTHON_DOWNLOADS=never
.venv/bin/uv pip sync --quiet --require-hashes "requirements/$list.txt"
rm -f .venv/.holds-*
sum "$list" > ".venv/.holds-$list"
say "Ready."

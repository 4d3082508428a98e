#!/usr/bin/env bash
# Prepares the demo town in $MADANG_VAR (kept when it is there) and opens it on the given port.
set -euo pipefail
cd "$(dirname "$0")/.."
port="${1:-8000}"
python=.venv/bin/python
unset DATABASE_URL  # the demo is always one SQLite file
export MADANG_SQLITE_SYNC="${MADANG_SQLITE_SYNC:-NORMAL}"

mkdir -p "$MADANG_VAR"
$python scripts/messages.py compile
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
$python manage.py collectstatic --noinput --verbosity 0
$python manage.py seed_demo
exec $python manage.py serve --port "$port"

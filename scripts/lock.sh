#!/usr/bin/env bash
# Pins requirements/*.in with hashes. No address of any package index is written down.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for list in uv base dev; do
  extra=()
  [ "$list" = dev ] && extra=(--constraint base.txt)
  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-annotate --no-emit-index-url --no-header "${extra[@]}" "$@" "$list.in" --output-file "$list.txt"
done
grep -nE 'https?://' -- *.txt && { echo "A lock file names an address." >&2; exit 1; }
echo "Pinned. Look at the difference, then make test."

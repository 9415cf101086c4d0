#!/usr/bin/env bash
# What must pass before a change is merged. Stops at the first thing that fails.
set -euo pipefail
cd "$(dirname "$0")/.."

bash Scripts/deps.sh test

echo "== format"
swift format lint --strict --parallel --recursive Package.swift Sources Tests

echo "== build without warnings"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --build-tests 2>&1 | tee "$log"
if grep -E "^($PWD/(Sources|Tests)/|macro expansion).*: warning:" "$log" | sort -u | grep .; then
  echo "There are warnings." >&2
  exit 1
fi

bash Scripts/test.sh

echo "== breakages still apply"
python3 Scripts/breakages.py --check

echo "== generated files"
python3 Scripts/features.py --check

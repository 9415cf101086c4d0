#!/usr/bin/env bash
# Makes .build-python/, the Python that drives Ward from outside in tests and benchmarks; quick when it is up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=$(cat Tests/System/requirements.txt; python3 --version)
if [ -x .build-python/bin/python ] && [ "$(cat .build-python/wanted 2>/dev/null)" = "$wanted" ]; then exit 0; fi
echo "python: installing $(grep -c '^[a-z]' Tests/System/requirements.txt) packages into .build-python/"
rm -rf .build-python
python3 -m venv .build-python
.build-python/bin/python -m pip install --quiet --disable-pip-version-check --retries 5 -r Tests/System/requirements.txt
printf '%s\n' "$wanted" >.build-python/wanted

#!/usr/bin/env bash
# Unpacks Debian's Express, node-pg and ws into Benchmarks/.build-peers/, and python-socketio into a Python of its own
# beside them, without installing anything and without touching the node that is installed: Debian's packages want
# Debian's node, their files do not care.
set -euo pipefail
cd "$(dirname "$0")"

peers=$PWD/.build-peers
wanted="express pg ws python-socketio"
if [ "$(cat "$peers/done" 2>/dev/null)" = "$wanted" ]; then exit 0; fi
echo "peers: fetching Express, node-pg and ws from Debian, python-socketio from PyPI"
rm -rf "$peers"
mkdir -p "$peers/debs"
if ! apt-cache show node-express >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then apt-get -q update >/dev/null; else sudo apt-get -q update >/dev/null; fi
fi
packages=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
  --no-enhances node-express node-pg | grep -E '^(node-|libpq5$)' | sort -u | grep -vE '^node-(undici|babel.*|caniuse-lite|core-js.*)$')
# apt's own download user may not enter a folder above this one.
(cd "$peers/debs" && apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=3 download node-ws $packages >"$peers/log" 2>&1) \
  || { tail -n 5 "$peers/log" >&2; exit 1; }
for package in "$peers"/debs/*.deb; do dpkg -x "$package" "$peers/root"; done
rm -rf "$peers/debs"
python3 -m venv "$peers/python"
"$peers/python/bin/python" -m pip install --quiet --disable-pip-version-check --retries 5 \
  -r sockets/requirements.txt
printf '%s' "$wanted" >"$peers/done"

#!/usr/bin/env bash
# All tests: Swift's against a throw-away PostgreSQL, the console's in node, the whole program's from outside.
# Everything runs even if something before it failed; the last lines say how each went.
#   Scripts/test.sh [swift|console|system]   one kind alone
set -uo pipefail
cd "$(dirname "$0")/.."
only=${1:-}

. Scripts/test-server.sh
. Scripts/test-broker.sh
summary=()
failed=0
output=$(mktemp)
trap 'stop_test_server; stop_test_broker; rm -f "$output"' EXIT
trap 'exit 130' INT TERM

# record <name> <pattern of the line that sums up> <command…>
record() {
  local name=$1 pattern=$2 status line
  shift 2
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$output"
  status=${PIPESTATUS[0]}
  line=$(grep -E -- "$pattern" "$output" | tail -n 1)
  if [ "$status" != 0 ]; then
    failed=1
    line="FAILED (exit $status) ${line:-$(tail -n 1 "$output")}"
    # What to look for in a long log: swift's, node's and pytest's words for a test that failed.
    line+=$(grep -E -- 'recorded an issue|^not ok|^(FAILED|ERROR) ' "$output" | head -n 20 | sed 's/^/\n  /')
  fi
  summary+=("$name: ${line:-passed}")
  return "$status"
}

swift_tests() {
  start_test_server || { summary+=("swift: FAILED, no test server"); failed=1; return; }
  start_test_broker || { summary+=("swift: FAILED, no test broker"); failed=1; return; }
  record "swift test" '^[^a-zA-Z]*Test run with' swift test
  stop_test_broker
}

console_tests() {
  local files
  mapfile -t files < <(find Tests/Console -name '*.test.*js' | sort)
  if [ ${#files[@]} = 0 ]; then summary+=("node: no tests in Tests/Console"); return; fi
  if ! command -v node >/dev/null; then summary+=("node: not installed, ${#files[@]} console test files not run"); return; fi
  record "node --test" '^(#|ℹ) pass [0-9]+' node --test "${files[@]}"
}

system_tests() {
  record "build" 'Build.*complete|Compiling|error:' swift build --product ward || return
  record "python" . bash Scripts/python.sh || return
  export WARD_BINARY="$PWD/.build/debug/ward"
  # Two at a time, since most wait more than they work (conftest.py: what may run beside what); then those that measure.
  local ends=' (passed|failed|error)|no tests ran' pytest=(.build-python/bin/python -m pytest Tests/System -q)
  record "pytest, two at a time" "$ends" "${pytest[@]}" -n 2 -m "not alone"
  record "pytest, alone" "$ends" "${pytest[@]}" -m alone
}

case "$only" in
  "") swift_tests; console_tests; system_tests ;;
  swift) swift_tests ;;
  console) console_tests ;;
  system) start_test_server && system_tests ;;
  *) echo "unknown kind of tests: $only" >&2; exit 2 ;;
esac

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"

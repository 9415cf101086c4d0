# To be sourced: start_test_server starts a throw-away PostgreSQL, stop_test_server ends and removes it.
# It listens on a socket in a folder of its own only, keeps nothing (fsync off), and never touches another server.
# Sets WARD_TEST_DATABASE_URL (a superuser's) and TEST_SERVER_FOLDER.

start_test_server() {
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$bin" ]; then bin=$(dirname "$(command -v initdb)"); fi
  TEST_SERVER_FOLDER=$(mktemp -d /tmp/ward-tests-XXXXXX)
  TEST_SERVER_BIN=$bin
  # PostgreSQL refuses to run as root.
  as_server=()
  if [ "$(id -u)" = 0 ]; then
    as_server=(runuser -u "$(id -un postgres 2>/dev/null || echo nobody)" --)
    chown "$(id -un postgres 2>/dev/null || echo nobody)" "$TEST_SERVER_FOLDER"
  fi
  if ! (cd / && "${as_server[@]}" "$bin/initdb" -D "$TEST_SERVER_FOLDER/data" -U postgres -A trust -E UTF8 \
    --locale=C.UTF-8 --no-sync --no-instructions && "${as_server[@]}" "$bin/pg_ctl" -D "$TEST_SERVER_FOLDER/data" -s -w \
    -l "$TEST_SERVER_FOLDER/server.log" start -o "-c listen_addresses='' -c unix_socket_directories=$TEST_SERVER_FOLDER \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c jit=off -c timezone=UTC") \
    >"/tmp/ward-tests-$$.log" 2>&1; then
    cat "/tmp/ward-tests-$$.log" "$TEST_SERVER_FOLDER/server.log" >&2
    rm -f "/tmp/ward-tests-$$.log"
    return 1
  fi
  rm -f "/tmp/ward-tests-$$.log"
  export WARD_TEST_DATABASE_URL="postgresql://postgres@/postgres?host=$TEST_SERVER_FOLDER"
}

stop_test_server() {
  if [ -z "${TEST_SERVER_FOLDER:-}" ]; then return; fi
  (cd / && "${as_server[@]}" "$TEST_SERVER_BIN/pg_ctl" -D "$TEST_SERVER_FOLDER/data" -s -m immediate stop) || true
  rm -rf "$TEST_SERVER_FOLDER"
  TEST_SERVER_FOLDER=
}

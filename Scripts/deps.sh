#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are missing, and nothing else.
#   Scripts/deps.sh run     what building and running Ward needs (default)
#   Scripts/deps.sh test    that, and what the tests need
#   Scripts/deps.sh bench   that of run, and what the benchmarks need
# Works as root and, with sudo, as anybody. When all is there it asks nobody and takes no time.
set -euo pipefail

mode=${1:-run}
oldest_postgres=15
oldest_swift=6.2

say() { printf '%s\n' "deps: $*"; }
fail() { printf '%s\n' "deps: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The newest PostgreSQL server that is installed, as its major version; 0 when there is none.
installed_postgres() {
  local newest=0 program major
  for program in /usr/lib/postgresql/*/bin/initdb; do
    [ -x "$program" ] || continue
    major=${program#/usr/lib/postgresql/}
    major=${major%%/*}
    if [ "$major" -gt "$newest" ]; then newest=$major; fi
  done
  if [ "$newest" = 0 ] && have initdb; then newest=$(initdb --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'); fi
  printf '%s\n' "$newest"
}

header() { # header <package> <file under include>: the package when its header is nowhere
  local folder
  for folder in /usr/include /usr/local/include "/usr/include/$(uname -m)-linux-gnu" /usr/include/postgresql; do
    if [ -e "$folder/$2" ]; then return; fi
  done
  missing+=("$1")
}

command_of() { # command_of <package> <command>…: the package when none of the commands is there
  local package=$1 name
  shift
  for name in "$@"; do if have "$name"; then return; fi; done
  missing+=("$package")
}

missing=()
case "$mode" in run | test | bench) ;; *) fail "unknown mode '$mode' (run, test or bench)" ;; esac

command_of pkg-config pkg-config pkgconf
header libpq-dev libpq-fe.h
header libargon2-dev argon2.h
header libcrypt-dev crypt.h
header zlib1g-dev zlib.h
header libcurl4-openssl-dev curl/curl.h
header librabbitmq-dev amqp.h
header libhiredis-dev hiredis/hiredis.h
header libical-dev libical/ical.h
if [ "$(installed_postgres)" -lt "$oldest_postgres" ]; then missing+=(postgresql); fi
if [ "$mode" != run ]; then
  command_of python3 python3
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then missing+=(python3-venv); fi
fi
if [ "$mode" = test ]; then
  if grep -qx 'ID=debian' /etc/os-release; then command_of chromium-headless-shell chromium-headless-shell
  else command_of chromium chromium-headless-shell chromium chromium-browser google-chrome
  fi
  command_of node-typescript tsc
  command_of slowhttptest slowhttptest
  command_of faketime faketime
  if [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then missing+=(rabbitmq-server); fi
  command_of redis-server redis-server
fi
if [ "$mode" = bench ]; then
  command_of wrk wrk
  command_of slowhttptest slowhttptest
  command_of nodejs node
  command_of redis-server redis-server
fi

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else fail "to install packages this must run as root or with sudo: apt-get install ${missing[*]}"
  fi
}

apt() {
  local attempt
  for attempt in 1 2 3; do
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" \
      >"$log" 2>&1; then return; fi
    say "apt-get $1 failed (attempt $attempt of 3)"
  done
  tail -n 20 "$log" >&2
  fail "apt-get $* failed three times"
}

# A server of the system's own would take the memory and the port of nobody's use: Ward runs its private one.
no_system_server() {
  if dpkg-query -W -f='${Status}' postgresql-common 2>/dev/null | grep -q 'install ok installed'; then return; fi
  say "installing postgresql-common, told to start no server of the system's own"
  apt install --no-install-recommends postgresql-common
  printf '%s\n' '# Written by Ward (Scripts/deps.sh).' 'create_main_cluster = false' \
    | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
}

# Keeps packages from starting their services while it is in force; a policy that somebody else set is left alone.
policy=/usr/sbin/policy-rc.d
no_services() {
  if [ -e "$policy" ]; then return; fi
  printf '%s\n' '#!/bin/sh' '# Written by Ward (Scripts/deps.sh) for the time of an installation.' 'exit 101' \
    | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  wrote_policy=yes
}
services_again() {
  if [ "$wrote_policy" = yes ]; then as_root rm -f "$policy"; fi
  wrote_policy=no
}

# RabbitMQ's own service would start with the machine: the tests start private ones.
no_system_broker() {
  if [ -d /run/systemd/system ]; then as_root systemctl disable --now rabbitmq-server >/dev/null 2>&1 || true; fi
  if have epmd; then as_root epmd -kill >/dev/null 2>&1 || true; fi
}

# Nor does Redis' own: whoever wants one names it in WARD_REDIS_URL.
no_system_redis() {
  if [ -d /run/systemd/system ]; then as_root systemctl disable --now redis-server >/dev/null 2>&1 || true; fi
}

if [ ${#missing[@]} -gt 0 ]; then
  have apt-get || fail "this system has no apt-get; please install what corresponds to: ${missing[*]}"
  log=$(mktemp)
  wrote_policy=no
  trap 'rm -f "$log"; services_again' EXIT
  say "missing: ${missing[*]}; reading the package lists"
  apt update
  case " ${missing[*]} " in *" postgresql "*) no_system_server ;; esac
  case " ${missing[*]} " in *" rabbitmq-server "* | *" redis-server "*) no_services ;; esac
  say "installing ${missing[*]}"
  apt install --no-install-recommends "${missing[@]}"
  services_again
  case " ${missing[*]} " in *" rabbitmq-server "*) no_system_broker ;; esac
  case " ${missing[*]} " in *" redis-server "*) no_system_redis ;; esac
  now=$(installed_postgres)
  if [ "$now" -lt "$oldest_postgres" ]; then
    fail "this release has PostgreSQL $now only and Ward needs $oldest_postgres: see https://www.postgresql.org/download/linux/"
  fi
  say "installed ${missing[*]}"
fi

have swift || fail "there is no Swift toolchain; install $oldest_swift or newer from https://www.swift.org/install/linux/"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n' "$oldest_swift" "${version:-0}" | sort -V | head -n 1)" != "$oldest_swift" ]; then
  fail "Swift ${version:-of unknown version} is too old; $oldest_swift or newer is needed (https://www.swift.org/install/linux/)"
fi
say "all that '$mode' needs is there (Swift $version, PostgreSQL $(installed_postgres))"

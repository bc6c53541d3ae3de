# Sourced by deploy/run and tests/run: where the project is, what it says, what it installs, how it builds.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What it takes to build and to try the server.
build_packages=(g++ cmake ninja-build ccache libboost1.81-dev rapidjson-dev libssl-dev libsimdjson-dev libutf8proc-dev curl)

say() {
  printf '\n== %s\n' "$*"
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "installing packages takes root: run this as root, install sudo, or have an administrator install: ${missing[*]}"
  fi
}

# Installs those of the named Debian packages that are not there; asks for nothing when all are.
install_packages() {
  local package
  missing=()
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this is not Debian: install by hand what corresponds to $* and build with cmake --preset release"
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq ||
    fail "apt-get update failed: check the network and /etc/apt/sources.list"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install ${missing[*]}: these names are those of Debian 12"
}

# Compilers to run at once: one a processor, but no more than memory allows (Beast takes 1.5 GB, sanitised 2.7 GB).
jobs_for() {
  local gigabytes_each=$1 available jobs
  jobs=$(nproc)
  available=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null)
  if [ -n "$available" ] && [ "$((available / gigabytes_each))" -lt "$jobs" ]; then
    jobs=$((available / gigabytes_each))
  fi
  echo $((jobs > 0 ? jobs : 1))
}

# build PRESET [cmake cache options]: configures and builds build/PRESET; true when that succeeded.
build() {
  local preset=$1 gigabytes_each=2
  shift
  case $preset in asan | tsan | fuzz) gigabytes_each=3 ;; esac
  [ -w "${HOME:-/nonexistent}" ] || export CCACHE_DIR=${CCACHE_DIR:-$root/build/ccache}
  say "Building build/$preset"
  (cd "$root" && cmake --preset "$preset" --log-level=WARNING "$@" &&
    cmake --build --preset "$preset" --parallel "$(jobs_for $gigabytes_each)")
}

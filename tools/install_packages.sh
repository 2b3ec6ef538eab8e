#!/usr/bin/env bash
# Installs what a build needs on Debian 12, and nothing that is there already. As root, or with sudo.
#   tools/install_packages.sh         what ./run needs
#   tools/install_packages.sh test    and what ./test needs
set -euo pipefail
cd "$(dirname "$0")/.."

build="g++ cmake ninja-build ccache mold pkg-config ca-certificates
 libzip-dev libexpat1-dev libxlsxwriter-dev libpugixml-dev nlohmann-json3-dev libyaml-cpp-dev libicu-dev libfmt-dev
 libsqlite3-dev libeigen3-dev liblemon-dev libboost-dev libcli11-dev libssl-dev libsodium-dev zlib1g-dev
 prometheus-cpp-dev"
tests="doctest-dev librapidcheck-dev libbenchmark-dev python3 git clang-16 libclang-rt-16-dev chromium
 dpkg-dev file"

wanted=$build
[ "${1:-}" = test ] && wanted="$build $tests"

missing=()
for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
# Any npm will do for two packages without scripts; Debian's own is used where there is none.
command -v npm >/dev/null || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Packages are missing: ${missing[*]}. Run this as root." >&2; exit 3; }
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# What npm brings comes by lock file; what lies in node_modules is right while it matches the lock. Debian's npm runs on
# node 18 and leaves out optional packages that want a newer one: those that the build needs stand in package.json by name.
npm_packages() {  # FOLDER WHAT
    local lock=$1/package-lock.json stamp=$1/node_modules/.installed
    cmp -s "$lock" "$stamp" && return
    echo "Installing $2 from npm"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$lock" "$stamp"
}
npm_packages third_party/duckdb DuckDB
npm_packages web "the packages of the pages"

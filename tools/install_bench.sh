#!/usr/bin/env bash
# Installs the tools that the benchmarks compare with (R and its packages) and GNU time. As root, or with sudo.
# Neither the program nor its tests need any of this.
set -euo pipefail

wanted="r-base-core r-cran-readxl r-cran-data.table r-cran-lme4 r-cran-clue time libbenchmark-dev python3 wrk"
missing=()
for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Packages are missing: ${missing[*]}. Run this as root." >&2; exit 3; }
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

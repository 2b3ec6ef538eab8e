#!/usr/bin/env bash
# Makes the Debian package of a build and tries it unpacked: the program finds its library where it is installed, makes a
# working directory, backs it up, restores it and finds it sound; the scripts of the package are shell.
#   packaging/check.sh BUILD [xz|gzip]    gzip is quick and large
set -euo pipefail
build=$(realpath "$1")
compression=${2:-xz}
[ "$(dpkg --print-architecture 2>/dev/null)" ] || { echo "no dpkg here: nothing to make a package with"; exit 77; }

rm -rf "$build/package"
(cd "$build" && cpack -B package -D CPACK_DEBIAN_COMPRESSION_TYPE="$compression" >package.log 2>&1) || { cat "$build/package.log"; exit 1; }
package=("$build"/package/opora_*.deb)
[ -f "${package[0]}" ] || { echo "no package was made"; exit 1; }

trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
dpkg-deb -x "${package[0]}" "$trial/root"
dpkg-deb -e "${package[0]}" "$trial/control"
for script in postinst prerm postrm; do sh -n "$trial/control/$script"; done
for library in libsqlite3-0 libicu72 libzip4; do
    grep -q "^Depends:.*$library" "$trial/control/control" || { echo "the package does not depend on $library"; exit 1; }
done
if command -v systemd-analyze >/dev/null; then
    systemd-analyze security --offline=true --threshold=20 "$trial/root/lib/systemd/system/opora.service" >/dev/null ||
        { echo "the unit leaves more open than it should"; exit 1; }
fi

export OPORA_KEY_FILE=$trial/key/audit.key
mkdir "$trial/key"
opora=$trial/root/usr/bin/opora
ldd "$(realpath "$opora")" | grep libduckdb | grep -q "$trial/root/usr/lib/opora" || { echo "another DuckDB is found"; exit 1; }
"$opora" init "$trial/data" >/dev/null
"$opora" template schools --out "$trial/schools.csv" >/dev/null
"$opora" backup "$trial/data" "$trial/copy.zip" >/dev/null
"$opora" restore "$trial/copy.zip" "$trial/again" >/dev/null
"$opora" doctor "$trial/again" --format csv | grep -q '^facts,good' || { echo "the restored folder is not sound"; exit 1; }
echo "${package[0]}"

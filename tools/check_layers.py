#!/usr/bin/env python3
"""Holds the includes of src/opora against layers.txt: who may see whom, and where third-party headers live.

Exit status 1 and one line per violation: file:line: what is wrong.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "opora"
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')

# A third-party header has one home (folders below src/opora). Tests may include the test libraries anywhere.
HOMES = {
    "duckdb.h": {"storage"},
    "sqlite3.h": {"storage"},
    "sodium.h": {"storage"},
    "openssl/": {"base"},
    "boost/math/": {"statistics"},
    "boost/": {"base", "server"},
    "prometheus/": {"server"},
    "zlib.h": {"server"},
    "xlsxwriter": {"base"},
    "zip.h": {"intake", "documents", "storage"},
    "expat.h": {"intake"},
    "pugixml.hpp": {"documents"},
    "yaml-cpp/": {"rules", "intake"},
    "unicode/": {"intake", "storage"},
    "nlohmann/": {"api", "cli", "documents", "storage"},
    "CLI/": {"cli"},
    "Eigen/": {"statistics"},
    "lemon/": {"matching"},
    "doctest/": None,
    "rapidcheck": None,
}


def read_layers():
    layers = {}
    for number, line in enumerate((ROOT / "layers.txt").read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, allowed = line.split(":")
        names = allowed.split()
        for other in names:
            if other != "*" and other not in layers:
                sys.exit(f"layers.txt:{number}: {name} names {other}, which does not stand above it")
        layers[name] = None if names == ["*"] else set(names)
    return layers


def home_violation(layer, path, header):
    for prefix, homes in HOMES.items():
        if header.startswith(prefix):
            if homes is None:
                return None if path.name.endswith("_test.cpp") else f"{header} belongs to tests"
            return None if layer in homes else f"{header} lives in {', '.join(sorted(homes))}"
    return None


def main():
    layers = read_layers()
    violations = []
    for path in sorted(SOURCE.rglob("*.[ch]pp")):
        layer = path.relative_to(SOURCE).parts[0]
        shown = path.relative_to(ROOT)
        if layer not in layers:
            violations.append(f"{shown}:1: folder {layer} is not in layers.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            header = match.group(2)
            if header.startswith("opora/"):
                other = header.split("/")[1]
                allowed = layers[layer]
                if other != layer and allowed is not None and other not in allowed:
                    violations.append(f"{shown}:{number}: {layer} may not include {other}")
            elif match.group(1) == '"' and not header.startswith(("support/", "contract/")):
                violations.append(f"{shown}:{number}: write the full path, not \"{header}\"")
            else:
                wrong = home_violation(layer, path, header)
                if wrong:
                    violations.append(f"{shown}:{number}: {wrong}")
    print("\n".join(violations) if violations else f"layers: {len(layers)} layers, no violation")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())

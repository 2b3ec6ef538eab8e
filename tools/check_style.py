#!/usr/bin/env python3
"""The rules of style that a program can check (docs/decisions, ARCHITECTURE.md). Exit status 1 and a line per violation."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINES_MAX = {".hpp": 300, ".cpp": 450}
COLUMNS_MAX = 120
FUNCTION_LINES_MAX = 60

BANNED = [
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished work belongs to the tracker, not to the code"),
    (re.compile(r"\b(NaN|quiet_NaN|signaling_NaN)\b"), "absence carries its reason, never NaN"),
    (re.compile(r"\bstd::(stoi|stol|stod|stof|atoi|strtod|locale|setlocale|regex)\b"),
     "use from_chars, to_chars or fmt"),
    (re.compile(r"\b(rand|srand|time)\s*\(\s*(NULL|nullptr|0)?\s*\)"), "no hidden clock or randomness"),
    (re.compile(r"\busing namespace (?!opora|std::literals|rc)"), "name the namespace"),
    (re.compile(r"catch \(\.\.\.\)\s*\{\s*\}"), "never catch silently"),
    (re.compile(r"\b(class|struct) \w*(Manager|Helper|Util|Utils|Impl)\b"), "a name that says nothing"),
]


def sources():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard",
                             "src", "tests", "bench"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name.endswith((".cpp", ".hpp"))]
    return files or [p for d in ("src", "tests", "bench") for p in sorted((ROOT / d).rglob("*.[ch]pp"))]


def long_functions(lines):
    """Functions by their closing brace in column one of a body that began with a line ending in `{`."""
    begin = None
    for number, line in enumerate(lines, 1):
        if begin is None and re.match(r"^[A-Za-z].*\)\s*(const)?\s*(noexcept)?\s*\{$", line):
            begin = number
        elif begin is None and re.match(r"^ +.*\)\s*(const)?\s*\{$", line) and number > 1 and \
                re.match(r"^[A-Za-z].*[^:]$", lines[number - 2]):
            begin = number
        elif line == "}" and begin is not None:
            if number - begin > FUNCTION_LINES_MAX:
                yield begin, number - begin
            begin = None


def main():
    violations = []
    for path in sources():
        if not path.exists():
            continue
        shown = path.relative_to(ROOT)
        lines = path.read_text().splitlines()
        if len(lines) > LINES_MAX[path.suffix]:
            violations.append(f"{shown}:1: {len(lines)} lines, at most {LINES_MAX[path.suffix]}: one idea a file")
        if path.suffix == ".hpp" and (not lines or lines[0] != "#pragma once"):
            violations.append(f"{shown}:1: a header starts with #pragma once")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS_MAX:
                violations.append(f"{shown}:{number}: {len(line)} columns, at most {COLUMNS_MAX}")
            code = re.sub(r'"[^"]*"', '""', line).split("//")[0]
            for pattern, why in BANNED:
                found = pattern.search(line if "TODO" in pattern.pattern else code)
                if found:
                    violations.append(f"{shown}:{number}: {found.group(0)}: {why}")
            if path.suffix == ".hpp" and line.startswith("using namespace"):
                violations.append(f"{shown}:{number}: no using namespace in a header")
        if not path.name.endswith("_test.cpp"):
            for begin, size in long_functions(lines):
                violations.append(f"{shown}:{begin}: a function of {size} lines, at most {FUNCTION_LINES_MAX}")
    print("\n".join(violations) if violations else "style: no violation")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())

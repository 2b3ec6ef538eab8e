#!/usr/bin/env python3
"""Runs clang-tidy-16 over the sources of a build, each only when it or what it includes has changed since it passed.

    tools/check_tidy.py BUILD [PART_OF_PATH]
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def included(path, seen):
    """Adds to `seen` the path and all files of the project that it includes, at any depth."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        for folder in (ROOT / "src", ROOT / "tests", path.parent):
            if (folder / name).is_file():
                included((folder / name).resolve(), seen)
                break


def digest(source):
    files = {ROOT / ".clang-tidy"}
    included(source, files)
    state = hashlib.sha256()
    for path in sorted(files):
        state.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


# Asio knows coroutines of clang by their experimental name alone.
COROUTINES = ["--extra-arg=-DBOOST_ASIO_HAS_CO_AWAIT=1", "--extra-arg=-DBOOST_ASIO_HAS_STD_COROUTINE=1"]


def check(build, passed, source):
    stamp = passed / digest(source)
    if stamp.exists():
        return ""
    done = subprocess.run(["clang-tidy-16", "-p", str(build), "--quiet", "--extra-arg=-Wno-unknown-warning-option",
                           "--extra-arg=-Wno-ignored-optimization-argument", *COROUTINES, str(source)],
                          capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
        return ""
    return done.stdout + (done.stderr if not done.stdout else "")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    sources = sorted({pathlib.Path(entry["file"]) for entry in commands if entry["file"].endswith(".cpp")})
    sources = [source for source in sources if part in str(source.relative_to(ROOT))]
    passed = ROOT / "build" / "tidy"
    passed.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, said in zip(sources, pool.map(lambda one: check(build, passed, one), sources)):
            if said:
                wrong += 1
                print(f"{source.relative_to(ROOT)}:\n{said}", flush=True)
    print(f"tidy: {len(sources)} files, {wrong} with findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

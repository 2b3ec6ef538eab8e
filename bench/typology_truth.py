#!/usr/bin/env python3
"""Precision and recall of the resilient schools of the generator, by both definitions; a table for docs/statistics/typology.md.

    bench/typology_truth.py [--opora build/release/opora] [--schools 20,500,1500,5000] [--seeds 1,2,3]
"""
import argparse
import csv
import io
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
YEARS = (2022, 2023, 2024)
DEFINITIONS = (("by years", "resilient_quantile"), ("by effect", "resilient_residual"), ("type", "type"))


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def store_of(opora, folder, schools, seed):
    files, store = folder / "files", folder / "store"
    run(opora, "generate", files, "--schools", schools, "--years", f"{YEARS[0]}-{YEARS[-1]}", "--seed", seed,
        "--layout", "csv")
    run(opora, "init", store)
    for name in ["territories", "schools", "passports", *(f"protocols-{year}" for year in YEARS)]:
        run(opora, "import", store, files / f"{name}.csv")
    return files, store


def measured(opora, schools, seed):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files, store = store_of(opora, folder, schools, seed)
        truth = csv.DictReader((files / "truth.csv").open())
        resilient = {row["school_id"] for row in truth if row["kind"] == "resilient"}
        rows = list(csv.DictReader(io.StringIO(
            run(opora, "typology", store, "--year", YEARS[-1], "--view", "types", "--format", "csv"))))
    found = {title: {row["school_id"] for row in rows if row[column] in ("yes", "resilient")}
             for title, column in DEFINITIONS}
    return resilient, found


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "–"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--opora", default=ROOT / "build" / "release" / "opora")
    parser.add_argument("--schools", default="20,500,1500,5000")
    parser.add_argument("--seeds", default="1,2,3")
    arguments = parser.parse_args()
    print("| schools | seed | resilient | definition | found | precision | recall |\n|---|---|---|---|---|---|---|")
    for schools in arguments.schools.split(","):
        for seed in arguments.seeds.split(","):
            resilient, found = measured(arguments.opora, schools, seed)
            for title, schools_found in found.items():
                right = len(resilient & schools_found)
                print(f"| {schools} | {seed} | {len(resilient)} | {title} | {len(schools_found)} | "
                      f"{percent(right, len(schools_found))} | {percent(right, len(resilient))} |", flush=True)


if __name__ == "__main__":
    main()

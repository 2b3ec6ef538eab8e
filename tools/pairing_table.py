#!/usr/bin/env python3
"""Pairing against taking the closest pair first, on generated territories: the table of docs/statistics/pairing.md.

    tools/pairing_table.py --opora build/release/opora [--schools 20,500,5000] [--seeds 1,2,3]

Territories and stores are made below a temporary folder and removed again.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

CAPACITY = 1


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def territory(opora, folder, schools, seed):
    run(opora, "generate", folder / "files", "--schools", schools, "--years", "2022-2024", "--seed", seed, "--layout", "csv")
    run(opora, "init", folder / "store")
    names = ["territories.csv", "schools.csv", "passports.csv", *(f"protocols-{year}.csv" for year in (2022, 2023, 2024))]
    run(opora, "import", folder / "store", *(folder / "files" / name for name in names))
    return folder / "store"


def proof(opora, store, *options):
    return json.loads(run(opora, "pair", store, "--methodology", "federal-2025", "--year", "2024", "--capacity", CAPACITY,
                          "--signs", "official", "--part", "proof", "--format", "json", *options))[0]


def line(schools, seed, place, row):
    assert row["cost_millionths"] == row["bound_millionths"], row
    weak = row["paired"] + row["unpaired"]
    mean = row["cost_millionths"] / row["paired"] / 1e6 if row["paired"] else 0
    greedy = row["greedy_cost_millionths"] / row["greedy_paired"] / 1e6 if row["greedy_paired"] else 0
    return (f"| {schools} | {seed} | {place} | {weak} | {row['paired']} | {row['cost_millionths'] / 1e6:.3f} | "
            f"{row['greedy_paired']} | {row['greedy_cost_millionths'] / 1e6:.3f} | {mean:.3f} / {greedy:.3f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--opora", type=pathlib.Path, required=True)
    parser.add_argument("--schools", default="20,500,5000")
    parser.add_argument("--seeds", default="1,2,3")
    arguments = parser.parse_args()
    print("| schools | seed | leaders from | weak | pairs | sum = bound | pairs, closest first | sum, closest first | mean distance |")
    print("|---|---|---|---|---|---|---|---|---|")
    for schools in arguments.schools.split(","):
        for seed in arguments.seeds.split(","):
            with tempfile.TemporaryDirectory() as folder:
                store = territory(arguments.opora.resolve(), pathlib.Path(folder), schools, seed)
                for place in ("any", "same"):
                    print(line(schools, seed, place, proof(arguments.opora.resolve(), store, "--place", place)), flush=True)


if __name__ == "__main__":
    main()

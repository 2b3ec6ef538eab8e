#!/usr/bin/env python3
"""How right the lists and their probabilities are on planted truth: the tables of docs/statistics/calibration.md.

    bench/calibration.py [--territories 20x24,500x4,5000x2] [--planting natural,separated] [--build build/release] [--out FILE]

`20x24` is 24 territories of 20 schools with seeds 1..24. `separated` territories have no school beside the limit (docs/generator.md), `natural`
ones keep them. Every territory is generated for three years, imported and
judged by the program as a user would do it. The truth is that of true_shares.csv: a school is truly low when two or
more procedures of the year have a true share of 30 % or more (the kind `low` of truth.csv), and truly on the federal
list when that holds or when the same procedure has it in both of the last years.
"""
import argparse
import collections
import csv
import math
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
YEAR = 2024
LIMIT = 0.30
BANDS = [0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0000001]


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def only_a(folder, limit="30 %"):
    """The federal methodology with condition A alone: what the kind `low` of the generator means."""
    text = (ROOT / "methodology" / "packs" / "federal-2025.yaml").read_text(encoding="utf-8")
    listing = "listing: choose(combination, a_or_b -> A or B, a_and_b -> A and B)"
    if listing not in text:
        raise RuntimeError("federal-2025.yaml has another listing than this script expects")
    text = text.replace("id: federal-2025", "id: federal-only-a")
    text = text.replace(listing, "listing: choose(combination, a_or_b -> A or (A and B), a_and_b -> A)")
    text = text.replace("    value: 30 %\n    other: [25 %, 50 %]", f"    value: {limit}\n    other: [35 %]")
    path = folder / f"only-a-{limit.split()[0]}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def truths(folder):
    """By school: whether A holds truly, and whether A or B does; held against the planted kind."""
    high = collections.defaultdict(lambda: collections.defaultdict(set))
    for row in rows(folder / "true_shares.csv"):
        if float(row["true_share"]) >= LIMIT:
            work = (row["type"], row["subject"], row["grade"])
            high[row["school_id"]][int(row["year"])].add(work)
    a, either = {}, {}
    for row in rows(folder / "truth.csv"):
        if int(row["year"]) != YEAR:
            continue
        school = row["school_id"]
        now, before = high[school][YEAR], high[school][YEAR - 1]
        a[school] = len(now) >= 2
        either[school] = a[school] or bool(now & before)
        if a[school] != (row["kind"] == "low") and row["true_fail_share"]:
            raise RuntimeError(f"school {school}: the kind {row['kind']} does not fit its shares")
    return a, either


def binomial_range(n, p):
    """Central 95 % of a binomial count."""
    if n == 0:
        return 0, 0
    p = min(max(p, 1e-12), 1 - 1e-12)
    below, low, high = 0.0, None, n
    for k in range(n + 1):
        below += math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
                          + k * math.log(p) + (n - k) * math.log1p(-p))
        if low is None and below > 0.025:
            low = k
        if below >= 0.975:
            high = k
            break
    return low or 0, high


class Tally:
    """Schools with a probability: (probability, listed by the raw rule, truly on the list)."""

    def __init__(self):
        self.schools = []

    def add(self, listing, truth):
        for row in listing:
            # Probabilities of 0 and 1 are what no draw contradicted.
            if row["probability"]:
                self.schools.append((float(row["probability"]), row["outcome"] == "listed", truth[row["school_id"]]))

    def bands(self):
        for low, high in zip(BANDS, BANDS[1:]):
            inside = [(p, true) for p, _, true in self.schools if low <= p < high]
            n, expected = len(inside), sum(p for p, _ in inside)
            true = sum(t for _, t in inside)
            first, last = binomial_range(n, expected / n if n else 0)
            yield low, min(high, 1.0), n, expected, true, first, last

    def found(self, chosen):
        listed = [s for s in self.schools if chosen(s)]
        true = sum(t for _, _, t in self.schools)
        right = sum(t for _, _, t in listed)
        return (len(listed), right, right / len(listed) if listed else None, right / true if true else None)


def judge(opora, store, methodology):
    text = run(opora, "identify", store, "--methodology", methodology, "--year", YEAR, "--format", "csv")
    return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))


def territory(opora, folder, schools, seed, planting):
    store = folder / "store"
    if not (folder / ".made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run(opora, "generate", folder / "data", "--schools", schools, "--years", f"{YEAR - 2}-{YEAR}", "--seed", seed,
            "--layout", "csv", *(["--natural"] if planting == "natural" else []))
        data = folder / "data"
        run(opora, "init", store)
        for name in ("territories.csv", "schools.csv"):
            run(opora, "import", store, data / name)
        run(opora, "import", store, *sorted(data.glob("protocols-*.csv")))
        for path in data.glob("protocols-*.csv"):
            path.unlink()
        (folder / ".made").touch()
    return store, truths(folder / "data")


def percent(value):
    return "—" if value is None else f"{100 * value:.1f} %"


def report(title, tally):
    lines = [f"### {title}", "", f"{len(tally.schools)} schools with a probability.", "",
             "| list | schools | truly low among them | precision | recall |", "|---|---|---|---|---|"]
    for name, chosen in (("raw rule", lambda s: s[1]), ("P >= 0.5", lambda s: s[0] >= 0.5),
                         ("P >= 0.8", lambda s: s[0] >= 0.8),
                         ("raw rule and P >= 0.8 (surely listed)", lambda s: s[1] and s[0] >= 0.8)):
        n, right, precision, recall = tally.found(chosen)
        lines.append(f"| {name} | {n} | {right} | {percent(precision)} | {percent(recall)} |")
    lines += ["", "| P | schools | truly low expected | truly low | 95 % of chance | inside |", "|---|---|---|---|---|---|"]
    for low, high, n, expected, true, first, last in tally.bands():
        inside = "—" if n == 0 else "yes" if first <= true <= last else "**no**"
        lines.append(f"| {low:g}-{high:g} | {n} | {expected:.1f} | {true} | {first}-{last} | {inside} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--territories", default="20x24,500x4,5000x2")
    parser.add_argument("--planting", default="natural,separated")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "calibration")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    opora = arguments.build / "opora"
    arguments.work.mkdir(parents=True, exist_ok=True)
    condition_a = only_a(arguments.work)
    text = []
    for planting in arguments.planting.split(","):
        for size in arguments.territories.split(","):
            schools, seeds = (int(number) for number in size.split("x"))
            a, either = Tally(), Tally()
            for seed in range(1, seeds + 1):
                folder = arguments.work / f"{planting}-{schools}-{seed}"
                store, (true_a, true_either) = territory(opora, folder, schools, seed, planting)
                a.add(judge(opora, store, condition_a), true_a)
                either.add(judge(opora, store, "federal-2025"), true_either)
            for name, tally in (("condition A", a), ("federal-2025 (A or B)", either)):
                text.append(report(f"{planting}: {seeds} x {schools} schools, {name}", tally))
                print(text[-1], flush=True)
    if arguments.out:
        arguments.out.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How right the lists and their probabilities are on planted truth: the tables of docs/statistics/calibration.md.

    bench/calibration.py [--territories 20x60,500x6,5000x4] [--planting natural,separated] [--build build/release] [--out FILE]

`20x60` is 60 territories of 20 schools. Seeds run on from one size to the next: the first schools of a territory depend on
the seed alone, and territories of different sizes with one seed would be the same schools counted twice. `separated` territories have no school beside the limit (docs/generator.md), `natural`
ones keep them. Every territory is generated for three years, imported and
judged by the program as a user would do it. The truth is that of true_shares.csv: a school is truly low when two or
more procedures of the year have a true share of 30 % or more (the kind `low` of truth.csv), and truly on the federal
list when that holds or when the same procedure has it in both of the last years. Schools whose marks were inflated by
design stand in a row of their own: their results are believed, and what they hide is a question of objectivity, not of chance.
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


def planted(opora, folder, schools, seed):
    """Ids of the schools with inflated marks. A natural territory calls everybody `low` who truly is, so the kind that was
    planted is read from the separated territory of the same seed."""
    path = folder / "planted.csv"
    if not path.exists():
        run(opora, "generate", folder / "separated", "--schools", schools, "--years", f"{YEAR}-{YEAR}", "--seed", seed,
            "--layout", "csv")
        shutil.copy(folder / "separated" / "truth.csv", path)
        shutil.rmtree(folder / "separated")
    return {row["school_id"] for row in rows(path) if row["kind"] == "inflated"}


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
        self.inflated = []

    def add(self, listing, truth, inflated):
        for row in listing:
            # Probabilities of 0 and 1 are what no draw contradicted.
            if row["probability"]:
                school = (float(row["probability"]), row["outcome"] == "listed", truth[row["school_id"]])
                (self.inflated if row["school_id"] in inflated else self.schools).append(school)

    def bands(self):
        for low, high in zip(BANDS, BANDS[1:]):
            inside = [(p, true) for p, _, true in self.schools if low <= p < high]
            n, expected = len(inside), sum(p for p, _ in inside)
            true = sum(t for _, t in inside)
            first, last = binomial_range(n, expected / n if n else 0)
            yield low, min(high, 1.0), n, expected, true, first, last

    def found(self, chosen):
        everybody = self.schools + self.inflated
        listed = [s for s in everybody if chosen(s)]
        true = sum(t for _, _, t in everybody)
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
    return store, truths(folder / "data"), planted(opora, folder, schools, seed)


def percent(value):
    return "—" if value is None else f"{100 * value:.1f} %"


def report(title, tally):
    count = len(tally.schools) + len(tally.inflated)
    lines = [f"### {title}", "", f"{count} schools with a probability, {len(tally.inflated)} of them with inflated marks.", "",
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
    expected, true = sum(p for p, _, _ in tally.inflated), sum(t for _, _, t in tally.inflated)
    lines.append(f"| inflated marks | {len(tally.inflated)} | {expected:.1f} | {true} | | not meant to be |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--territories", default="20x60,500x6,5000x4")
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
        first = 1
        for size in arguments.territories.split(","):
            schools, seeds = (int(number) for number in size.split("x"))
            a, either = Tally(), Tally()
            for seed in range(first, first + seeds):
                folder = arguments.work / f"{planting}-{schools}-{seed}"
                store, (true_a, true_either), inflated = territory(opora, folder, schools, seed, planting)
                a.add(judge(opora, store, condition_a), true_a, inflated)
                either.add(judge(opora, store, "federal-2025"), true_either, inflated)
            first += seeds
            for name, tally in (("condition A", a), ("federal-2025 (A or B)", either)):
                text.append(report(f"{planting}: {seeds} x {schools} schools, {name}", tally))
                print(text[-1], flush=True)
    if arguments.out:
        arguments.out.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures the program against named tools on the same files in the same run, and rewrites bench/RESULTS.md.

    bench/run.py [--rows xlsx,csv,…] [--times 5] [--build build/release]

Rows: xlsx, csv, verdicts, threshold, growth, contextual, pairing, k_means, probabilities, commands.
Without --rows all are measured and RESULTS.md is rewritten; a part is only printed.
"""
import argparse
import datetime
import pathlib
import shutil
import sys

import inputs
import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "bench"
WORK = ROOT / "build" / "bench"
COUNTRY_SCHOOLS = 40_000
COUNTRY_PROTOCOLS = 32_800_000
REGION_SCHOOLS = 1_500
SMALL_SCHOOLS = 1_000
STATISTICS = {
    "identify": ("identify", "--methodology", "federal-2025"),
    "context": ("context",),
    "typology": ("typology",),
    "groups": ("typology", "--view", "clusters", "--method", "kmeans"),
    "factors": ("factors",),
    "objectivity": ("objectivity",),
    "pair": ("pair", "--methodology", "federal-2025"),
    "growth": ("growth",),
    "teachers": ("growth", "--part", "teachers"),
    "rating": ("rating",),
}


class Bench:
    def __init__(self, build, times):
        self.build, self.times = build, times
        self.opora = build / "opora"
        self.peer = build / "bench" / "duckdb_peer"
        self.verdicts = build / "bench" / "bench_verdicts"
        self.inputs = WORK / "inputs"
        self.stores = WORK / "stores"
        self.stores.mkdir(parents=True, exist_ok=True)

    # ---- stores and territories -------------------------------------------------------------

    def territory(self, schools):
        return inputs.territory(self.opora, self.inputs, schools, COUNTRY_PROTOCOLS * schools // COUNTRY_SCHOOLS)

    def registered(self, name, *registers):
        """A store with its registers and no results yet."""
        store = self.stores / name
        shutil.rmtree(store, ignore_errors=True)
        measure.run([self.opora, "init", store])
        for path in registers:
            measure.run([self.opora, "import", store, path])
        return store

    def imported(self, schools):
        """A store of a territory with its results; `registers` stay outside what is timed."""
        folder = self.territory(schools)
        store = self.registered(f"territory-{schools}", folder / "territories.csv", folder / "schools.csv",
                                folder / "passports.csv", folder / "flows.csv")
        return store, measure.run([self.opora, "import", store, folder / "protocols-2024.csv"])

    def filled(self, schools):
        store = self.stores / f"territory-{schools}"
        return store if (store / ".filled").exists() else self.fill(schools)

    def fill(self, schools):
        store, _ = self.imported(schools)
        (store / ".filled").touch()
        return store

    # ---- the other side ---------------------------------------------------------------------

    def group(self, protocols, schools):
        folder = self.territory(schools)
        register = (f"(SELECT school_id, parent_id AS region FROM read_csv('{folder}/schools.csv') "
                    f"JOIN read_csv('{folder}/territories.csv') USING (territory_id))")
        return measure.run([self.peer, "--threads", "2", "--set", "region=schools.region",
                            "--set", f"schools={register}", "--set", f"protocols={protocols}", HERE / "group.sql"])

    def parquet(self, schools):
        """The protocols as the Parquet file that DuckDB writes of them: its own best input."""
        folder = self.territory(schools)

        def write(path):
            measure.run([self.peer, "--set", f"protocols=read_csv('{folder}/protocols-2024.csv')",
                         "--set", f"parquet={path}", HERE / "to_parquet.sql"])
        return inputs.made(folder / "protocols-2024.parquet", write)

    # ---- rows -------------------------------------------------------------------------------

    def xlsx(self):
        workbook, schools = inputs.workbook(self.inputs)

        def ours():
            store = self.registered("xlsx", schools)
            return measure.run([self.opora, "import", store, workbook])

        def theirs():
            return measure.run(["Rscript", HERE / "readxl.R", workbook, inputs.WORKBOOK_SKIP])
        own, peer = measure.alternately(self.times, ours, theirs)
        seconds = [measure.median([run.seconds for run in side]) for side in (own, peer)]
        peak = [measure.median([run.peak_mb for run in side]) for side in (own, peer)]
        return [Row("xlsx, 100 000 rows x 20 columns -> committed facts, whole process", "R readxl, reading alone",
                    f"{seconds[0]:.2f} s", f"{seconds[1]:.2f} s", f"{seconds[1] / seconds[0]:.2f}x faster",
                    "at least 1.5x faster", seconds[1] >= 1.5 * seconds[0]),
                Row("… peak memory", "the same", f"{peak[0]:.0f} MB", f"{peak[1]:.0f} MB", f"{peak[1] / peak[0]:.1f}x less",
                    "under 120 MB", peak[0] < 120)]

    def csv(self):
        path = self.territory(COUNTRY_SCHOOLS) / "protocols-2024.csv"
        own, peer = measure.alternately(
            max(3, self.times // 2), lambda: self.imported(COUNTRY_SCHOOLS)[1],
            lambda: self.group(f"read_csv('{path}')", COUNTRY_SCHOOLS))
        (self.stores / f"territory-{COUNTRY_SCHOOLS}" / ".filled").touch()
        seconds = [measure.median([run.seconds for run in side]) for side in (own, peer)]
        peak = [measure.median([run.peak_mb for run in side]) for side in (own, peer)]
        return [Row("CSV of 32.7M protocols, 40 000 schools -> validated facts and tallies, whole process",
                    "DuckDB read_csv + group.sql, whole process", f"{seconds[0]:.2f} s", f"{seconds[1]:.2f} s",
                    f"{seconds[0] / seconds[1]:.2f}x the time", "no slower", seconds[0] <= seconds[1]),
                Row("… peak memory", "the same", f"{peak[0]:.0f} MB", f"{peak[1]:.0f} MB", "", "under 2048 MB",
                    peak[0] < 2048)]

    def verdict_run(self, schools, what):
        return measure.run([self.verdicts, self.filled(schools), ROOT / "methodology" / "packs", "2024", what])

    def verdicts_row(self):
        parquet = self.parquet(COUNTRY_SCHOOLS)
        own, peer = measure.alternately(self.times, lambda: self.verdict_run(COUNTRY_SCHOOLS, "all"),
                                        lambda: self.group(f"read_parquet('{parquet}')", COUNTRY_SCHOOLS))
        parts = {name: measure.median([run.printed(name) for run in own])
                 for name in ("load", "indicators", "verdicts")}
        theirs = measure.median([run.printed("seconds") for run in peer])
        packs = int(own[0].printed("packs"))

        def row(work, seconds, budget, met):
            return Row(work, "DuckDB, group.sql from Parquet", f"{seconds * 1000:.0f} ms", f"{theirs * 1000:.0f} ms",
                       f"{seconds / theirs:.2f}x the time", budget, met)
        counted = parts["indicators"] + parts["verdicts"]
        whole = counted + parts["load"]
        return [row(f"tallies in memory -> all indicators and verdicts of {packs} packs, 40 000 schools", counted,
                    "under 0.5x", counted < 0.5 * theirs),
                row("… with reading the tallies and registers from disk", whole, "none of its own", None),
                row("… of it: reading", parts["load"], "", None),
                row("… of it: indicators", parts["indicators"], "", None),
                row("… of it: verdicts", parts["verdicts"], "", None)]

    def threshold(self):
        rows = []
        for schools, limit in ((COUNTRY_SCHOOLS, 100), (REGION_SCHOOLS, 20)):
            runs = measure.alternately(self.times, lambda: self.verdict_run(schools, "threshold"))[0]
            milliseconds = 1000 * measure.median([run.printed("threshold") for run in runs])
            rows.append(Row(f"one threshold changed -> new list, {schools:,} schools".replace(",", " "), "",
                            f"{milliseconds:.1f} ms", "", "", f"{limit} ms", milliseconds <= limit))
        return rows

    def probabilities(self):
        runs = measure.alternately(max(3, self.times // 2),
                                   lambda: self.verdict_run(COUNTRY_SCHOOLS, "probabilities"))[0]
        seconds = measure.median([run.printed("probabilities") for run in runs])
        processors = measure.median([run.printed("processors") for run in runs])
        packs = int(runs[0].printed("methodologies"))
        return [Row(f"probability of every verdict of {packs} packs with the prior, 40 000 schools", "",
                    f"{seconds:.2f} s", "", f"{processors:.2f} s of processors", "5 s", seconds <= 5)]

    def commands(self):
        """Everything that makes a list right, one command after another, each reading the store anew."""
        rows = []
        for schools, limit in ((REGION_SCHOOLS, 3), (COUNTRY_SCHOOLS, 30)):
            store = self.filled(schools)
            measure.run([self.opora, "rating", store, "--enable"])
            runs = {name: measure.alternately(max(1, self.times // 3),
                                              lambda words=words: measure.run([self.opora, words[0], store, *words[1:],
                                                                               "--year", "2024"]))[0]
                    for name, words in STATISTICS.items()}
            seconds = {name: measure.median([run.seconds for run in of]) for name, of in runs.items()}
            peak = {name: measure.median([run.peak_mb for run in of]) for name, of in runs.items()}
            processors = sum(measure.median([run.processors for run in of]) for of in runs.values())
            slowest, largest = max(seconds, key=seconds.get), max(peak, key=peak.get)
            total = sum(seconds.values())
            work = f"{', '.join(STATISTICS)}: {len(STATISTICS)} commands, {schools:,} schools, whole processes"
            rows.append(Row(work.replace("40,000", "40 000").replace("1,500", "1 500"), "", f"{total:.1f} s",
                            "", f"{processors:.1f} s of processors; {slowest} {seconds[slowest]:.1f} s",
                            f"{limit} s", total <= limit))
            rows.append(Row("… peak memory of one of them", "", f"{peak[largest]:.0f} MB", "", largest,
                            "under 2048 MB", peak[largest] < 2048))
        return rows

    def growth(self):
        costs = {}
        for schools in (SMALL_SCHOOLS, COUNTRY_SCHOOLS):
            imports = measure.alternately(max(3, self.times // 2), lambda: self.imported(schools)[1])[0]
            (self.stores / f"territory-{schools}" / ".filled").touch()
            runs = measure.alternately(self.times, lambda: self.verdict_run(schools, "all"))[0]
            costs[schools] = (measure.median([run.seconds for run in imports]) / schools,
                              measure.median([run.printed("indicators") + run.printed("verdicts")
                                              for run in runs]) / schools)
        rows = []
        for number, work in enumerate(("import of the protocols of one school", "indicators and verdicts of one school")):
            small, large = costs[SMALL_SCHOOLS][number], costs[COUNTRY_SCHOOLS][number]
            rows.append(Row(f"{work}: 40 000 schools against 1 000", "itself at 1 000 schools",
                            f"{large * 1e6:.1f} µs", f"{small * 1e6:.1f} µs", f"{large / small:.2f}x the cost",
                            "does not grow (1.1x)", large <= 1.1 * small))
        return rows

    def contextual(self):
        program = self.build / "bench" / "bench_contextual"
        pupils = inputs.made(self.inputs / "contextual.csv", lambda path: measure.run([program, "make", path]))
        own, peer = measure.alternately(max(3, self.times // 2), lambda: measure.run([program, "fit", pupils]),
                                        lambda: measure.run(["Rscript", HERE / "contextual.R", pupils]))
        names = ["b0", "b1", "b2", "se0", "se1", "se2", "school_variance", "residual_variance", "reml", "blup_squares"]
        apart = max(abs(own[0].printed(name) / peer[0].printed(name) - 1) for name in names)
        seconds = [measure.median([run.printed("seconds") for run in side]) for side in (own, peer)]
        passed = measure.median([run.printed("pass") for run in own])
        ratio = seconds[1] / seconds[0]
        return [Row("random intercept, 1M pupils in 10 000 schools in memory -> estimates and school effects", "lme4 (R)",
                    f"{seconds[0] * 1000:.1f} ms", f"{seconds[1]:.2f} s", f"{ratio:.0f}x faster", "100x faster", ratio >= 100),
                Row("… of it the pass over the pupils; largest relative difference of an estimate", "the same",
                    f"{passed * 1000:.1f} ms", "", f"{apart:.1e}", "equal to 1e-4", apart <= 1e-4)]

    def pairing(self):
        program = self.build / "bench" / "bench_pairing"
        arcs = self.inputs / "pairing.csv"
        measure.run([program, COUNTRY_SCHOOLS, REGION_SCHOOLS, arcs])
        peer = measure.run(["Rscript", HERE / "pairing_clue.R", arcs])  # Minutes: once is enough.
        own = measure.alternately(self.times, lambda: measure.run([program, COUNTRY_SCHOOLS, REGION_SCHOOLS]))[0]
        seconds, theirs = measure.median([run.printed("seconds") for run in own]), peer.printed("seconds")
        equal = all(own[0].printed(name) == peer.printed(name) for name in ("paired", "cost"))
        proven = own[0].printed("cost") == own[0].printed("bound")
        return [Row("1 500 weak schools among 40 000, 50 candidates each, in memory -> candidates, pairs, proof",
                    "R clue, assignment of the same pairs alone", f"{seconds * 1000:.0f} ms", f"{theirs:.1f} s",
                    f"{theirs / seconds:.0f}x faster", "1 s, proven optimum, equal", seconds <= 1 and equal and proven)]
    def k_means(self):
        program = self.build / "bench" / "bench_k_means"
        table = inputs.made(self.inputs / "k_means.bin", lambda path: measure.run([program, "make", path]))
        rows = []
        for clusters in (4, 8):
            own, peer = measure.alternately(max(3, self.times // 2),
                                            lambda: measure.run([program, "fit", table, str(clusters)]),
                                            lambda: measure.run(["Rscript", HERE / "k_means.R", table, str(clusters)]))
            seconds = [measure.median([run.printed("seconds") for run in side]) for side in (own, peer)]
            inertia = own[0].printed("inertia") / peer[0].printed("inertia")
            rows.append(Row(f"k-means, 40 000 x 15, {clusters} clusters, 10 starts; inertia {inertia:.6f} of the peer's",
                            "kmeans (R)", f"{seconds[0]:.2f} s", f"{seconds[1]:.2f} s",
                            f"{seconds[0] / seconds[1]:.2f}x the time", "no slower, inertia within 0.1 %",
                            seconds[0] <= seconds[1] and inertia <= 1.001))
        return rows


class Row:
    def __init__(self, work, peer, ours, theirs, ratio, budget, met):
        self.work, self.peer, self.ours, self.theirs = work, peer, ours, theirs
        self.ratio, self.budget, self.met = ratio, budget, met

    def cells(self):
        verdict = {True: "met", False: "NOT met", None: ""}[self.met]
        return [self.work, self.ours, self.peer, self.theirs, self.ratio, self.budget, verdict]


HEADINGS = ["work", "Opora", "peer", "peer took", "ratio", "budget", "verdict"]


def markdown(rows):
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write_results(rows, times):
    when = datetime.date.today().isoformat()
    (HERE / "RESULTS.md").write_text(f"""# Results of the benchmarks

`make bench` rewrites this page. Both sides of a row ran in turn on the same files, with warm caches and after one round
that is not counted; figures are medians of {times} rounds (of {max(3, times // 2)} where 33 million rows are imported).
Peak memory is that of the whole process. What DuckDB does is bench/group.sql, with two threads.

Machine: {measure.machine()}. Date: {when}.

{markdown(rows)}
""", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default="")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    arguments = parser.parse_args()
    bench = Bench(arguments.build, arguments.times)
    work = {"xlsx": bench.xlsx, "csv": bench.csv, "verdicts": bench.verdicts_row, "threshold": bench.threshold,
            "growth": bench.growth, "contextual": bench.contextual, "pairing": bench.pairing,
            "k_means": bench.k_means, "probabilities": bench.probabilities, "commands": bench.commands}
    chosen = arguments.rows.split(",") if arguments.rows else list(work)
    rows = []
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += work[name]()
        for row in rows[-5:] if name == "verdicts" else rows[-2:]:
            print("  " + " · ".join(cell for cell in row.cells() if cell), flush=True)
    if not arguments.rows:
        write_results(rows, arguments.times)
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

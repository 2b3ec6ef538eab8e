"""Context of a synthetic territory whose truth is known: every school appears, resilient and low schools stand out, and
the order of imports changes nothing."""
import collections
import csv
import pathlib
import tempfile
import unittest

import opora

YEAR = 2024
SCHOOLS = 300
SEED = 11


class Context(unittest.TestCase):
    def test_planted_territory(self):
        print(f"seed {SEED}")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            opora.run("generate", folder / "files", "--schools", SCHOOLS, "--years", f"{YEAR - 1}-{YEAR}", "--seed", SEED,
                      "--layout", "csv", "--protocols", 60_000)
            files = ["passports.csv", f"protocols-{YEAR - 1}.csv", f"protocols-{YEAR}.csv"]
            one = opora.generated_store(folder, "one", files)
            other = opora.generated_store(folder, "other", files[::-1])
            words = ("--year", YEAR, "--format", "csv")
            answer = opora.run("context", one, *words)
            self.assertEqual(answer, opora.run("context", other, *words))
            years = opora.table("context", one, "--year", YEAR, "--weights-over-years")
            rows = list(csv.DictReader(answer.splitlines()))
            with (folder / "files" / "truth.csv").open(encoding="utf-8") as lines:
                kinds = {row["school_id"]: row["kind"] for row in csv.DictReader(lines) if row["year"] == str(YEAR)}

        self.assertEqual({row["school_id"] for row in rows}, set(kinds))
        self.assertEqual(len(rows), len(kinds))
        self.assertEqual(len(years), len(rows))
        bands = collections.defaultdict(collections.Counter)
        for row in rows:
            bands[kinds[row["school_id"]]][row["band"]] += 1
            self.assertTrue(row["effect"] or row["note"], row)
            self.assertTrue(row["index"] or row["index_reason"], row)
        # Effects of 0.45 and more under adverse conditions, and of -0.8 and less: nearly all are seen.
        self.assertGreaterEqual(bands["resilient"]["above"], 0.7 * sum(bands["resilient"].values()))
        self.assertGreaterEqual(bands["low"]["below"], 0.7 * sum(bands["low"].values()))
        self.assertEqual(bands["low"]["above"], 0)
        self.assertEqual(bands["resilient"]["below"], 0)


if __name__ == "__main__":
    unittest.main()

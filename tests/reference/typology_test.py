"""Typology of a synthetic territory whose truth is known: planted resilient schools are found, the order of imports changes
nothing, and a methodology may compare within computed groups."""
import csv
import pathlib
import tempfile
import unittest

import opora

YEARS = (2022, 2023, 2024)
SCHOOLS = 200
SEED = 5
VIEWS = ("types", "clusters", "neighbours", "transitions", "spread")


class Typology(unittest.TestCase):
    def test_planted_territory(self):
        print(f"seed {SEED}")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            opora.run("generate", folder / "files", "--schools", SCHOOLS, "--years", f"{YEARS[0]}-{YEARS[-1]}", "--seed",
                      SEED, "--layout", "csv", "--protocols", 40_000)
            files = ["passports.csv", *(f"protocols-{year}.csv" for year in YEARS)]
            one = opora.generated_store(folder, "one", files)
            other = opora.generated_store(folder, "other", files[::-1])
            for view in VIEWS:
                words = ("--year", YEARS[-1], "--view", view, "--format", "csv")
                self.assertEqual(opora.run("typology", one, *words), opora.run("typology", other, *words), view)
            types = opora.table("typology", one, "--year", YEARS[-1])
            changed = opora.run("whatif", one, "--methodology", "adyge-khabl", "--year", YEARS[-1], "--set",
                                "cluster_source=computed", "--set", "cluster_reading=worst_decile")
            with (folder / "files" / "truth.csv").open(encoding="utf-8") as lines:
                resilient = {row["school_id"] for row in csv.DictReader(lines) if row["kind"] == "resilient"}
        self.assertEqual(len(types), SCHOOLS)
        self.assertIn("К 1", changed)  # The clause of worse_than_cluster.
        for column, wanted in (("resilient_quantile", 0.7), ("resilient_residual", 0.8), ("type", 0.8)):
            found = {row["school_id"] for row in types if row[column] in ("yes", "resilient")}
            self.assertGreaterEqual(len(found & resilient), wanted * len(resilient), column)
            self.assertLessEqual(len(found), 0.25 * SCHOOLS, column)
        for row in types:
            self.assertTrue(row["confidence"] or row["reason"], row)


if __name__ == "__main__":
    unittest.main()

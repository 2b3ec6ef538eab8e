"""328,193 results of 400 schools through the public commands give the reference indicators and the reference list."""
import lzma
import pathlib
import shutil
import tempfile
import unittest

import opora

YEAR = 2024
TOLERANCE = 1e-12
# Column of the reference -> indicator of the program whose value it is.
VALUES = {"mean": "mean_score", "share2": "share_of_two", "quality": "quality",
          "rmean": "region_mean_score", "dev": "score_deviation", "prank": "percent_rank"}
# Column of the reference -> indicator whose numerator it is.
NUMERATORS = {"sum_score": "mean_score", "n2": "share_of_two", "q45": "quality"}


def region_id(region):
    return f"region-{region}"


class Synth400(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.store = folder / "store"
        schools = opora.data("schools_400.csv")
        regions = sorted({row["region"] for row in schools})
        territories = opora.write(folder / "territories.csv", ["territory_id", "level", "name"],
                                  [[region_id(r), "region", f"Вымышленный регион {r}"] for r in regions])
        register = opora.write(folder / "schools.csv", ["school_id", "name", "type", "territory_id", "rural"],
                               [[row["school_id"], f"Вымышленная школа {row['school_id']}", "secondary",
                                 region_id(row["region"]), row["rural"]] for row in schools])
        protocols = folder / "protocols.csv"
        with lzma.open(opora.DATA / "protocols_400.csv.xz") as packed, protocols.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        opora.run("init", cls.store)
        opora.run("import", cls.store, territories, "--as", "territories")
        opora.run("import", cls.store, register, "--as", "schools")
        opora.run("import", cls.store, protocols, "--as", "bulk")

        cls.found = {}
        for code in sorted({*VALUES.values(), *NUMERATORS.values()}):
            for row in opora.table("indicators", cls.store, "--year", YEAR, "--code", code):
                cls.found[code, row["school_id"], row["subject"], row["grade"]] = row
        cls.expected = opora.data("indicators_400.csv.xz")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def row(self, code, expected):
        return self.found[code, expected["school_id"], expected["subject"], expected["grade"]]

    def test_every_cell_of_the_reference_has_every_indicator_and_no_other_cell_has_one(self):
        self.assertEqual(len(self.expected), 12_000)
        self.assertEqual(len(self.found), len(self.expected) * len(VALUES))

    def test_counts_are_equal(self):
        for expected in self.expected:
            for column, code in NUMERATORS.items():
                row = self.row(code, expected)
                self.assertEqual((row["numerator"], row["n"]), (expected[column], expected["n"]),
                                 f"{code} of {expected}")

    def test_values_agree_to_the_last_digits_of_a_double(self):
        for expected in self.expected:
            for column, code in VALUES.items():
                found = float(self.row(code, expected)["value"])
                self.assertLessEqual(abs(found - float(expected[column])), TOLERANCE, f"{code} of {expected}")

    def test_a_pack_of_the_user_identifies_the_schools_of_the_reference(self):
        found = {row["school_id"]: row["outcome"]
                 for row in opora.table("identify", self.store, "--methodology", opora.PACKS / "synth-400.yaml",
                                        "--year", YEAR)}
        expected = {row["school_id"]: "listed" if row["identified"] == "true" else "not_listed"
                    for row in opora.data("identified_400.csv")}
        self.assertEqual(found, expected)
        self.assertEqual(sum(outcome == "listed" for outcome in found.values()), 256)


if __name__ == "__main__":
    unittest.main()

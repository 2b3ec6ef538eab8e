"""A foreign rule on imported indicators gives the official flag of all 200 schools of each sample."""
import pathlib
import tempfile
import unittest

import opora

YEAR = 2000


class GrowthTarget(unittest.TestCase):
    def check_sample(self, name):
        sample = opora.data(f"{name}.csv")
        with tempfile.TemporaryDirectory() as name_of_folder:
            folder = pathlib.Path(name_of_folder)
            store = folder / "store"
            schools = opora.write(folder / "schools.csv", ["school_id"], [[row["cds"]] for row in sample])
            values = opora.write(folder / "indicators.csv", ["school_id", "year", "indicator", "value", "n"],
                                 [[row["cds"], YEAR, code, row[code], ""]
                                  for row in sample for code in ("api99", "api00")])
            opora.run("init", store)
            opora.run("import", store, schools, "--as", "schools")
            opora.run("import", store, values, "--as", "indicators")
            rows = opora.table("identify", store, "--methodology", opora.PACKS / "growth-target.yaml", "--year", YEAR)
        found = {row["school_id"]: row["outcome"] for row in rows}
        expected = {row["cds"]: "not_listed" if row["sch.wide"] == "Yes" else "listed" for row in sample}
        self.assertEqual(len(expected), 200)
        self.assertEqual(found, expected)

    def test_simple_random_sample(self):
        self.check_sample("apisrs")

    def test_stratified_sample(self):
        self.check_sample("apistrat")


if __name__ == "__main__":
    unittest.main()

"""The demonstration district through the public commands: its series, its staff profile and its lists are those of the
plan that it is modelled on (S4.1-S4.4), to the decimals in which the plan prints them."""
import pathlib
import tempfile
import unittest
from decimal import ROUND_HALF_UP, Decimal

import opora

YEARS = (2021, 2022, 2023, 2024)
PRINTED = {"quality": ("52.6", "47.3", "43.5", "43.8"), "success": ("94.0", "93.5", "95.8", "96.3")}


def percent(row, digits):
    share = Decimal(row["numerator"]) / Decimal(row["n"]) * 100
    return str(share.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class District(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = pathlib.Path(cls.folder.name) / "district"
        opora.run("demo", cls.store)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def series(self, *options):
        return opora.table("series", self.store, *options)

    def test_quality_and_success_of_annual_marks(self):
        rows = self.series("--type", "annual", "--code", "quality,success")
        found = {(row["indicator"], int(row["year"])): percent(row, 1) for row in rows}
        expected = {(code, year): value for code, values in PRINTED.items() for year, value in zip(YEARS, values)}
        self.assertEqual(found, expected)
        self.assertEqual({row["schools"] for row in rows}, {"20"})

    def test_the_sentence_does_not_say_that_quality_falls_every_year(self):
        text = opora.run("series", self.store, "--type", "annual", "--code", "quality,success")
        self.assertIn("2021–2024: 52,6; 47,3; 43,5; 43,8\u00a0%", text)
        self.assertIn("но не каждый год: в 2024 году рост на 0,3", text)
        self.assertIn("проверьте объективность отметок", text)

    def test_staff_profile(self):
        rows = {row["indicator"]: row for row in self.series("--of", "facts", "--from", 2024, "--to", 2024)}
        self.assertEqual(Decimal(rows["teachers"]["value"]), 441)
        self.assertEqual(percent(rows["teachers_higher_share"], 0), "83")
        self.assertEqual(percent(rows["teachers_young_share"], 0), "19")
        ages = sum(int(rows[code]["numerator"])
                   for code in ("teachers_under_35", "teachers_35_55", "teachers_over_55"))
        self.assertEqual(ages, 441)

    def test_seven_schools_listed_and_one_with_signs_of_non_objectivity(self):
        rows = opora.table("identify", self.store, "--methodology", "pervomaysky-altai", "--year", 2024)
        self.assertEqual(sum(row["outcome"] == "listed" for row in rows), 7)
        watched = [row for row in rows if row["outcome"] == "watch"]
        self.assertEqual(len(watched), 1)
        self.assertIn("objectivity_signs", watched[0]["rules_met"])


if __name__ == "__main__":
    unittest.main()

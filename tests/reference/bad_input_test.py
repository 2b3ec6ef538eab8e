"""Bad and meagre territories through the public commands: a reason in Russian, never a number that is none, never a crash;
and what must not change a probability does not."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import opora

YEAR = 2024
SUBJECTS = ("russian", "mathematics", "history", "biology")
SHARES = ("families_incomplete", "registered", "russian_not_native", "parents_both_higher", "low_ses_families", "disabilities_hvz",
          "transported")
PROTOCOL = ("school_id", "subject", "grade", "year", "class", "score", "mark", "type")
COMMANDS = {
    "identify": ("identify", "--methodology", "federal-2025"),
    "compare with the cluster": ("identify", "--methodology", "adyge-khabl"),
    "context": ("context",),
    "index by regression": ("context", "--method", "regression"),
    "typology": ("typology",),
    "groups": ("typology", "--view", "clusters"),
    "neighbours": ("typology", "--view", "neighbours"),
    "spread": ("typology", "--view", "spread"),
    "objectivity": ("objectivity",),
    "pairs": ("pair", "--methodology", "federal-2025"),
    "growth": ("growth",),
    "rating": ("rating",),
    "factors": ("factors",),
}
NO_NUMBER = re.compile(r"(?i)(?<![a-zа-я])-?(nan|inf|infinity)(?![a-zа-я])")


def answer(*words):
    """Status, standard output and error of a command that may refuse."""
    done = subprocess.run([os.environ["OPORA"], *(str(word) for word in words)], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def score_of(mark, pupil):
    return {2: 3, 3: 8, 4: 13, 5: 18}[mark] + pupil % 2


class Territory:
    """Schools with one ВПР work per subject; `marks(school, subject)` are those of the pupils."""

    def __init__(self, folder, schools, marks, passport=lambda school: None):
        self.store = folder / "store"
        ids = [f"s{1000 + number}" for number in range(schools)]
        opora.write(folder / "territories.csv", ("territory_id", "level", "name", "parent_id"),
                    [("r1", "регион", "Вымышленная область", ""), ("m1", "муниципалитет", "Вымышленный район", "r1")])
        opora.write(folder / "schools.csv", ("school_id", "name", "territory_id", "type", "grade_low", "grade_high"),
                    [(one, f"Вымышленная школа {number}", "m1", "СОШ", 1, 11) for number, one in enumerate(ids)])
        passports = [(one, YEAR, 100, 80, *passport(number)) for number, one in enumerate(ids) if passport(number)]
        opora.write(folder / "passports.csv", ("school_id", "year", "pupils", "families", *SHARES), passports)
        lines = [(one, subject, 5, YEAR, "5А", score_of(mark, pupil), mark, "ВПР")
                 for number, one in enumerate(ids) for subject in SUBJECTS
                 for pupil, mark in enumerate(marks(number, subject))]
        self.protocols = opora.write(folder / "protocols.csv", PROTOCOL, lines)
        opora.run("init", self.store)
        for name in ("territories", "schools", *(["passports"] if passports else []), "protocols"):
            opora.run("import", self.store, folder / f"{name}.csv")
        opora.run("rating", self.store, "--enable")


def usual_marks(school, subject):
    low = (7 * school + len(subject)) % 5
    return [2] * low + [3] * (8 - low) + [4] * (4 + school % 4) + [5] * (school % 3)


def usual_passport(school):
    return [(school * step) % 37 + 3 for step in (3, 5, 7, 11, 13, 17, 19)]


class BadInput(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name)

    def check_every_command(self, store):
        """Every command answers or refuses in Russian, and no number is none."""
        for name, words in COMMANDS.items():
            with self.subTest(command=name):
                status, out, error = answer(words[0], store, *words[1:], "--year", YEAR, "--format", "csv")
                self.assertIn(status, (0, 1), f"{name}: {error}")
                self.assertIsNone(NO_NUMBER.search(out), f"{name}: {NO_NUMBER.search(out)}")
                if status == 1:
                    self.assertRegex(error, "[а-я]{4}", f"{name}: no reason")

    def assert_says(self, store, reasons):
        """By command: words that its answer for people has."""
        for name, phrase in reasons.items():
            with self.subTest(command=name):
                words = COMMANDS[name]
                _, out, error = answer(words[0], store, *words[1:], "--year", YEAR)
                self.assertIsNone(NO_NUMBER.search(out), f"{name}: {NO_NUMBER.search(out)}")
                self.assertIn(phrase, out + error)

    def test_all_schools_the_same(self):
        store = Territory(self.folder, 30, lambda school, subject: [2, 3, 3, 4, 5], lambda school: [20] * len(SHARES)).store
        self.check_every_command(store)
        self.assert_says(store, {
            "context": "у всех школ одинаковое значение",
            "index by regression": "нет ни одной доли социального паспорта, которая различает школы",
            "groups": "все их доли одинаковы",
            "rating": "различия школ не больше тех, что даёт случай",
        })

    def test_one_school(self):
        store = Territory(self.folder, 1, usual_marks, usual_passport).store
        self.check_every_command(store)
        self.assert_says(store, {
            "identify": "Школ мало, а среднего и разброса по региону нет",
            "context": "данные есть меньше чем у трёх школ",
            "typology": "меньше чем у четырёх школ",
            "groups": "школа одна: сравнивать не с кем",
            "rating": "сравнивать нечего",
        })

    def test_one_pupil_per_school(self):
        store = Territory(self.folder, 30, lambda school, subject: [2 + school % 4], usual_passport).store
        self.check_every_command(store)
        self.assert_says(store, {
            "context": "внутри школ результаты не различаются",
            "rating": "нет сравнимых результатов за год",
            "pairs": "без пары: нет своих результатов за год",
        })

    def test_no_passports(self):
        store = Territory(self.folder, 30, usual_marks).store
        self.check_every_command(store)
        self.assert_says(store, {
            "context": "нет данных ни у одной школы",
            "groups": "условия школ неизвестны: нет социальных паспортов",
            "pairs": "без пары: мало сведений о своих условиях",
        })

    def test_collinear_conditions(self):
        store = Territory(self.folder, 30, usual_marks, lambda school: [5 + school] * len(SHARES)).store
        self.check_every_command(store)
        self.assert_says(store, {
            "context": "школ мало, поэтому условия представлены индексом",
            "groups": "известно только одно условие, различающее школы",
        })

    def test_nobody_failed(self):
        store = Territory(self.folder, 30, lambda school, subject: [5] * 12, usual_passport).store
        self.check_every_command(store)
        self.assert_says(store, {"typology": "результаты у всех школ одинаковы"})
        for row in opora.table("identify", store, "--methodology", "federal-2025", "--year", YEAR):
            self.assertLess(float(row["probability"]), 0.05, row)

    def test_everybody_failed(self):
        store = Territory(self.folder, 30, lambda school, subject: [2] * 12, usual_passport).store
        self.check_every_command(store)
        self.assert_says(store, {
            "typology": "результаты у всех школ одинаковы",
            "pairs": "без пары: ни одна школа не может быть лидером",
        })
        for row in opora.table("identify", store, "--methodology", "federal-2025", "--year", YEAR):
            self.assertGreater(float(row["probability"]), 0.95, row)

    def test_more_groups_than_schools(self):
        store = Territory(self.folder, 6, usual_marks, usual_passport).store
        status, _, error = answer("typology", store, "--year", YEAR, "--view", "clusters", "--clusters", 40)
        self.assertEqual(status, 1)
        self.assertIn("групп больше, чем объектов", error)

    def test_no_leader_is_possible(self):
        store = Territory(self.folder, 30, usual_marks, usual_passport).store
        for option in (("--gap", 50), ("--capacity", 0), ("--caliper", 0)):
            with self.subTest(option=option):
                question = ("pair", store, "--school", "s1004", "--year", YEAR, *option)
                row, = opora.table(*question)
                self.assertEqual(row["state"], "unpaired")
                self.assertTrue(row["reason"])
                self.assertRegex(opora.run(*question), "без пары: [а-я]")


class Unchanged(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name)

    def test_files_in_any_order_and_number_give_the_same_probabilities(self):
        territory = Territory(self.folder, 40, usual_marks)
        lines = territory.protocols.read_text(encoding="utf-8").splitlines()
        parts = [[line for line in lines[1:] if int(line.split(",")[0][1:]) % 3 == part] for part in range(3)]
        parts[0].reverse()
        files = []
        for number, part in enumerate(parts):
            files.append(self.folder / f"part-{number}.csv")
            files[-1].write_text("\n".join([lines[0], *part]) + "\n", encoding="utf-8")
        for methodology in ("federal-2025", "adyge-khabl"):
            question = ("--methodology", methodology, "--year", YEAR)
            expected = opora.table("identify", territory.store, *question)
            self.assertTrue(any(row["probability"] for row in expected))
            for name, order in (("forwards", files), ("backwards", files[::-1])):
                store = self.folder / f"{methodology}-{name}"
                opora.run("init", store)
                for path in (self.folder / "territories.csv", self.folder / "schools.csv", *order):
                    opora.run("import", store, path)
                self.assertEqual(opora.table("identify", store, *question), expected)

    def test_a_lone_district_leans_on_the_spread_of_its_region(self):
        territory = Territory(self.folder, 12, usual_marks)
        question = ("identify", territory.store, "--methodology", "federal-2025", "--year", YEAR)
        before = [float(row["probability"]) for row in opora.table(*question)]
        self.assertIn("среднего и разброса по региону нет", opora.run(*question))
        # Region with few failures and hardly any difference between schools.
        references = opora.write(
            self.folder / "references.csv", ("territory_id", "type", "subject", "grade", "year", "indicator", "value", "spread", "n"),
            [("r1", "ВПР", subject, 5, YEAR, "low_share", "8 %", "3 %", 5000) for subject in SUBJECTS])
        opora.run("import", territory.store, references)
        self.assertIn("опираются на среднее и разброс по региону", opora.run(*question))
        after = [float(row["probability"]) for row in opora.table(*question)]
        self.assertLess(sum(after), sum(before))


if __name__ == "__main__":
    unittest.main()

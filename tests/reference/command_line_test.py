"""What the command line says to a slip of the pen, and with which status it ends."""
import os
import subprocess
import unittest

import opora

DONE, REFUSED, USAGE = 0, 1, 2
READING = [("identify", "--methodology", "federal-2025"), ("compare",), ("indicators",), ("objectivity",), ("growth",),
           ("typology",), ("context",), ("factors",), ("pair", "--methodology", "federal-2025"),
           ("whatif", "--methodology", "federal-2025", "--set", "low_limit=35%")]


class CommandLine(opora.DemoCase):
    def answer(self, *words, **environment):
        done = subprocess.run([os.environ["OPORA"], *(str(word) for word in words)], capture_output=True, text=True,
                              cwd=self.root, env={**os.environ, **environment})
        return done.returncode, done.stdout, done.stderr

    def test_a_misspelt_territory_is_refused_by_every_command_and_the_known_ones_are_named(self):
        for name, *rest in READING:
            status, out, said = self.answer(name, self.store, "--year", 2024, *rest, "--territory", "Нету")
            self.assertEqual((status, out), (REFUSED, ""), name)
            self.assertIn("территории нет в реестре", said)
            self.assertIn("m01 (Ручейковский район", said)

    def test_a_path_that_leads_nowhere_is_refused_in_russian_whatever_is_written(self):
        nowhere = self.root / "нет"
        (self.root / "file").write_text("")
        through = self.root / "file" / "x"
        identify = ("identify", self.store, "--methodology", "federal-2025", "--year", 2024, "--out")
        for words in [(*identify, nowhere / "а.csv"), (*identify, nowhere / "а.xlsx"),
                      ("methodology", "show", "federal-2025", "--out", nowhere / "а.txt"),
                      ("template", "schools", "--out", nowhere / "а.xlsx"), ("init", through),
                      ("generate", through, "--schools", 5, "--years", "2024"),
                      ("restore", nowhere, self.root / "new"), ("compare", nowhere, "--year", 2024)]:
            status, out, said = self.answer(*words)
            self.assertEqual((status, out), (REFUSED, ""), words)
            self.assertNotRegex(said, "No such|Not a dir|Invalid arg")

    def test_a_backup_is_made_under_a_bare_name(self):
        self.assertEqual(self.answer("backup", self.store, "копия.zip")[0], DONE)
        self.assertTrue((self.root / "копия.zip").exists())

    def test_the_doctor_tells_whole_what_to_do_about_the_missing_key(self):
        status, out, _ = self.answer("doctor", self.store, OPORA_KEY_FILE=str(self.root / "нет-ключа"))
        self.assertEqual(status, REFUSED)
        self.assertIn(f"Нет ключа журнала действий «{self.root}/нет-ключа»", out)
        self.assertIn("Верните файл ключа на место", out)
        self.assertNotIn("…", out)
        self.assertNotIn("из резервной копии", out)

    def test_a_value_outside_a_closed_list_is_wrong_usage(self):
        for words in [("typology", self.store, "--year", 2024, "--view", "foo"), ("kinds", "--format", "foo"),
                      ("template", "xxx"), ("context", self.store, "--year", 2024, "--method", "foo")]:
            self.assertEqual(self.answer(*words)[0], USAGE, words)

    def test_the_year_may_be_written_as_two_years(self):
        words = ("compare", self.store, "--format", "csv", "--year")
        plain = self.answer(*words, 2024)
        for spelling in ["2023/24", "2023/2024", "2023-2024"]:
            self.assertEqual(self.answer(*words, spelling), plain)
        for wrong in ["двадцать", "2023/25", "1990"]:
            status, out, said = self.answer(*words, wrong)
            self.assertEqual((status, out), (USAGE, ""))
            self.assertIn(f"--year: «{wrong}»", said)
            self.assertIn("opora compare --help", said)

    def test_no_help_speaks_english(self):
        _, out, _ = self.answer("--help")
        names = [line.split()[0] for line in out.split("Команды:")[1].splitlines() if line[2:3].strip()]
        self.assertGreater(len(names), 25)
        for name in names:
            status, out, _ = self.answer(name, "--help")
            self.assertEqual(status, DONE, name)
            self.assertIn("Вызов: opora " + name, out)
            self.assertNotRegex(out, r"Usage|Options|Subcommands|TEXT|INT|FLOAT|REQUIRED|Excludes|Needs")
            columns = {len(line) - len(line[28:].lstrip()) for line in out.split("Параметры:")[1].splitlines()
                       if line.startswith("  -") and len(line) > 30 and line[29] == " "}
            self.assertLessEqual(columns, {30}, name)

    def test_tables_for_people_speak_in_words_and_machines_keep_codes(self):
        words = ("indicators", self.store, "--year", 2024, "--school", "edu000101")
        out = self.answer(*words)[1]
        self.assertRegex(out, r"ВПР, математика, 4 класс +Качество знаний +\d+,\d\xa0%")
        self.assertNotRegex(out, r"\b(vpr|oge|mathematics|quality)\b")
        self.assertIn(",vpr,mathematics,4,quality,", self.answer(*words, "--format", "csv")[1])
        self.assertNotIn("choose(", self.answer("methodology", "list")[1])
        self.assertIn("choose(", self.answer("methodology", "list", "--format", "csv")[1])

    def test_a_comparison_says_whose_methodology_it_is_and_whether_its_term_is_over(self):
        said = {line.split(":")[0]: line for line in self.answer("compare", self.store, "--year", 2024)[1].splitlines()}
        self.assertIn("Методика о педагогах", said["order-237"])
        self.assertIn("закончился 31.08.2022", said["krasnoselsky"])
        self.assertNotIn("закончился", said["adyge-khabl"])  # To the end of 2024: in force in 2023/24.
        self.assertNotRegex(said["federal-2025"], "закончился|педагогах")


if __name__ == "__main__":
    unittest.main()

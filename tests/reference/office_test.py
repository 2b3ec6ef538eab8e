"""What whoever keeps the machine does on the command line: accounts, drafts of contracts, own methodologies by their id."""
import os
import pathlib
import re
import subprocess
import unittest

import opora


class Office(opora.DemoCase):
    def refused(self, *words):
        done = subprocess.run([os.environ["OPORA"], *(str(word) for word in words)], capture_output=True, text=True)
        return done.returncode, done.stderr

    def accounts(self):
        return {row["login"]: row for row in opora.table("user", "list", self.store)}

    def test_an_account_is_made_with_a_link_and_no_password_and_closed(self):
        said = opora.run("user", "add", self.store, "--login", "ivanova", "--name", "Вымышленная", "--role", "methodologist")
        self.assertRegex(said, r"http://127\.0\.0\.1:8080/ticket/[\w-]{43}\n")
        number = re.search(r"^id: (\d+)$", said, re.M).group(1)
        row = self.accounts()["ivanova"]
        self.assertEqual((row["id"], row["role"], row["state"]), (number, "methodologist", "waiting"))
        again = opora.run("user", "reset", self.store, "ivanova", "--address", "https://opora.example")
        self.assertIn("https://opora.example/ticket/", again)
        opora.run("user", "close", self.store, "ivanova", "--reason", "вымышленная причина")
        self.assertEqual(self.accounts()["ivanova"]["state"], "closed")
        self.assertEqual(self.refused("user", "reset", self.store, "ivanova")[0], 1)
        journal = opora.run("journal", self.store, "--format", "csv")
        self.assertIn("вымышленная причина", journal)
        self.assertNotIn("Вымышленная", journal)
        self.assertIn("local:", journal)

    def test_an_account_that_would_see_nothing_is_refused(self):
        add = ("user", "add", self.store, "--name", "Вымышленный", "--login")
        for words, message in [(("x", "--role", "auditor"), "имя для входа"),
                               (("petrov", "--role", "school_head"), "укажите школу"),
                               (("petrov", "--role", "auditor", "--territory", "no"), "такой территории нет"),
                               (("petrov", "--role", "curator", "--assigned", "edu000101,no"), "такой школы нет")]:
            status, said = self.refused(*add, *words)
            self.assertEqual(status, 1, words)
            self.assertIn(message, said)
        self.assertEqual(self.refused(*add, "petrov", "--role", "king")[0], 2)
        self.assertEqual(self.refused("user", "close", self.store, "nobody")[0], 1)
        self.assertNotIn("petrov", self.accounts())

    def test_contracts_of_pinned_pairs_alone(self):
        pair = ("pair", self.store, "--methodology", "federal-2025", "--year", "2024", "--format", "csv")
        out = self.root / "contracts"
        opora.run(*pair, "--pin", "edu000107=edu000110", "--contracts", out)
        self.assertEqual([path.name for path in out.iterdir()], ["contract-edu000107-edu000110.docx"])
        status, said = self.refused(*pair, "--contracts", out)
        self.assertEqual(status, 1)
        self.assertIn("закреплённых пар", said)

    def test_an_own_methodology_is_known_by_its_id(self):
        packs = pathlib.Path(__file__).resolve().parents[2] / "methodology" / "packs"
        text = (packs / "federal-2025.yaml").read_text(encoding="utf-8")
        own = self.store / "methodology" / "own-rule"
        own.mkdir(parents=True)
        (own / "000001.yaml").write_text(text.replace("id: federal-2025", "id: own-rule"), encoding="utf-8")
        rows = opora.table("identify", self.store, "--methodology", "own-rule", "--year", "2024")
        self.assertEqual(sum(row["outcome"] == "listed" for row in rows), 7)
        self.assertEqual({row["methodology"] for row in rows}, {"own-rule"})
        self.assertIn("own-rule", self.refused("identify", self.store, "--methodology", "no-such", "--year", "2024")[1])


if __name__ == "__main__":
    unittest.main()

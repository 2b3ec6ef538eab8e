"""The program as its users see it: public commands, files in, csv out."""
import csv
import io
import lzma
import os
import pathlib
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data"
PACKS = HERE / "packs"


def run(*words):
    """Standard output of a command that must succeed."""
    done = subprocess.run([os.environ["OPORA"], *(str(word) for word in words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"opora {' '.join(str(w) for w in words)}: status {done.returncode}\n"
                             f"{done.stdout}{done.stderr}")
    return done.stdout


class DemoCase(unittest.TestCase):
    """Tests on a demonstration district of their own: `root` with its audit key and the folder `store`."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        os.environ["OPORA_KEY_FILE"] = str(cls.root / "audit.key")
        cls.store = cls.root / "district"
        run("demo", cls.store)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()


def generated_store(folder, name, files):
    """A new store in `folder` with the registers of folder/files, as `opora generate` wrote them, then `files` in their order."""
    store = folder / name
    run("init", store)
    for file in ["territories.csv", "schools.csv", *files]:
        run("import", store, folder / "files" / file)
    return store


def table(*words):
    """Rows of a reading command, as dictionaries of text."""
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))


def data(name):
    """Rows of a data file; an .xz one is unpacked while it is read."""
    path = DATA / name
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        return list(csv.DictReader(lines))


def write(path, headings, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path

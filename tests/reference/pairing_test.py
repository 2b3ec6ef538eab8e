"""Pairs, growth and ratings of generated territories, through the public commands: every pairing proven, never worse
than the closest pair first, planted truth found, no place without its interval, ratings off until they are switched on."""
import csv
import os
import pathlib
import subprocess
import tempfile
import unittest

import opora

SEED = 7


def territory(folder, schools):
    opora.run("generate", folder / "files", "--schools", schools, "--years", "2022-2024", "--seed", SEED, "--layout", "csv")
    opora.run("init", folder / "store")
    for name in ("territories", "schools", "passports", "protocols-2022", "protocols-2023", "protocols-2024"):
        opora.run("import", folder / "store", folder / "files" / f"{name}.csv")
    with (folder / "files" / "truth.csv").open(encoding="utf-8") as lines:
        kinds = {row["school_id"]: row["kind"] for row in csv.DictReader(lines)}
    return folder / "store", kinds


def check_pairs(store, kinds):
    options = ("--methodology", "federal-2025", "--year", 2024, "--capacity", 1)
    pairs = opora.table("pair", store, *options)
    proof = opora.table("pair", store, *options, "--part", "proof")[0]
    assert proof["cost_millionths"] == proof["bound_millionths"], proof
    assert int(proof["greedy_paired"]) <= int(proof["paired"]), proof
    if proof["greedy_paired"] == proof["paired"]:
        assert int(proof["greedy_cost_millionths"]) >= int(proof["cost_millionths"]), proof
    made = [row for row in pairs if row["state"] == "proposed"]
    assert len(made) == int(proof["paired"]) and made, proof
    assert len({row["leader_id"] for row in made}) == len(made), "capacity 1"
    listed = {row["school_id"] for row in pairs}
    assert not listed & {row["leader_id"] for row in made}, "a leader is never listed"
    assert all(row["reason"] for row in pairs if row["state"] == "unpaired")
    # The sum is that of rounded distances.
    assert abs(sum(float(row["distance"]) for row in made) - int(proof["cost_millionths"]) / 1e6) < 1e-6 * len(made)
    assert all(kinds[row["leader_id"]] != "low" for row in made), "no truly low school leads"

    first = made[0]
    pinned = opora.table("pair", store, *options, "--pin", f"{first['school_id']}={first['leader_id']}")
    assert [row["leader_id"] for row in pinned] == [row["leader_id"] for row in pairs], "pinning what was proposed"
    banned = opora.table("pair", store, *options, "--ban", f"{first['school_id']}={first['leader_id']}")
    assert all((row["school_id"], row["leader_id"]) != (first["school_id"], first["leader_id"]) for row in banned)


def check_rating(store):
    refused = subprocess.run([os.environ["OPORA"], "rating", str(store), "--year", "2024"], capture_output=True, text=True)
    assert refused.returncode == 1 and "[rating_off]" in refused.stderr, refused
    opora.run("rating", store, "--enable")
    rows = [row for row in opora.table("rating", store, "--year", 2024) if row["place"]]
    assert rows
    for row in rows:
        assert float(row["ci_low"]) < float(row["value"]) < float(row["ci_high"]), row
        assert 1 <= int(row["place_low"]) <= int(row["place_high"]) <= len(rows), row
    assert opora.table("rating", store, "--year", 2024) == opora.table("rating", store, "--year", 2024)


def check_growth(store):
    rows = opora.table("growth", store, "--year", 2024)
    # Planted schools have no trend: whoever grows does so by chance.
    growing = sum(row["growing"] == "true" for row in rows)
    assert growing <= max(2, len(rows) // 20), growing
    assert any(row["stably_high"] == "true" for row in rows)


class Pairing(unittest.TestCase):
    def test_generated_territory(self):
        with tempfile.TemporaryDirectory() as folder:
            store, kinds = territory(pathlib.Path(folder), 120)
            check_pairs(store, kinds)
            check_rating(store)
            check_growth(store)


if __name__ == "__main__":
    unittest.main()

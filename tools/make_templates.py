#!/usr/bin/env python3
"""Packs assets/templates/src into the Word templates beside it: order.docx, letter.docx and contract.docx.

Each template is src/<name>.xml as its text, with the parts of src/common. Times and order are fixed, so that the same
sources give the same parts. Run it after a change of the sources; a test compares the packed parts with them.
A template that was edited in Word is not packed back: edit the sources for what everyone gets.
"""

import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent / "assets" / "templates"
FIRST = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]  # Where readers look first.


def parts(name):
    common = ROOT / "src" / "common"
    found = {p.relative_to(common).as_posix(): p for p in common.rglob("*") if p.is_file()}
    found["word/document.xml"] = ROOT / "src" / f"{name}.xml"
    order = FIRST + sorted(set(found) - set(FIRST))
    return [(part, found[part].read_bytes()) for part in order]


def make(name):
    with zipfile.ZipFile(ROOT / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts(name):
            entry = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


if __name__ == "__main__":
    for source in sorted((ROOT / "src").glob("*.xml")):
        make(source.stem)
        print(f"{source.stem}.docx", file=sys.stderr)

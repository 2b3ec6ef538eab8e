"""Files that the benchmarks read: a Ф1 workbook of 100,000 pupils as Excel would save it, and generated territories.

Everything is made once below build/bench/inputs and is the same on every machine.
"""
import pathlib
import shutil
import random
import subprocess
import zipfile

WORKBOOK_ROWS = 100_000
WORKBOOK_TASKS = 11  # 6 columns of the pupil, 11 tasks, 3 of the result: 20 columns.
WORKBOOK_SKIP = 6    # Rows above the headings.
PUPILS_PER_SCHOOL = 60

PACKAGE = {
    "[Content_Types].xml":
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels":
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml":
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Индивидуальные результаты" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
}
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SharedStrings:
    def __init__(self):
        self.numbers = {}

    def number(self, text):
        return self.numbers.setdefault(text, len(self.numbers))

    def xml(self):
        items = "".join(f"<si><t>{text}</t></si>" for text in self.numbers)
        return f'{DECLARATION}<sst {MAIN} uniqueCount="{len(self.numbers)}">{items}</sst>'


def row_xml(number, cells, strings):
    parts = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        place = f"{chr(ord('A') + column)}{number}"
        if isinstance(cell, str):
            parts.append(f'<c r="{place}" t="s"><v>{strings.number(cell)}</v></c>')
        else:
            parts.append(f'<c r="{place}"><v>{cell}</v></c>')
    return f'<row r="{number}">{"".join(parts)}</row>'


def title_rows():
    return [["ВПР 2024 Математика 5 класс"], ["Предмет", "Математика"],
            ["Максимальный первичный балл", WORKBOOK_TASKS * 2], ["Дата проведения", "18.04.2024"],
            [f"Вымышленный район | Кол-во участников: {WORKBOOK_ROWS}"], []]


def pupil(number, rng):
    school = number // PUPILS_PER_SCHOOL
    able = rng.gauss(0.55, 0.2)
    points = [sum(rng.random() < able for _ in range(2)) for _ in range(WORKBOOK_TASKS)]
    score = sum(points)
    mark = 2 + (score >= 7) + (score >= 12) + (score >= 17)
    journal = min(5, max(3, mark + rng.choice((0, 0, 0, 1))))
    return [school_login(school), "Вымышленный район", f"Вымышленная школа {school + 1}",
            10_001 + number % PUPILS_PER_SCHOOL, "5А" if number % 2 else "5Б", 1 + number % 2,
            *points, score, mark, journal]


def school_login(school):
    return f"edu{200_001 + school:06}"


def write_workbook(path):
    rng = random.Random(20_24)
    strings = SharedStrings()
    headings = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант",
                *(f"{task + 1} (2б)" for task in range(WORKBOOK_TASKS)),
                "Первичный балл", "Отметка", "Отметка по журналу"]
    rows = [row_xml(n, cells, strings) for n, cells in enumerate([*title_rows(), headings], 1)]
    for number in range(WORKBOOK_ROWS):
        rows.append(row_xml(len(rows) + 1, pupil(number, rng), strings))
    sheet = f'{DECLARATION}<worksheet {MAIN}><sheetData>{"".join(rows)}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in PACKAGE.items():
            package.writestr(name, text if text.startswith("<?xml") else DECLARATION + text)
        package.writestr("xl/sharedStrings.xml", strings.xml())
        package.writestr("xl/worksheets/sheet1.xml", sheet)


def write_workbook_schools(path):
    schools = (WORKBOOK_ROWS + PUPILS_PER_SCHOOL - 1) // PUPILS_PER_SCHOOL
    lines = ["school_id,name,type,login"]
    lines += [f"{school_login(s)},Вымышленная школа {s + 1},secondary,{school_login(s)}" for s in range(schools)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def made(path, write):
    """The path, written first if it is not there; a killed run leaves no half file behind."""
    path = pathlib.Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name("unfinished-" + path.name)
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        write(unfinished)
        unfinished.rename(path)
    return path


def workbook(folder):
    return (made(folder / "f1-100k.xlsx", write_workbook),
            made(folder / "f1-100k-schools.csv", write_workbook_schools))


def territory(opora, folder, schools, protocols):
    """A folder that `opora generate` made: one year of bulk protocols with its registers."""
    def write(path):
        subprocess.run([opora, "generate", path, "--schools", str(schools), "--years", "2024-2024",
                        "--protocols", str(protocols), "--layout", "csv"], check=True,
                       stdout=subprocess.DEVNULL)
    return made(folder / f"territory-{schools}", write)

-- The register as the first released form of the program made it, with one import: for the test of migrations.
CREATE TABLE territories (
    id TEXT NOT NULL PRIMARY KEY, level TEXT NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL, code TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE schools (
    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, territory TEXT NOT NULL, type TEXT NOT NULL,
    login TEXT NOT NULL, rcoi_code TEXT NOT NULL, inn TEXT NOT NULL, address TEXT NOT NULL, head TEXT NOT NULL,
    settlement TEXT NOT NULL, distance_km INTEGER, grade_low INTEGER, grade_high INTEGER,
    opened INTEGER, closed INTEGER, successor TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE school_facts (
    school TEXT NOT NULL, year INTEGER NOT NULL, fact TEXT NOT NULL,
    numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0),
    PRIMARY KEY (school, year, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE imported_indicators (
    school TEXT NOT NULL, year INTEGER NOT NULL, indicator TEXT NOT NULL,
    numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0), n INTEGER,
    PRIMARY KEY (school, year, indicator)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_values (
    territory TEXT NOT NULL, year INTEGER NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
    programme_grade INTEGER NOT NULL, grade INTEGER NOT NULL, period TEXT NOT NULL, indicator TEXT NOT NULL,
    numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0),
    spread_numerator INTEGER, spread_denominator INTEGER CHECK (spread_denominator > 0), n INTEGER,
    PRIMARY KEY (territory, year, type, subject, programme_grade, grade, period, indicator)
) STRICT, WITHOUT ROWID;
CREATE TABLE objectivity_markers (
    school TEXT NOT NULL, year INTEGER NOT NULL, subject TEXT NOT NULL, grade INTEGER NOT NULL,
    marked INTEGER NOT NULL CHECK (marked IN (0, 1)),
    PRIMARY KEY (school, year, subject, grade)
) STRICT, WITHOUT ROWID;
CREATE TABLE teachers (
    id TEXT NOT NULL PRIMARY KEY, school TEXT NOT NULL, name TEXT NOT NULL, education TEXT NOT NULL,
    category TEXT NOT NULL, birth_year INTEGER, experience_years INTEGER, arrived_year INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE teaching_loads (
    teacher TEXT NOT NULL, school TEXT NOT NULL, year INTEGER NOT NULL, subject TEXT NOT NULL,
    class_name TEXT NOT NULL,
    numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0),
    PRIMARY KEY (teacher, school, year, subject, class_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, file TEXT NOT NULL, file_sha256 TEXT NOT NULL,
    actor TEXT NOT NULL, time TEXT NOT NULL, rows_accepted INTEGER NOT NULL, rows_refused INTEGER NOT NULL,
    added INTEGER NOT NULL, changed INTEGER NOT NULL, vanished INTEGER NOT NULL,
    results TEXT, aggregates TEXT, undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
-- The keys that an import brought. Those that it changed keep the row as it was before (NULL: there was none).
CREATE TABLE import_rows (
    register TEXT NOT NULL, key TEXT NOT NULL, import INTEGER NOT NULL REFERENCES imports (number),
    changed INTEGER NOT NULL CHECK (changed IN (0, 1)), before TEXT,
    PRIMARY KEY (register, key, import)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_by_import ON import_rows (import);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    detail TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
-- Who stands behind a pseudonym of the audit; a row may be erased, the chain stays whole.
CREATE TABLE audit_actors (pseudonym TEXT NOT NULL PRIMARY KEY, actor TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO schools VALUES ('107', 'Ручейковская СОШ', 'd1', 'secondary', '', '', '', '', '', 'village', NULL, NULL, NULL, NULL, NULL, '');
INSERT INTO imports VALUES (1, 'schools', 'schools.csv', '00', 'local:clerk', '2024-09-01T08:00:00Z', 1, 0, 1, 0, 0, NULL, NULL, 0);
PRAGMA user_version = 1;

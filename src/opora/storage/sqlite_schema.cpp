#include "opora/storage/sqlite_schema.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "opora/ports/storage_error.hpp"
#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace {

/// Step 1: registers, imports with what undoes them, audit. Numbers that belong together (numerator
/// and denominator) are NULL together. Keys are those of register_records.cpp. Rows of registers
/// may name schools that come later, so only the program's own tables refer to each other.
constexpr std::string_view step_1 = R"(
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
)";

/// Accounts: users, their sessions, and links that work once.
constexpr std::string_view step_accounts = R"(
CREATE TABLE users (
    number INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
    territory TEXT NOT NULL, school TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL, password_hash TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE user_schools (
    user INTEGER NOT NULL REFERENCES users (number), school TEXT NOT NULL, PRIMARY KEY (user, school)
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    digest TEXT NOT NULL PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (number), csrf TEXT NOT NULL,
    begun INTEGER NOT NULL, last_seen INTEGER NOT NULL, expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);
CREATE TABLE tickets (
    digest TEXT NOT NULL PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (number), expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)";

/// Answers to questionnaires, counted by school and question, and what curators decided on
/// the factors of a school. Nothing of the latter is overwritten.
constexpr std::string_view step_factors = R"(
CREATE TABLE questionnaire_answers (
    school TEXT NOT NULL, year INTEGER NOT NULL, questionnaire TEXT NOT NULL, item TEXT NOT NULL,
    respondents INTEGER NOT NULL CHECK (respondents >= 0), answers TEXT NOT NULL,
    PRIMARY KEY (school, year, questionnaire, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE factor_reviews (
    number INTEGER PRIMARY KEY, school TEXT NOT NULL, year INTEGER NOT NULL, factor TEXT NOT NULL,
    decision TEXT NOT NULL, level TEXT, computed TEXT, note TEXT NOT NULL, curator TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;
CREATE INDEX factor_reviews_by_school ON factor_reviews (year, school, factor);
)";

/// Files that were imported together, and are undone together when not all of them came.
constexpr std::string_view step_batches = R"(
ALTER TABLE imports ADD COLUMN batch TEXT NOT NULL DEFAULT '';
)";

/// Lives of lists: contents and data by hash, and chains of acts. Rows of these are never changed.
constexpr std::string_view step_lists = R"(
CREATE TABLE list_contents (hash TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE list_snapshots (
    snapshot TEXT NOT NULL PRIMARY KEY, rows_hash TEXT NOT NULL, rows TEXT NOT NULL, imports TEXT NOT NULL
) STRICT;
CREATE TABLE list_acts (
    list INTEGER NOT NULL, number INTEGER NOT NULL, time TEXT NOT NULL, actor TEXT NOT NULL,
    deed TEXT NOT NULL, details TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL,
    journal_number INTEGER NOT NULL, journal TEXT NOT NULL,
    PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;
)";

/// Words of the journal that can be erased, and the second step of coming in.
constexpr std::string_view step_journal = R"(
CREATE TABLE audit_notes (digest TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- The secret of one-time codes is sealed with a key that lies outside the folder; `last` is the last step used.
CREATE TABLE second_steps (
    user INTEGER NOT NULL PRIMARY KEY REFERENCES users (number), secret TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)), last INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_codes (
    user INTEGER NOT NULL REFERENCES users (number), digest TEXT NOT NULL, PRIMARY KEY (user, digest)
) STRICT, WITHOUT ROWID;
)";

constexpr std::array steps{step_1,       step_accounts, step_factors,
                           step_batches, step_lists,    step_journal};

std::int64_t version_of(const SqliteConnection& connection) {
    return connection.number("PRAGMA user_version").value_or(0);
}

void refuse_newer(std::int64_t version) {
    if (version <= static_cast<std::int64_t>(steps.size())) return;
    throw ports::StorageError{
        "newer", fmt::format("База данных создана более новой версией программы (схема {}, эта "
                             "версия знает {}). Обновите программу.",
                             version, steps.size())};
}

/// The register as the older program left it, whole or not at all.
void copy_before_migration(const SqliteConnection& connection, const std::filesystem::path& file,
                           std::int64_t version) {
    std::filesystem::path target = file;
    target += fmt::format(".schema-{}", version);
    if (std::filesystem::exists(target)) return;
    TemporaryFile copy{file.parent_path() / "tmp", target.filename().string()};
    connection.prepare("VACUUM INTO ?").run({copy.path().string()});
    copy.move_to(target);
}

}  // namespace

void migrate(const SqliteConnection& connection, const std::filesystem::path& file) {
    const std::int64_t found = version_of(connection);
    refuse_newer(found);
    if (0 < found && found < static_cast<std::int64_t>(steps.size())) {
        copy_before_migration(connection, file, found);
    }
    while (version_of(connection) < static_cast<std::int64_t>(steps.size())) {
        SqliteTransaction transaction{connection};
        // Another program may have been first.
        const auto version = static_cast<std::size_t>(version_of(connection));
        if (version >= steps.size()) break;
        connection.execute(std::string{steps[version]});
        connection.execute(fmt::format("PRAGMA user_version = {}", version + 1));
        transaction.commit();
    }
}

void expect_known_schema(const SqliteConnection& connection) {
    refuse_newer(version_of(connection));
}

void expect_current_schema(const SqliteConnection& connection) {
    const std::int64_t version = version_of(connection);
    refuse_newer(version);
    if (version == static_cast<std::int64_t>(steps.size())) return;
    throw ports::StorageError{
        "outdated",
        "Базу данных нужно обновить, а папка данных доступна только для чтения. Разрешите "
        "запись и повторите действие."};
}

}  // namespace opora::storage

#include "opora/storage/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

constexpr int busy_timeout_ms =
    1000;  // Longer than any reader's pause; writers exclude each other by the lock file.

ports::StorageError storage_error(sqlite3* database, int code) {
    const int reason = database == nullptr ? 0 : sqlite3_system_errno(database);
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"busy",
                    "Базу данных изменяет другая программа. Дождитесь её завершения и повторите "
                    "действие."};
        case SQLITE_FULL:
            return {"disk_full",
                    "На диске не хватает места. Освободите место и повторите действие."};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {"read_only",
                    "Нет права записи в базу данных. Разрешите запись в папку данных и повторите "
                    "действие."};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {"corrupt",
                    "База данных повреждена. Восстановите папку данных из резервной копии."};
        default:
            break;
    }
    // SQLite names a full disk itself; an exhausted quota, a file at its limit or no room for the
    // file of the write-ahead log's index is but a failed write to it.
    const bool no_room = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
    const bool grows = code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_TRUNCATE;
    if (code == SQLITE_IOERR_WRITE || grows || ((code & 0xFF) == SQLITE_IOERR && no_room)) {
        return {"disk_full",
                "Диск не принял запись: не хватает места, исчерпана квота или диск неисправен. "
                "Освободите место и "
                "повторите действие."};
    }
    if (reason == EACCES || reason == EPERM || reason == EROFS) {
        return {
            "read_only",
            "Нет права на файл базы данных. Разрешите доступ к папке данных и повторите действие."};
    }
    return {"io",
            fmt::format("Ошибка базы данных ({}). Проверьте диск и повторите действие.",
                        database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database))};
}

void check(sqlite3* database, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
        throw storage_error(database, code);
    }
}

/// The path as a URI, which alone can say that nobody changes the file.
std::string uri_of(const std::filesystem::path& path, bool immutable) {
    std::string uri = "file:";
    for (const char character : std::filesystem::absolute(path).string()) {
        if (character == '%' || character == '?' || character == '#') {
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(character));
        } else {
            uri += character;
        }
    }
    return immutable ? uri + "?immutable=1" : uri;
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql) : database_{database} {
    check(database, sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                       SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

SqliteStatement::SqliteStatement(SqliteStatement&& other) noexcept
    : database_{other.database_}, statement_{std::exchange(other.statement_, nullptr)} {}

void SqliteStatement::start(const Record& parameters) {
    sqlite3_reset(statement_);
    OPORA_EXPECTS(sqlite3_bind_parameter_count(statement_) == static_cast<int>(parameters.size()));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const int place = static_cast<int>(i) + 1;
        if (const auto* number = std::get_if<std::int64_t>(&parameters[i])) {
            check(database_, sqlite3_bind_int64(statement_, place, *number));
        } else if (const auto* text = std::get_if<std::string>(&parameters[i])) {
            check(database_, sqlite3_bind_text64(statement_, place, text->data(), text->size(),
                                                 SQLITE_TRANSIENT, SQLITE_UTF8));
        } else {
            check(database_, sqlite3_bind_null(statement_, place));
        }
    }
}

bool SqliteStatement::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) {
        const ports::StorageError error = storage_error(database_, code);
        sqlite3_reset(statement_);
        throw ports::StorageError{error};
    }
    sqlite3_reset(statement_);
    return false;
}

void SqliteStatement::run(const Record& parameters) {
    start(parameters);
    while (next()) {
    }
}

std::int64_t SqliteStatement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string SqliteStatement::text(int column) const { return std::string{text_view(column)}; }

std::string_view SqliteStatement::text_view(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const int size = sqlite3_column_bytes(statement_, column);
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(size)};
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Record SqliteStatement::record() const {
    Record record;
    read(record);
    return record;
}

void SqliteStatement::read(Record& record) const {
    const int columns = sqlite3_column_count(statement_);
    record.resize(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        Value& value = record[static_cast<std::size_t>(column)];
        switch (sqlite3_column_type(statement_, column)) {
            case SQLITE_NULL:
                value = std::monostate{};
                break;
            case SQLITE_INTEGER:
                value = number(column);
                break;
            default:
                if (!std::holds_alternative<std::string>(value)) value.emplace<std::string>();
                std::get<std::string>(value).assign(text_view(column));
        }
    }
}

SqliteConnection::SqliteConnection(const std::filesystem::path& path, Access access) {
    const bool write = access == Access::write;
    // Without a journal beside it nobody writes, and SQLite needs no files of its own to read.
    const bool immutable = !write && !std::filesystem::exists(path.string() + "-wal");
    const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    const int code = sqlite3_open_v2(uri_of(path, immutable).c_str(), &database_, flags, nullptr);
    try {
        check(database_, code);
        sqlite3_busy_timeout(database_, busy_timeout_ms);
        add_russian_text(database_);
        execute(
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
        if (write) execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    } catch (...) {
        sqlite3_close_v2(database_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(database_); }

void SqliteConnection::execute(const std::string& sql) const {
    check(database_, sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr));
}

std::optional<std::int64_t> SqliteConnection::number(std::string_view sql) const {
    SqliteStatement statement = prepare(sql);
    statement.start({});
    if (!statement.next() || statement.is_null(0)) return std::nullopt;
    return statement.number(0);
}

SqliteTransaction::SqliteTransaction(const SqliteConnection& connection) : connection_{connection} {
    connection_.execute("BEGIN IMMEDIATE");
}

SqliteTransaction::~SqliteTransaction() {
    if (!open_) return;
    try {
        connection_.execute("ROLLBACK");
    } catch (const ports::StorageError&) {
        // SQLite has rolled back by itself (full disk, broken file); the first error is on its way
        // up.
    }
}

void SqliteTransaction::commit() {
    connection_.execute("COMMIT");
    open_ = false;
}

}  // namespace opora::storage

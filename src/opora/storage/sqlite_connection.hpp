#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace opora::storage {

/// What a column of a row holds: nothing, a 64-bit number or a text.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
using Record = std::vector<Value>;

/// A prepared statement, used again and again. Parameters are numbered from 1, columns from 0.
class SqliteStatement {
public:
    SqliteStatement(sqlite3* database, std::string_view sql);
    ~SqliteStatement();
    SqliteStatement(SqliteStatement&& other) noexcept;
    SqliteStatement& operator=(SqliteStatement&&) = delete;

    /// Starts the statement anew with these parameters.
    void start(const Record& parameters);
    /// Moves to the next row; false at the end.
    bool next();
    /// Starts, runs to the end, forgets the rows.
    void run(const Record& parameters);

    std::int64_t number(int column) const;
    std::string text(int column) const;
    bool is_null(int column) const;
    Record record() const;
    /// The same into a record that is used again and again.
    void read(Record& record) const;

private:
    /// Valid until the next step.
    std::string_view text_view(int column) const;

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

/// A connection to an SQLite file with foreign keys, WAL, durable commits, and Russian text:
/// collation `russian`, and lower() and upper() that know Cyrillic. Throws StorageError (`busy`,
/// `disk_full`, `read_only`, `corrupt`, `io`).
class SqliteConnection {
public:
    enum class Access : std::uint8_t {
        write,  ///< Makes the file when it is not there.
        read,   ///< For a folder in which nothing may be written.
    };

    SqliteConnection(const std::filesystem::path& path, Access access);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    SqliteStatement prepare(std::string_view sql) const { return {database_, sql}; }
    /// Runs one or more statements that give no rows.
    void execute(const std::string& sql) const;
    /// The first column of the first row.
    std::optional<std::int64_t> number(std::string_view sql) const;

private:
    sqlite3* database_ = nullptr;
};

/// All changes until `commit`, or none of them. Excludes other writers from its beginning.
class SqliteTransaction {
public:
    explicit SqliteTransaction(const SqliteConnection& connection);
    ~SqliteTransaction();
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    void commit();

private:
    const SqliteConnection& connection_;
    bool open_ = true;
};

/// Gives a connection the collation `russian` and Cyrillic lower() and upper(), all through ICU.
void add_russian_text(sqlite3* database);

}  // namespace opora::storage

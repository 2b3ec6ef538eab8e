#include "opora/storage/sqlite_register.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/base/sha256.hpp"
#include "opora/model/journal.hpp"
#include "opora/storage/register_changes.hpp"
#include "opora/storage/register_records.hpp"
#include "opora/storage/sqlite_schema.hpp"
#include "opora/storage/utc_time.hpp"

namespace opora::storage {

namespace {

SqliteConnection::Access access_of(const Directory& directory) {
    return ::access(directory.root().c_str(), W_OK) == 0 ? SqliteConnection::Access::write
                                                         : SqliteConnection::Access::read;
}

Value perhaps(const std::optional<model::FactIdentity>& identity) {
    return identity ? Value{identity->value} : Value{};
}

ports::ImportReceipt receipt_of(const SqliteStatement& row) {
    const auto identity = [&](int column) {
        return row.is_null(column) ? std::nullopt
                                   : std::optional{model::FactIdentity{row.text(column)}};
    };
    return {.number = row.number(0),
            .kind = row.text(1),
            .file = row.text(2),
            .file_sha256 = row.text(3),
            .actor = row.text(4),
            .time = row.text(5),
            .rows_accepted = row.number(6),
            .rows_refused = row.number(7),
            .added = row.number(8),
            .changed = row.number(9),
            .vanished = row.number(10),
            .results = identity(11),
            .aggregates = identity(12),
            .undone = row.number(13) != 0,
            .batch = row.text(14)};
}

const RegisterTable& table_named(std::string_view name) {
    const auto tables = register_tables();
    const auto found = std::ranges::find(tables, name, &RegisterTable::name);
    OPORA_EXPECTS(found != tables.end());
    return *found;
}

std::optional<std::string> setting_value(const SqliteConnection& connection,
                                         const std::string& name) {
    SqliteStatement select = connection.prepare("SELECT value FROM settings WHERE name = ?1");
    select.start({name});
    return select.next() ? std::optional{select.text(0)} : std::nullopt;
}

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

/// Writes changes to the register and remembers what undoes them.
class ChangeWriter {
public:
    ChangeWriter(const SqliteConnection& connection, ports::ImportNumber number)
        : connection_{connection},
          number_{number},
          remember_{
              connection.prepare("INSERT INTO import_rows (register, key, import, changed, before) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)")} {}

    void write(const RowChange& change) {
        const RegisterTable& table = *change.table;
        Value before;
        if (!change.stays() && change.before) before = encode(*change.before);
        remember_.run({std::string{table.name}, change.key, number_,
                       std::int64_t{change.stays() ? 0 : 1}, std::move(before)});
        if (change.stays()) return;
        seen_.add(fmt::format("{}\n{}", table.name, change.key));
        if (change.after) {
            seen_.add(encode(*change.after));
            statement(upserts_, table, table.upsert()).run(*change.after);
        } else {
            statement(removals_, table, table.remove()).run(decode(change.key));
        }
    }

    /// SHA-256 of all that was written.
    std::string digest() { return seen_.hex(); }

private:
    using Statements = std::vector<std::pair<const RegisterTable*, SqliteStatement>>;

    SqliteStatement& statement(Statements& statements, const RegisterTable& table,
                               const std::string& sql) {
        if (statements.empty() || statements.back().first != &table) {
            statements.emplace_back(&table, connection_.prepare(sql));
        }
        return statements.back().second;
    }

    const SqliteConnection& connection_;
    ports::ImportNumber number_;
    SqliteStatement remember_;
    Statements upserts_;  ///< The last is the current table's: changes come table by table.
    Statements removals_;
    base::Sha256 seen_;
};

}  // namespace

SqliteRegister::SqliteRegister(const Directory& directory, RegisterOptions options)
    : connection_{directory.register_file(), access_of(directory)},
      options_{std::move(options)},
      audit_{connection_, options_.key_file} {
    if (access_of(directory) == SqliteConnection::Access::write) {
        migrate(connection_, directory.register_file());
    } else {
        expect_current_schema(connection_);
    }
}

std::string SqliteRegister::now() const { return options_.clock ? options_.clock() : utc_time(); }

ports::RegisterRows SqliteRegister::rows() const {
    const std::lock_guard guard{mutex_};
    ports::RegisterRows rows;
    for (const RegisterTable& table : register_tables()) {
        if (!table.bears_on_verdicts) continue;
        const auto count = connection_.number(fmt::format("SELECT count(*) FROM {}", table.name));
        SqliteStatement select = connection_.prepare(table.select_all());
        select.start({});
        add_records(rows, table, static_cast<std::size_t>(count.value_or(0)), [&](Record& record) {
            if (!select.next()) return false;
            select.read(record);
            return true;
        });
    }
    return rows;
}

ports::RowChanges SqliteRegister::compare(const ports::RegisterRows& rows, bool full) const {
    const std::lock_guard guard{mutex_};
    ports::RowChanges changes;
    each_change(connection_, rows, full,
                [&](const RowChange& change) { count_change(change, changes); });
    return changes;
}

ports::ImportReceipt SqliteRegister::import(const ports::RegisterRows& rows, bool full,
                                            ports::ImportReceipt receipt) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    receipt.number = connection_.number("SELECT max(number) FROM imports").value_or(0) + 1;
    receipt.time = now();
    insert_receipt(receipt);
    ChangeWriter writer{connection_, receipt.number};
    each_change(connection_, rows, full, [&](const RowChange& change) { writer.write(change); });

    // Personal fields are a part of what was written: only their keyed digest stays.
    const std::string written = audit_.pseudonym(writer.digest());
    audit_.append(
        receipt.time, receipt.actor, "import",
        fmt::format("import={} kind={} file_sha256={} results={} aggregates={} rows={} written={}",
                    receipt.number, receipt.kind, receipt.file_sha256,
                    receipt.results ? receipt.results->value : "-",
                    receipt.aggregates ? receipt.aggregates->value : "-", receipt.rows_accepted,
                    written));
    transaction.commit();
    return receipt;
}

void SqliteRegister::insert_receipt(const ports::ImportReceipt& receipt) {
    connection_
        .prepare(
            "INSERT INTO imports (number, kind, file, file_sha256, actor, time, rows_accepted, "
            "rows_refused, "
            "added, changed, vanished, results, aggregates, undone, batch) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14)")
        .run({receipt.number, receipt.kind, receipt.file, receipt.file_sha256, receipt.actor,
              receipt.time, receipt.rows_accepted, receipt.rows_refused, receipt.added,
              receipt.changed, receipt.vanished, perhaps(receipt.results),
              perhaps(receipt.aggregates), receipt.batch});
}

std::vector<ports::ImportReceipt> SqliteRegister::imports() const {
    const std::lock_guard guard{mutex_};
    std::vector<ports::ImportReceipt> receipts;
    SqliteStatement select = connection_.prepare(
        "SELECT number, kind, file, file_sha256, actor, time, rows_accepted, rows_refused, added, "
        "changed, vanished, "
        "results, aggregates, undone, batch FROM imports ORDER BY number");
    select.start({});
    while (select.next()) receipts.push_back(receipt_of(select));
    return receipts;
}

base::Result<base::Done> SqliteRegister::expect_undoable(ports::ImportNumber number) const {
    SqliteStatement select = connection_.prepare("SELECT undone FROM imports WHERE number = ?1");
    select.start({number});
    if (!select.next()) {
        return refusal("no_such_import",
                       fmt::format("Загрузки {} нет. Список загрузок: opora imports.", number));
    }
    if (select.number(0) != 0)
        return refusal("already_undone", fmt::format("Загрузка {} уже отменена.", number));

    // The next import in force that brought the same row: if it changed the row, what was before is
    // not ours to restore.
    SqliteStatement conflict = connection_.prepare(
        "SELECT min(theirs.import), count(*) FROM import_rows ours JOIN import_rows theirs "
        "ON theirs.register = ours.register AND theirs.key = ours.key AND theirs.import = "
        "(SELECT min(later.import) FROM import_rows later WHERE later.register = ours.register "
        " AND later.key = ours.key AND later.import > ours.import) "
        "WHERE ours.import = ?1 AND ours.changed = 1 AND theirs.changed = 1");
    conflict.start({number});
    if (conflict.next() && conflict.number(1) > 0) {
        return refusal(
            "later_changes",
            fmt::format(
                "Загрузку {} нельзя отменить: загрузка {} позже изменила те же записи ({}). "
                "Сначала отмените загрузку {}.",
                number, conflict.number(0), conflict.number(1), conflict.number(0)));
    }
    return base::Done{};
}

void SqliteRegister::give_back_rows(ports::ImportNumber number) {
    struct Former {
        std::string register_name;
        std::string key;
        Value before;
    };
    std::vector<Former> former_rows;
    SqliteStatement select = connection_.prepare(
        "SELECT register, key, before FROM import_rows WHERE import = ?1 AND changed = 1");
    select.start({number});
    while (select.next()) {
        former_rows.push_back(
            {select.text(0), select.text(1), select.is_null(2) ? Value{} : select.text(2)});
    }
    connection_.prepare("DELETE FROM import_rows WHERE import = ?1").run({number});

    SqliteStatement heir = connection_.prepare(
        "SELECT min(import) FROM import_rows WHERE register = ?1 AND key = ?2 AND import > ?3");
    SqliteStatement hand_on = connection_.prepare(
        "UPDATE import_rows SET changed = 1, before = ?4 WHERE register = ?1 AND key = ?2 AND "
        "import = ?3");
    for (const Former& row : former_rows) {
        heir.start({row.register_name, row.key, number});
        std::optional<std::int64_t> next;
        while (heir.next()) {
            if (!heir.is_null(0)) next = heir.number(0);
        }
        if (next) {
            hand_on.run({row.register_name, row.key, *next, row.before});
            continue;
        }
        const RegisterTable& table = table_named(row.register_name);
        if (const auto* before = std::get_if<std::string>(&row.before)) {
            connection_.prepare(table.upsert()).run(decode(*before));
        } else {
            connection_.prepare(table.remove()).run(decode(row.key));
        }
    }
}

base::Result<base::Done> SqliteRegister::undo(ports::ImportNumber number,
                                              const std::string& actor) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    OPORA_TRY(expect_undoable(number));
    give_back_rows(number);
    connection_.prepare("UPDATE imports SET undone = 1 WHERE number = ?1").run({number});
    audit_.append(now(), actor, "undo", fmt::format("import={}", number));
    transaction.commit();
    return base::Done{};
}

std::string SqliteRegister::rows_hash() const {
    const std::lock_guard guard{mutex_};
    base::Sha256 hash;
    Record record;
    std::string text;
    for (const RegisterTable& table : register_tables()) {
        if (!table.bears_on_verdicts) continue;
        hash.add(fmt::format("{}: {}\n", table.name, table.column_names()));
        SqliteStatement select = connection_.prepare(table.select_all());
        select.start({});
        while (select.next()) {
            select.read(record);
            text.clear();
            encode_into(text, record);
            hash.add(text);
        }
    }
    return hash.hex();
}

std::optional<std::string> SqliteRegister::setting(const std::string& name) const {
    const std::lock_guard guard{mutex_};
    return setting_value(connection_, name);
}

void SqliteRegister::set_setting(const std::string& name, const std::string& value,
                                 const std::string& actor) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    const auto before = setting_value(connection_, name);
    if (before == value) return;
    connection_
        .prepare(
            "INSERT INTO settings (name, value) VALUES (?1, ?2) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run({name, value});
    audit_.append(now(), actor, "setting", model::journal_text({{name, before, value}}));
    transaction.commit();
}

void SqliteRegister::audit(const std::string& actor, const std::string& action,
                           const std::string& detail, const std::string& reason) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    audit_.append(now(), actor, action, detail, reason);
    transaction.commit();
}

AuditHead SqliteRegister::audit_head() const {
    const std::lock_guard guard{mutex_};
    return audit_.head();
}

base::Result<AuditHead> SqliteRegister::verify_audit(
    const std::optional<std::string>& known_head) const {
    const std::lock_guard guard{mutex_};
    return audit_.verify(known_head);
}

}  // namespace opora::storage

#include "opora/storage/register_changes.hpp"

#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "opora/storage/register_records.hpp"

namespace opora::storage {

namespace {

std::string key_of(const RegisterTable& table, const Record& record) {
    return encode(std::span{record}.first(table.keys));
}

std::string scope_of(const RegisterTable& table, const Record& record) {
    Record scope;
    for (const std::size_t column : table.scope) scope.push_back(record[column]);
    return encode(scope);
}

/// The rows of one table of a file, by key.
class FileRows {
public:
    FileRows(const RegisterTable& table, std::vector<Record> records)
        : table_{table}, records_{std::move(records)} {
        for (std::size_t i = 0; i < records_.size(); ++i) {
            last_by_key_.insert_or_assign(key_of(table, records_[i]), i);
            scopes_.insert(scope_of(table, records_[i]));
        }
    }

    void each_kept(const SqliteConnection& connection,
                   const std::function<void(const RowChange&)>& visit) const {
        SqliteStatement select = connection.prepare(table_.select_one());
        for (std::size_t i = 0; i < records_.size(); ++i) {
            const Record& record = records_[i];
            RowChange change{&table_, key_of(table_, record), std::nullopt, record};
            if (last_by_key_.at(change.key) != i) continue;
            select.start(
                {record.begin(), record.begin() + static_cast<std::ptrdiff_t>(table_.keys)});
            while (select.next()) change.before = select.record();
            visit(change);
        }
    }

    void each_vanished(const SqliteConnection& connection,
                       const std::function<void(const RowChange&)>& visit) const {
        std::vector<RowChange> vanished;  // Collected first: the visitor may delete.
        SqliteStatement select = connection.prepare(table_.select_all());
        select.start({});
        while (select.next()) {
            Record record = select.record();
            std::string key = key_of(table_, record);
            if (last_by_key_.contains(key) || !scopes_.contains(scope_of(table_, record))) continue;
            vanished.push_back({&table_, std::move(key), std::move(record), std::nullopt});
        }
        for (const RowChange& change : vanished) visit(change);
    }

private:
    const RegisterTable& table_;
    std::vector<Record> records_;
    std::unordered_map<std::string, std::size_t> last_by_key_;
    std::set<std::string> scopes_;
};

}  // namespace

void each_change(const SqliteConnection& connection, const ports::RegisterRows& rows, bool full,
                 const std::function<void(const RowChange&)>& visit) {
    for (const RegisterTable& table : register_tables()) {
        std::vector<Record> records = records_of(rows, table);
        if (records.empty()) continue;
        const FileRows file{table, std::move(records)};
        file.each_kept(connection, visit);
        if (full) file.each_vanished(connection, visit);
    }
}

void count_change(const RowChange& change, ports::RowChanges& changes) {
    constexpr std::size_t examples_max = 20;
    if (change.stays()) {
        ++changes.unchanged;
        return;
    }
    ++(!change.before ? changes.added : !change.after ? changes.vanished : changes.changed);
    if (changes.examples.size() >= examples_max) return;
    changes.examples.push_back(change_line(*change.table, change.before ? &*change.before : nullptr,
                                           change.after ? &*change.after : nullptr));
}

}  // namespace opora::storage

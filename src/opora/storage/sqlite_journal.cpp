#include "opora/storage/sqlite_journal.hpp"

#include <fmt/format.h>

#include "opora/storage/sqlite_schema.hpp"

namespace opora::storage {

namespace {

/// The reason stands in the row as a digest; its words are kept apart, where they can be erased.
constexpr std::string_view reason_field = "reason";

void put_reason(const SqliteConnection& connection, model::JournalEntry& entry) {
    for (auto change = entry.changes.begin(); change != entry.changes.end(); ++change) {
        if (change->field != reason_field) continue;
        auto note = connection.prepare("SELECT text FROM audit_notes WHERE digest = ?1");
        note.start({change->after});
        if (note.next()) entry.reason = note.text(0);
        entry.changes.erase(change);
        return;
    }
}

/// The condition on actors and its parameters, numbered after those that are there.
std::string of_actors(const std::optional<std::vector<std::string>>& actors, Record& parameters) {
    if (!actors) return "1";
    std::string places;
    for (const std::string& actor : *actors) {
        parameters.emplace_back(actor);
        places += fmt::format("{}?{}", places.empty() ? "" : ", ", parameters.size());
    }
    return fmt::format("who.actor IN ({})", places);
}

}  // namespace

SqliteJournal::SqliteJournal(const Directory& directory, const RegisterOptions& options)
    : connection_{directory.register_file(), SqliteConnection::Access::read},
      audit_{connection_, options.key_file} {
    expect_current_schema(connection_);
}

std::vector<model::JournalEntry> SqliteJournal::entries(const ports::JournalFilter& filter,
                                                        std::int64_t limit) const {
    const std::lock_guard guard{mutex_};
    Record parameters{filter.before, filter.action, filter.from, filter.to, limit};
    const std::string condition = of_actors(filter.actors, parameters);
    auto row = connection_.prepare(fmt::format(
        "SELECT audit.number, audit.time, coalesce(who.actor, ''), audit.action, audit.detail "
        "FROM audit LEFT JOIN audit_actors AS who ON who.pseudonym = audit.actor "
        "WHERE (?1 = 0 OR audit.number < ?1) AND (?2 = '' OR audit.action = ?2) "
        "AND (?3 = '' OR audit.time >= ?3) AND (?4 = '' OR audit.time < ?4) AND {} "
        "ORDER BY audit.number DESC LIMIT ?5",
        condition));
    row.start(parameters);
    std::vector<model::JournalEntry> entries;
    while (row.next()) {
        entries.push_back({.number = row.number(0),
                           .time = row.text(1),
                           .actor = row.text(2),
                           .action = row.text(3),
                           .changes = model::journal_changes(row.text(4))});
        put_reason(connection_, entries.back());
    }
    return entries;
}

std::vector<std::string> SqliteJournal::texts(std::string_view sql) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare(sql);
    row.start({});
    std::vector<std::string> all;
    while (row.next()) all.push_back(row.text(0));
    return all;
}

std::vector<std::string> SqliteJournal::actors() const {
    return texts("SELECT actor FROM audit_actors ORDER BY actor");
}

std::vector<std::string> SqliteJournal::actions() const {
    return texts("SELECT DISTINCT action FROM audit ORDER BY action");
}

base::Result<ports::JournalHead> SqliteJournal::verify(
    const std::optional<std::string>& known_seal) const {
    const std::lock_guard guard{mutex_};
    const AuditHead head = OPORA_TRY(audit_.verify(known_seal));
    return ports::JournalHead{head.number, head.mac};
}

}  // namespace opora::storage

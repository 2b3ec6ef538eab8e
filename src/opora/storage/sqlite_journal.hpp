#pragma once

#include <mutex>

#include "opora/ports/journal.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/sqlite_connection.hpp"
#include "opora/storage/sqlite_register.hpp"

namespace opora::storage {

/// The journal of actions of opora.sqlite, through a reading connection of its own.
class SqliteJournal : public ports::Journal {
public:
    explicit SqliteJournal(const Directory& directory, const RegisterOptions& options = {});

    std::vector<model::JournalEntry> entries(const ports::JournalFilter& filter,
                                             std::int64_t limit) const override;
    std::vector<std::string> actors() const override;
    std::vector<std::string> actions() const override;
    base::Result<ports::JournalHead> verify(
        const std::optional<std::string>& known_seal) const override;

private:
    std::vector<std::string> texts(std::string_view sql) const;

    mutable std::mutex mutex_;  ///< The connection serves one thread at a time.
    SqliteConnection connection_;
    AuditLog audit_;
};

}  // namespace opora::storage

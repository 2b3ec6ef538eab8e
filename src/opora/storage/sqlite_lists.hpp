#pragma once

#include <map>
#include <mutex>

#include "opora/ports/list_store.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/sqlite_connection.hpp"
#include "opora/storage/sqlite_register.hpp"

namespace opora::storage {

/// Lives of lists in opora.sqlite, through a connection of their own; files that people hand in lie
/// in attachments/ by hash. The register must have been opened before: it brings the tables to
/// their newest form.
class SqliteLists : public ports::ListStore {
public:
    explicit SqliteLists(const Directory& directory, RegisterOptions options = {});

    std::string now() const override;
    std::vector<model::ListId> lists() const override;
    std::vector<model::ListAct> acts(const model::ListId& list) const override;
    base::Result<model::ListId> append(std::span<const ports::ListEntry> entries,
                                       const std::optional<ports::Freeze>& freeze) override;
    std::string hash_of(const model::ListContent& content) const override;
    std::shared_ptr<const model::ListContent> content(const std::string& hash) const override;
    std::shared_ptr<const model::ListContent> outline(const std::string& hash) const override;
    ports::FrozenData frozen(const std::string& snapshot) const override;
    base::Errors check_chain(const model::ListId& list) const override;
    base::Result<std::string> check_journal(
        const std::optional<std::string>& known_seal) const override;
    model::AttachedFile keep_file(const std::filesystem::path& file,
                                  const std::string& name) override;
    std::optional<std::filesystem::path> file(const std::string& sha256) const override;

private:
    void keep(const ports::Freeze& freeze);
    void add(std::int64_t list, const ports::ListEntry& entry);
    std::int64_t acts_of(std::int64_t list) const;
    std::string content_text(const std::string& hash) const;

    mutable std::mutex mutex_;  ///< The connection serves one thread at a time.
    Directory directory_;
    SqliteConnection connection_;
    RegisterOptions options_;
    AuditLog audit_;
    /// Contents read lately: they never change.
    mutable std::map<std::string, std::shared_ptr<const model::ListContent>> known_;
    mutable std::map<std::string, std::shared_ptr<const model::ListContent>> outlines_;
};

}  // namespace opora::storage

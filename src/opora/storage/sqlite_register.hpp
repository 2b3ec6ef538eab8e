#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "opora/ports/register_store.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/register_tables.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

struct RegisterOptions {
    std::filesystem::path key_file = AuditKey::usual_path();
    /// The time as ISO 8601 in UTC; the system's clock when empty.
    std::function<std::string()> clock;
};

/// The register in opora.sqlite of a data folder.
///
/// The state of a register row is what the imports in force made of it, one after another. Each
/// import therefore keeps the keys that it brought, and the former row of those that it changed; an
/// undo gives the former row back, or hands it on to the next import that brought the same row
/// unchanged and so stands for it now.
class SqliteRegister : public ports::RegisterStore {
public:
    /// Opens or makes the register and brings its tables to the newest form. In a folder where
    /// nothing may be written it opens for reading only.
    explicit SqliteRegister(const Directory& directory, RegisterOptions options = {});

    ports::RegisterRows rows() const override;
    std::vector<model::AnswerTally> answers(model::SchoolYear year) const override;
    model::FactorReview add_review(model::FactorReview review) override;
    std::vector<model::FactorReview> reviews(model::SchoolYear year) const override;
    ports::RowChanges compare(const ports::RegisterRows& rows, bool full) const override;
    ports::ImportReceipt import(const ports::RegisterRows& rows, bool full,
                                ports::ImportReceipt receipt) override;
    std::vector<ports::ImportReceipt> imports() const override;
    base::Result<base::Done> undo(ports::ImportNumber number, const std::string& actor) override;
    std::string rows_hash() const override;
    std::optional<std::string> setting(const std::string& name) const override;
    void set_setting(const std::string& name, const std::string& value,
                     const std::string& actor) override;
    void audit(const std::string& actor, const std::string& action, const std::string& detail,
               const std::string& reason = {}) override;

    AuditHead audit_head() const;
    /// See AuditLog::verify.
    base::Result<AuditHead> verify_audit(const std::optional<std::string>& known_head = {}) const;

private:
    std::string now() const;
    void insert_receipt(const ports::ImportReceipt& receipt);
    base::Result<base::Done> expect_undoable(ports::ImportNumber number) const;
    void give_back_rows(ports::ImportNumber number);

    mutable std::mutex mutex_;  ///< The connection serves one thread at a time.
    SqliteConnection connection_;
    RegisterOptions options_;
    AuditLog audit_;
};

}  // namespace opora::storage

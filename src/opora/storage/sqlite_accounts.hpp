#pragma once

#include <mutex>

#include "opora/ports/account_store.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/sqlite_connection.hpp"
#include "opora/storage/sqlite_register.hpp"

namespace opora::storage {

/// Accounts in opora.sqlite, through a connection of their own. The register must have been opened
/// before: it brings the tables to their newest form.
class SqliteAccounts : public ports::AccountStore {
public:
    explicit SqliteAccounts(const Directory& directory, RegisterOptions options = {});

    std::vector<model::User> users() const override;
    std::optional<model::User> user(const model::UserId& id) const override;
    std::optional<model::User> find_login(const std::string& login) const override;
    base::Result<model::User> add(model::User user, const std::string& actor) override;
    base::Result<model::User> change(const model::User& user, const ports::Act& act) override;
    std::string password_hash(const model::UserId& user) const override;
    void set_password_hash(const model::UserId& user, const std::string& hash,
                           const std::string& actor) override;
    void add_session(const ports::Session& session) override;
    std::optional<ports::Session> session(const std::string& digest) const override;
    void see_session(const std::string& digest, ports::Seconds now,
                     ports::Seconds expires) override;
    std::vector<ports::Session> sessions(const model::UserId& user) const override;
    void end_session(const std::string& digest) override;
    void tell_refused_sign_in(const std::optional<model::UserId>& user, const std::string& cause,
                              std::int64_t not_told) override;
    void add_ticket(const ports::Ticket& ticket, const std::string& actor) override;
    std::optional<ports::Ticket> ticket(const std::string& digest) const override;
    std::optional<ports::KeptSecondStep> second_step(const model::UserId& user) const override;
    void begin_second_step(const model::UserId& user, const std::string& sealed) override;
    void activate_second_step(const model::UserId& user, const std::vector<std::string>& digests,
                              const ports::Act& act) override;
    void remove_second_step(const model::UserId& user, const ports::Act& act) override;
    bool use_code_step(const model::UserId& user, std::int64_t step) override;
    bool use_recovery_code(const model::UserId& user, const std::string& digest) override;
    void forget_expired(ports::Seconds now) override;

private:
    std::optional<model::User> find(std::string_view column, const std::string& value) const;
    void tell(const ports::Act& act, std::string_view action, std::string_view detail);
    void end_all_of(std::int64_t user);

    mutable std::mutex mutex_;  ///< The connection serves one thread at a time.
    SqliteConnection connection_;
    RegisterOptions options_;
    AuditLog audit_;
};

}  // namespace opora::storage

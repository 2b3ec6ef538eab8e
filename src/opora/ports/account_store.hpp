#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/user.hpp"

namespace opora::ports {

/// Seconds since 1970 in UTC.
using Seconds = std::int64_t;

/// A person at work. The token itself is known to the person's browser alone.
struct Session {
    std::string digest;  ///< Of the token; the key.
    model::UserId user;
    std::string csrf;  ///< Must come back in a header with every change.
    Seconds begun = 0;
    Seconds last_seen = 0;
    Seconds expires = 0;

    friend bool operator==(const Session&, const Session&) = default;
};

/// A link that works once: to set the first password, or a new one.
struct Ticket {
    std::string digest;  ///< Of the token in the link; the key.
    model::UserId user;
    Seconds expires = 0;

    friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// Who may come in. Every change of a user is one transaction with its audit row; logins, names and
/// addresses stand in no audit row.
///
/// Only a broken store throws (StorageError). Every implementation passes
/// tests/contract/account_store_contract.hpp.
class AccountStore {
public:
    virtual ~AccountStore() = default;

    virtual std::vector<model::User> users() const = 0;  ///< By login.
    virtual std::optional<model::User> user(const model::UserId& id) const = 0;
    virtual std::optional<model::User> find_login(const std::string& login) const = 0;

    /// Gives the user an id and the version 1. Error `login_taken`.
    virtual base::Result<model::User> add(model::User user, const std::string& actor) = 0;
    /// Writes the user if the stored version is still `user.version`, and raises it. Errors
    /// `user_unknown`, `version_conflict`, `login_taken`. A user who is no longer active loses all
    /// sessions and tickets.
    virtual base::Result<model::User> change(const model::User& user, const std::string& actor) = 0;

    /// Empty when no password was ever set.
    virtual std::string password_hash(const model::UserId& user) const = 0;
    /// Sets the hash and ends all sessions and tickets of the user.
    virtual void set_password_hash(const model::UserId& user, const std::string& hash,
                                   const std::string& actor) = 0;

    virtual void add_session(const Session& session) = 0;
    virtual std::optional<Session> session(const std::string& digest) const = 0;
    virtual void see_session(const std::string& digest, Seconds now, Seconds expires) = 0;
    virtual std::vector<Session> sessions(const model::UserId& user) const = 0;  ///< Newest first.
    virtual void end_session(const std::string& digest) = 0;

    virtual void add_ticket(const Ticket& ticket, const std::string& actor) = 0;
    virtual std::optional<Ticket> ticket(const std::string& digest) const = 0;

    /// Forgets sessions and tickets that ended before.
    virtual void forget_expired(Seconds now) = 0;
};

}  // namespace opora::ports

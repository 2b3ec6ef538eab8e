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

/// The secret of a person's one-time codes.
struct KeptSecondStep {
    std::string secret;      ///< Sealed.
    bool active = false;     ///< Not before a first code has confirmed it.
    std::int64_t last = -1;  ///< The last step whose code was used: a code works once.
};

/// Who does something, and why, in the person's own words; both go into the journal.
struct Act {
    std::string actor;   ///< «user:5», «local:ivanova».
    std::string reason;  ///< May be empty.
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
    virtual base::Result<model::User> change(const model::User& user, const Act& act) = 0;

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

    /// Writes into the journal that somebody was not let in: to which account, where there is one;
    /// why: `account`, `closed`, `password`, `code`; and how many others were not written before.
    virtual void tell_refused_sign_in(const std::optional<model::UserId>& user,
                                      const std::string& cause, std::int64_t not_told) = 0;

    virtual void add_ticket(const Ticket& ticket, const std::string& actor) = 0;
    virtual std::optional<Ticket> ticket(const std::string& digest) const = 0;

    virtual std::optional<KeptSecondStep> second_step(const model::UserId& user) const = 0;
    /// Keeps a sealed secret that is not asked for yet, instead of any other.
    virtual void begin_second_step(const model::UserId& user, const std::string& sealed) = 0;
    /// From now on coming in asks for a code; the digests are those of the recovery codes.
    virtual void activate_second_step(const model::UserId& user,
                                      const std::vector<std::string>& digests, const Act& act) = 0;
    /// Forgets secret and recovery codes; nothing happens where there are none.
    virtual void remove_second_step(const model::UserId& user, const Act& act) = 0;
    /// Marks a step as used; false when it, or a later one, was used before.
    virtual bool use_code_step(const model::UserId& user, std::int64_t step) = 0;
    /// Uses a recovery code up; false when there is no such code.
    virtual bool use_recovery_code(const model::UserId& user, const std::string& digest) = 0;

    /// Forgets sessions and tickets that ended before.
    virtual void forget_expired(Seconds now) = 0;
};

}  // namespace opora::ports

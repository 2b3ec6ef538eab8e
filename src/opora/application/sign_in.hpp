#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "opora/application/attempt_limit.hpp"
#include "opora/application/second_step.hpp"
#include "opora/base/result.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/secrets.hpp"

namespace opora::application {

/// A person who was let in, and the token that proves it.
struct SignedIn {
    model::User user;
    ports::Session session;
    std::string token;  ///< For the browser alone; the store keeps its digest.
};

/// Coming in and going out. Thread-safe.
///
/// A session lives `session_idle` after the last request and `session_whole` at most. No password
/// is given by the program: the first administrator, and every new user, gets a link that works
/// once.
class SignIn {
public:
    static constexpr ports::Seconds session_idle = 2 * 3600;
    static constexpr ports::Seconds session_whole = 12 * 3600;
    static constexpr ports::Seconds ticket_life = 3 * 24 * 3600;
    static constexpr std::size_t password_length_min = 10;
    static constexpr std::size_t password_length_max = 200;

    SignIn(ports::AccountStore& accounts, ports::Secrets& secrets,
           std::function<ports::Seconds()> clock)
        : accounts_{accounts},
          secrets_{secrets},
          clock_{std::move(clock)},
          second_step_{accounts_, secrets_, clock_, attempts_} {}

    SecondStep& second_step() { return second_step_; }

    /// Errors: `wrong_credentials` (the same for an unknown login, a wrong password, a closed
    /// account), `too_many_attempts` (with the seconds to wait in `found`); of people with a second
    /// step `second_step_needed` while `code` is empty, `code_wrong`.
    base::Result<SignedIn> enter(const std::string& login, const std::string& password,
                                 const std::string& peer, const std::string& code = {});

    /// The person behind a token; std::nullopt for an ended, unknown or closed one. Prolongs the
    /// session.
    std::optional<SignedIn> find(const std::string& token);
    void leave(const std::string& token);

    /// A token for a link that works once. Earlier links of the user stay valid until one is used.
    std::string give_ticket(const model::UserId& user, const std::string& actor);
    /// Sets the password and lets the person in. Errors: `ticket_unknown`, `password_weak`; of
    /// people with a second step also `second_step_needed`, `code_wrong`, `too_many_attempts`: a
    /// link replaces a password, never the second step.
    base::Result<SignedIn> use_ticket(const std::string& token, const std::string& password,
                                      const std::string& code = {});

    /// A ticket for the account «admin», made or opened anew where nobody can keep the accounts: at
    /// the first start, or when the last administrator is closed. std::nullopt where an
    /// administrator can come in.
    std::optional<std::string> first_ticket();

private:
    SignedIn begin(const model::User& user);
    void tell_refusal(const std::optional<model::User>& user, const char* cause);
    base::Result<base::Done> take_second_step(const model::User& user, const std::string& code);

    ports::AccountStore& accounts_;
    ports::Secrets& secrets_;
    std::function<ports::Seconds()> clock_;
    AttemptLimit attempts_;    ///< Of each account.
    AttemptBucket addresses_;  ///< Of each address.
    AttemptBucket journal_;    ///< So that nobody fills the journal.
    std::atomic<std::int64_t> not_told_ = 0;
    SecondStep second_step_;
};

/// Error `password_weak` for one that is too short, too long, or made of one repeated symbol.
base::Result<base::Done> check_password(const std::string& password, const std::string& login);

}  // namespace opora::application

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/secrets.hpp"

namespace opora::application {

class AttemptLimit;

/// The second step of coming in: a code of an application, or one of ten recovery codes that work
/// once each. The secret rests sealed; it leaves the program while the step is being set up, never
/// after. Thread-safe.
class SecondStep {
public:
    static constexpr int recovery_codes = 10;

    SecondStep(ports::AccountStore& accounts, ports::Secrets& secrets,
               std::function<ports::Seconds()> clock, AttemptLimit& attempts)
        : accounts_{accounts}, secrets_{secrets}, clock_{std::move(clock)}, attempts_{attempts} {}

    struct Setup {
        std::string secret;   ///< Base32, to be typed in by hand.
        std::string address;  ///< What the QR code says.
    };

    bool active(const model::UserId& user) const;

    /// A new secret, which nothing asks for until it is confirmed. Error `second_step_active`.
    base::Result<Setup> begin(const model::User& user);
    /// Switches it on; the recovery codes, shown this once. Errors `second_step_missing`,
    /// `second_step_active`, `code_wrong`, `too_many_attempts`.
    base::Result<std::vector<std::string>> confirm(const model::User& user,
                                                   const std::string& code);
    /// Switches it off by its own code. Errors as above.
    base::Result<base::Done> end(const model::User& user, const std::string& code);
    /// Switches it off for somebody who has lost telephone and codes.
    void reset(const model::UserId& user, const ports::Act& act);

    /// Whether a code lets in; uses it up.
    bool accepts(const model::UserId& user, const std::string& code);

private:
    base::Result<base::Done> try_code(const model::User& user, const std::string& code);

    ports::AccountStore& accounts_;
    ports::Secrets& secrets_;
    std::function<ports::Seconds()> clock_;
    AttemptLimit& attempts_;
};

}  // namespace opora::application

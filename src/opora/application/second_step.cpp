#include "opora/application/second_step.hpp"

#include "opora/application/one_time_code.hpp"
#include "opora/application/sign_in.hpp"

namespace opora::application {

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t recovery_bytes = 10;

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

/// «abcd-efgh» and «ABCDEFGH» are one code.
std::string plain(const std::string& code) {
    std::string text;
    for (const char symbol : code) {
        if (symbol == '-' || symbol == ' ') continue;
        text += 'a' <= symbol && symbol <= 'z' ? static_cast<char>(symbol - 'a' + 'A') : symbol;
    }
    return text;
}

std::string in_groups(const std::string& code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % 4 == 0) text += '-';
        text += code[i];
    }
    return text;
}

ports::Act own(const model::User& user) { return {"user:" + user.id.value, {}}; }

}  // namespace

bool SecondStep::active(const model::UserId& user) const {
    const auto kept = accounts_.second_step(user);
    return kept && kept->active;
}

base::Result<SecondStep::Setup> SecondStep::begin(const model::User& user) {
    if (active(user.id)) {
        return refusal("second_step_active",
                       "вход с кодом уже включён: сначала отключите его прежним кодом");
    }
    const std::string secret = secrets_.token().substr(0, secret_bytes);
    accounts_.begin_second_step(user.id, secrets_.seal(secret));
    return Setup{base32(secret), code_address(secret, user.login)};
}

base::Result<std::vector<std::string>> SecondStep::confirm(const model::User& user,
                                                           const std::string& code) {
    if (active(user.id)) return refusal("second_step_active", "вход с кодом уже включён");
    OPORA_TRY(try_code(user, code));
    std::vector<std::string> codes;
    std::vector<std::string> digests;
    for (int i = 0; i < recovery_codes; ++i) {
        const std::string one = base32(secrets_.token().substr(0, recovery_bytes));
        digests.push_back(secrets_.digest(one));
        codes.push_back(in_groups(one));
    }
    accounts_.activate_second_step(user.id, digests, own(user));
    return codes;
}

base::Result<base::Done> SecondStep::end(const model::User& user, const std::string& code) {
    OPORA_TRY(try_code(user, code));
    accounts_.remove_second_step(user.id, own(user));
    return base::Done{};
}

void SecondStep::reset(const model::UserId& user, const ports::Act& act) {
    accounts_.remove_second_step(user, act);
}

base::Result<base::Done> SecondStep::try_code(const model::User& user, const std::string& code) {
    if (!accounts_.second_step(user.id)) {
        return refusal("second_step_missing", "вход с кодом не настроен: начните настройку заново");
    }
    const std::string key = "code " + user.id.value;
    const ports::Seconds wait = attempts_.begin(key, clock_());
    if (wait > 0) {
        return base::Unexpected{base::Error{.code = "too_many_attempts",
                                            .message = "слишком много неверных кодов: подождите",
                                            .found = std::to_string(wait)}};
    }
    if (accepts(user.id, code)) {
        attempts_.succeeded(key);
        return base::Done{};
    }
    return refusal("code_wrong", "код не подошёл: дождитесь нового и проверьте часы телефона");
}

bool SecondStep::accepts(const model::UserId& user, const std::string& code) {
    const auto kept = accounts_.second_step(user);
    if (!kept) return false;
    const std::string text = plain(code);
    const auto secret = secrets_.unseal(kept->secret);
    if (secret) {
        const auto step = matching_step(*secret, text, code_step(clock_()), kept->last);
        if (step) return accounts_.use_code_step(user, *step);
    }
    return kept->active && accounts_.use_recovery_code(user, secrets_.digest(text));
}

}  // namespace opora::application

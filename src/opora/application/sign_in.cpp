#include "opora/application/sign_in.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/utf8.hpp"

namespace opora::application {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

base::Unexpected<base::Error> wrong_credentials() {
    return refusal("wrong_credentials",
                   "имя для входа или пароль не подходят: проверьте раскладку и повторите");
}

base::Unexpected<base::Error> wait_first(ports::Seconds wait) {
    return base::Unexpected{
        base::Error{.code = "too_many_attempts",
                    .message = "слишком много неудачных попыток входа: подождите и повторите",
                    .found = std::to_string(wait)}};
}

std::size_t length_of(const std::string& text) {
    std::size_t length = 0;
    for (std::string_view rest = text; !rest.empty(); ++length) {
        rest.remove_prefix(std::max<std::size_t>(base::first_character(rest).bytes, 1));
    }
    return length;
}

}  // namespace

base::Result<base::Done> check_password(const std::string& password, const std::string& login) {
    const std::size_t length = length_of(password);
    const auto weak = [](std::string message) {
        return refusal("password_weak", std::move(message));
    };
    if (length < SignIn::password_length_min) {
        return weak(fmt::format("пароль слишком короткий: нужно не меньше {} знаков",
                                SignIn::password_length_min));
    }
    if (password.size() > SignIn::password_length_max) {
        return weak("пароль слишком длинный");
    }
    const bool one_symbol = password.find_first_not_of(password.front()) == std::string::npos;
    if (one_symbol || password == login) {
        return weak("такой пароль легко угадать: составьте его из нескольких слов");
    }
    return base::Done{};
}

/// A failure stands in the journal with the account, if there is one, and never with the name that
/// was typed: people type passwords into the field of the name.
void SignIn::tell_refusal(const std::optional<model::User>& user, const char* cause) {
    if (journal_.begin("all", clock_()) > 0) {
        ++not_told_;
        return;
    }
    accounts_.tell_refused_sign_in(user ? std::optional{user->id} : std::nullopt, cause,
                                   not_told_.exchange(0));
}

base::Result<SignedIn> SignIn::enter(const std::string& login, const std::string& password,
                                     const std::string& peer, const std::string& code) {
    const ports::Seconds now = clock_();
    const std::string login_key = "login " + secrets_.digest(login);
    if (const auto wait = addresses_.begin(peer, now); wait > 0) return wait_first(wait);
    if (const auto wait = attempts_.begin(login_key, now); wait > 0) {
        addresses_.taken_back(peer);
        return wait_first(wait);
    }
    const auto user = accounts_.find_login(login);
    const std::string hash = user ? accounts_.password_hash(user->id) : std::string{};
    // An unknown login costs as much time as a known one.
    static const std::string nobody = secrets_.hash_password(secrets_.token());
    const bool right = secrets_.matches(password, hash.empty() ? nobody : hash);
    if (!user || !user->active || hash.empty() || !right) {
        const bool closed = user && (!user->active || hash.empty());
        tell_refusal(user, !user ? "account" : closed ? "closed" : "password");
        return wrong_credentials();
    }
    if (const auto step = take_second_step(*user, code); !step) {
        if (step.error().code == "code_wrong") {
            tell_refusal(user, "code");
        } else {
            // A password alone neither counts as a failure nor clears the failures before.
            attempts_.taken_back(login_key);
            addresses_.taken_back(peer);
        }
        return base::Unexpected{step.error()};
    }
    attempts_.succeeded(login_key);
    addresses_.taken_back(peer);
    return begin(*user);
}

base::Result<base::Done> SignIn::take_second_step(const model::User& user,
                                                  const std::string& code) {
    if (!second_step_.active(user.id)) return base::Done{};
    if (code.empty()) {
        return refusal("second_step_needed", "введите код из приложения или резервный код");
    }
    if (!second_step_.accepts(user.id, code)) {
        return refusal("code_wrong", "код не подошёл: дождитесь нового и проверьте часы телефона");
    }
    return base::Done{};
}

SignedIn SignIn::begin(const model::User& user) {
    const ports::Seconds now = clock_();
    accounts_.forget_expired(now);
    SignedIn in{.user = user, .session = {}, .token = secrets_.token()};
    in.session = {.digest = secrets_.digest(in.token),
                  .user = user.id,
                  .csrf = secrets_.token(),
                  .begun = now,
                  .last_seen = now,
                  .expires = now + session_idle};
    accounts_.add_session(in.session);
    return in;
}

std::optional<SignedIn> SignIn::find(const std::string& token) {
    const ports::Seconds now = clock_();
    auto session = accounts_.session(secrets_.digest(token));
    if (!session || session->expires < now) return std::nullopt;
    const auto user = accounts_.user(session->user);
    if (!user || !user->active) return std::nullopt;
    // Written once a minute, not with every request.
    if (now - session->last_seen >= 60) {
        session->last_seen = now;
        session->expires = std::min(now + session_idle, session->begun + session_whole);
        accounts_.see_session(session->digest, session->last_seen, session->expires);
    }
    return SignedIn{*user, *session, token};
}

void SignIn::leave(const std::string& token) { accounts_.end_session(secrets_.digest(token)); }

std::string SignIn::give_ticket(const model::UserId& user, const std::string& actor) {
    std::string token = secrets_.token();
    accounts_.add_ticket({secrets_.digest(token), user, clock_() + ticket_life}, actor);
    return token;
}

base::Result<SignedIn> SignIn::use_ticket(const std::string& token, const std::string& password,
                                          const std::string& code) {
    const auto ticket = accounts_.ticket(secrets_.digest(token));
    const auto user = ticket ? accounts_.user(ticket->user) : std::nullopt;
    if (!ticket || ticket->expires < clock_() || !user || !user->active) {
        return refusal("ticket_unknown",
                       "ссылка не действует: она уже использована или устарела; попросите новую");
    }
    OPORA_TRY(check_password(password, user->login));
    const std::string key = "code " + user->id.value;
    if (const auto wait = attempts_.begin(key, clock_()); wait > 0) return wait_first(wait);
    if (const auto step = take_second_step(*user, code); !step) {
        const bool wrong = step.error().code == "code_wrong";
        if (wrong) tell_refusal(user, "code");
        if (!wrong) attempts_.taken_back(key);
        return base::Unexpected{step.error()};
    }
    attempts_.succeeded(key);
    accounts_.set_password_hash(user->id, secrets_.hash_password(password),
                                "user:" + user->id.value);
    return begin(*user);
}

std::optional<std::string> SignIn::first_ticket() {
    const auto users = accounts_.users();
    const auto can_keep_accounts = [&](const model::User& user) {
        return user.active && user.role == model::Role::administrator &&
               !accounts_.password_hash(user.id).empty();
    };
    if (std::ranges::any_of(users, can_keep_accounts)) return std::nullopt;
    auto first = accounts_.find_login("admin");
    if (!first) {
        auto added = accounts_.add(
            {.login = "admin", .name = "Администратор", .role = model::Role::administrator},
            "first start");
        OPORA_EXPECTS(added.has_value());
        first = *added;
    } else if (!first->active || first->role != model::Role::administrator) {
        first->active = true;
        first->role = model::Role::administrator;
        const auto changed = accounts_.change(*first, {"first start"});
        OPORA_EXPECTS(changed.has_value());
    }
    return give_ticket(first->id, "first start");
}

}  // namespace opora::application

#include <fmt/format.h>

#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/openapi.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

namespace {

using application::Permission;

Json person(const application::SignedIn& in) {
    Json permissions = Json::array();
    for (std::size_t i = 0; i < application::permissions_count; ++i) {
        const auto permission = static_cast<Permission>(i);
        if (application::may(in.user.role, permission)) permissions.push_back(code(permission));
    }
    return {{"user", in.user.id.value},
            {"login", in.user.login},
            {"name", in.user.name},
            {"role", code(in.user.role)},
            {"role_title", title(in.user.role)},
            {"territory", in.user.territory.value},
            {"school", in.user.school.value},
            {"permissions", permissions},
            {"csrf_token", in.session.csrf},
            {"last_seen", in.session.last_seen},
            {"expires", in.session.expires},
            {"ends", in.session.begun + application::SignIn::session_whole},
            {"idle_seconds", application::SignIn::session_idle}};
}

/// The cookie holds the token alone; scripts cannot read it, other sites cannot send it.
std::string session_cookie_of(const Call& call, const std::string& token, std::int64_t seconds) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", session_cookie,
                       token, seconds, call.request.secure ? "; Secure" : "");
}

Response let_in(const Call& call, const application::SignedIn& in) {
    Response response = json_response(person(in), 201);
    response.headers.emplace_back(
        "Set-Cookie", session_cookie_of(call, in.token, application::SignIn::session_whole));
    return response;
}

base::Result<std::string> optional_text(const Json& body, const std::string& name) {
    return body.contains(name) ? text_field(body, name, 100) : std::string{};
}

Response refusal_of(const base::Error& error) {
    if (error.code == "too_many_attempts") {
        Response response = problem(error);
        response.headers.emplace_back("Retry-After", error.found);
        return response;
    }
    return problem(error);
}

Response enter(Call& call) {
    const auto body = read_object(call.request);
    if (!body) return problem(body.error());
    const auto login = text_field(*body, "login", 100);
    if (!login) return problem(login.error());
    const auto password = text_field(*body, "password", application::SignIn::password_length_max);
    if (!password) return problem(password.error());
    const auto code = optional_text(*body, "code");
    if (!code) return problem(code.error());
    const auto in = call.services.sign_in.enter(*login, *password, call.request.peer, *code);
    return in ? let_in(call, *in) : refusal_of(in.error());
}

Response use_ticket(Call& call) {
    const auto body = read_object(call.request);
    if (!body) return problem(body.error());
    const auto token = text_field(*body, "ticket", 100);
    if (!token) return problem(token.error());
    const auto password =
        text_field(*body, "password", application::SignIn::password_length_max + 1);
    if (!password) return problem(password.error());
    const auto code = optional_text(*body, "code");
    if (!code) return problem(code.error());
    const auto in = call.services.sign_in.use_ticket(*token, *password, *code);
    return in ? let_in(call, *in) : refusal_of(in.error());
}

Response show(Call& call) { return json_response(person(*call.signed_in)); }

Response leave(Call& call) {
    call.services.sign_in.leave(call.signed_in->token);
    Response response{.status = 204, .content_type = "text/plain"};
    response.headers.emplace_back("Set-Cookie", session_cookie_of(call, "", 0));
    return response;
}

Response explain(Call& call) {
    const auto view = call.services.workspace.view();
    return json_response(
        {{"sentences", application::explain_access(call.user(), view->evidence())}});
}

Response sessions(Call& call) {
    Json all = Json::array();
    for (const ports::Session& one : call.services.accounts.sessions(call.user().id)) {
        all.push_back({{"begun", one.begun},
                       {"last_seen", one.last_seen},
                       {"expires", one.expires},
                       {"current", one.digest == call.signed_in->session.digest},
                       {"id", one.digest.substr(0, 16)}});
    }
    return json_response({{"sessions", all}});
}

Response end_session(Call& call) {
    for (const ports::Session& one : call.services.accounts.sessions(call.user().id)) {
        if (one.digest.substr(0, 16) != call.value(0)) continue;
        call.services.accounts.end_session(one.digest);
        return Response{.status = 204, .content_type = "text/plain"};
    }
    return problem("session_unknown");
}

Response describe_interface(Call& /*call*/) {
    return Response{.body = std::string{openapi_text()}};
}

}  // namespace

std::vector<Route> session_routes() {
    constexpr BodyPolicy small{.bytes_max = 4096};
    return {
        {"GET",
         "/api/v1/openapi.json",
         "Описание программного доступа",
         Entry::anyone,
         {},
         describe_interface},
        {"POST", "/api/v1/session", "Войти", Entry::anyone, {}, enter, small},
        {"POST",
         "/api/v1/tickets",
         "Задать пароль по одноразовой ссылке",
         Entry::anyone,
         {},
         use_ticket,
         small},
        {"GET", "/api/v1/session", "Кто вошёл", Entry::signed_in, {}, show},
        {"DELETE", "/api/v1/session", "Выйти", Entry::signed_in, {}, leave},
        {"GET", "/api/v1/access", "Что и почему мне видно", Entry::signed_in, {}, explain},
        {"GET", "/api/v1/sessions", "Мои сеансы", Entry::signed_in, {}, sessions},
        {"DELETE",
         "/api/v1/sessions/{session}",
         "Закончить сеанс",
         Entry::signed_in,
         {},
         end_session},
    };
}

}  // namespace opora::api

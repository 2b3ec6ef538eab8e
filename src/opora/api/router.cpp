#include "opora/api/router.hpp"

#include <algorithm>

#include "opora/api/problem.hpp"
#include "opora/api/problem_codes.hpp"
#include "opora/api/resources/job_json.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::api {

namespace {

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD"; }

/// Compares in a time that does not tell how much was right.
bool same_secret(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    }
    return difference == 0;
}

std::string_view segment_of(std::string_view& rest) {
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const auto end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end);
    return segment;
}

/// A trouble of the disk that the table of problems does not know is a failure like any other.
std::string_view storage_code(const ports::StorageError& error) {
    const ProblemCode& known = problem_code(error.code());
    return known.code == error.code() ? known.code : "failed";
}

Response not_signed_in() {
    return problem("not_signed_in", "Войдите в систему: сеанс не начат или закончился");
}

}  // namespace

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> values;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = segment_of(pattern);
        const std::string_view given = segment_of(path);
        if (wanted.starts_with('{')) {
            if (given.empty()) return std::nullopt;
            values.emplace_back(given);
        } else if (wanted != given) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return values;
}

std::vector<Route> all_routes() {
    std::vector<Route> routes;
    for (const auto& some :
         {session_routes(), user_routes(), journal_routes(), second_step_routes(), public_routes(),
          school_routes(), school_chart_routes(), territory_chart_routes(), list_routes(),
          list_life_routes(), list_paper_routes(), methodology_routes(), typology_routes(),
          pairing_routes(), objectivity_routes(), rating_routes(), job_routes(), import_routes()}) {
        routes.insert(routes.end(), some.begin(), some.end());
    }
    return routes;
}

Router::Router(Services services,
               std::function<void(std::string_view, std::string_view)> log_failure)
    : services_{services},
      log_failure_{std::move(log_failure)},
      routes_{all_routes()},
      answers_{services.answers} {}

BodyPolicy Router::body_policy(std::string_view method, std::string_view path) const {
    for (const Route& route : routes_) {
        if (route.method == method && match(route.pattern, path)) return route.body;
    }
    return {};
}

Response Router::answer(const Request& request) {
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view{request.method};
    std::string allowed;
    for (const Route& route : routes_) {
        auto values = match(route.pattern, request.path);
        if (!values) continue;
        if (route.method != method) {
            allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
            continue;
        }
        Call call{.request = request,
                  .services = services_,
                  .values = std::move(*values),
                  .signed_in = {},
                  .late = &late_};
        Response response = this->call(route, call);
        response.route = route.pattern;
        return response;
    }
    if (allowed.empty()) {
        return problem("address_unknown", "Проверьте адрес или откройте главную страницу");
    }
    Response response = problem("method_not_allowed");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

/// A post with a key is done once, however often it comes.
Response Router::handled(const Route& route, Call& call) {
    const bool once =
        route.method == "POST" && call.signed_in && !idempotency_key(call.request).empty();
    if (once) {
        const std::string& user = call.user().id.value;
        if (auto former = answers_.begin(user, call.request)) return std::move(*former);
    }
    const bool later = route.lasting && call.signed_in && prefers_late(call.request);
    return later ? begun(route, call, once) : done_now(route, call, once);
}

Response Router::done_now(const Route& route, Call& call, bool once) {
    if (!once) return route.handler(call);
    const std::string& user = call.user().id.value;
    try {
        Response response = route.handler(call);
        const bool kept = response.status < 500 && response.status != 409 &&
                          response.file.empty() && !response.events;
        kept ? answers_.done(user, call.request, response) : answers_.failed(user, call.request);
        return response;
    } catch (...) {
        answers_.failed(user, call.request);
        throw;
    }
}

/// The handler as a job with a copy of the request; its answer waits under the job.
Response Router::begun(const Route& route, const Call& call, bool once) {
    auto slot = std::make_shared<std::optional<Response>>();
    auto work = [this, &route, once, slot, request = call.request, values = call.values,
                 person =
                     call.signed_in](application::JobControl& control) -> base::Result<base::Done> {
        Call later{.request = request,
                   .services = services_,
                   .values = values,
                   .signed_in = person,
                   .late = &late_,
                   .control = &control};
        if (control.cancelled()) {
            if (once) answers_.failed(person->user.id.value, request);
            return application::job_cancelled();
        }
        Response response = done_now(route, later, once);
        if (later.stopped) return application::job_cancelled();
        *slot = std::move(response);
        return base::Done{};
    };
    const auto job =
        services_.jobs.start(call.user().id, std::string{route.title}, {}, std::move(work));
    if (!job) {
        if (once) answers_.failed(call.user().id.value, call.request);
        return problem(job.error());
    }
    late_.add(job->id, slot);
    return job_accepted(*job);
}

Response Router::call(const Route& route, Call& call) {
    try {
        if (const auto token = cookie(call.request, session_cookie)) {
            call.signed_in = services_.sign_in.find(std::string{*token});
        }
        if (route.entry != Entry::anyone) {
            if (!call.signed_in) return not_signed_in();
            if (changes_something(route.method) &&
                !same_secret(header(call.request, "x-csrf-token"), call.signed_in->session.csrf)) {
                return problem("csrf_token_wrong", "Обновите страницу и повторите");
            }
        }
        if (route.entry == Entry::permitted &&
            !application::may(call.user().role, route.permission)) {
            return problem("forbidden", "Для этого действия нужно право: " +
                                            std::string{title(route.permission)});
        }
        return handled(route, call);
    } catch (const ports::StorageError& error) {
        log_failure_(call.request.id, error.code());
        return problem(storage_code(error),
                       "Повторите через минуту; если не поможет, обратитесь к администратору. "
                       "Номер обращения: " +
                           call.request.id);
    } catch (const std::exception& error) {
        log_failure_(call.request.id, error.what());
        return problem("failed", "Сообщите администратору номер обращения: " + call.request.id);
    }
}

}  // namespace opora::api

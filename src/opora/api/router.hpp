#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/api/http.hpp"
#include "opora/api/idempotency.hpp"
#include "opora/api/late_answers.hpp"
#include "opora/application/access.hpp"
#include "opora/application/import_desk.hpp"
#include "opora/application/jobs.hpp"
#include "opora/application/methodology_desk.hpp"
#include "opora/application/sign_in.hpp"
#include "opora/application/workspace.hpp"
#include "opora/ports/journal.hpp"

namespace opora::api {

/// What handlers work with; made once.
struct Services {
    application::Workspace& workspace;
    application::SignIn& sign_in;
    ports::AccountStore& accounts;
    ports::Journal& journal;
    application::MethodologyDesk& methodologies;
    application::Jobs& jobs;
    application::ImportDesk& imports;
    ports::AnswerStore& answers;
};

/// One request on its way through a handler.
struct Call {
    const Request& request;
    Services& services;
    std::vector<std::string> values;  ///< Of the pattern's braces, in their order.
    std::optional<application::SignedIn>
        signed_in;  ///< Always there where the route asks for a person.
    const LateAnswers* late = nullptr;
    application::JobControl* control = nullptr;  ///< Where the handler runs as a job.
    bool stopped = false;  ///< The handler ended without result because the job was cancelled.

    const model::User& user() const { return signed_in->user; }
    const std::string& value(std::size_t number) const { return values[number]; }
};

/// Who may call a route at all. What of the answer a person sees, the use case decides.
enum class Entry : std::uint8_t {
    anyone,
    signed_in,
    permitted,  ///< Signed in and with the route's permission.
};

/// One address. The table of routes is what the router, the OpenAPI file and the access test go by.
struct Route {
    std::string_view method;
    std::string_view pattern;  ///< «/api/v1/schools/{school}».
    std::string_view title;    ///< Russian.
    Entry entry = Entry::permitted;
    application::Permission permission = application::Permission::read_schools;
    Response (*handler)(Call&) = nullptr;
    BodyPolicy body = {};
    /// May take seconds: done as a job for clients that do not want to wait.
    bool lasting = false;
};

/// All routes, in the order of the documentation.
std::vector<Route> all_routes();

/// Finds the route of a request, checks session, CSRF token and permission, calls the handler, and
/// turns what it throws into a problem.
class Router : public Application {
public:
    Router(Services services,
           std::function<void(std::string_view id, std::string_view what)> log_failure);
    /// Stops all jobs: some of them run handlers.
    ~Router() override { services_.jobs.stop(); }

    BodyPolicy body_policy(std::string_view method, std::string_view path) const override;
    Response answer(const Request& request) override;

private:
    Response call(const Route& route, Call& call);
    Response handled(const Route& route, Call& call);
    Response done_now(const Route& route, Call& call, bool once);
    Response begun(const Route& route, const Call& call, bool once);

    Services services_;
    std::function<void(std::string_view, std::string_view)> log_failure_;
    std::vector<Route> routes_;
    IdempotentAnswers answers_;
    LateAnswers late_;
};

/// The values of the braces if the path fits the pattern; a value is one whole segment.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

constexpr std::string_view session_cookie = "opora_session";

}  // namespace opora::api

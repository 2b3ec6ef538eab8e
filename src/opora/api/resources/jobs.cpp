#include <utility>

#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/job_json.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

Json job_json(const application::JobStatus& job) {
    Json json{{"id", job.id},        {"title", job.title},           {"state", code(job.state)},
              {"stage", job.stage},  {"steps_done", job.steps_done}, {"steps", job.steps},
              {"result", job.result}};
    if (job.error) json["error"] = error_json(*job.error);
    return json;
}

Response job_accepted(const application::JobStatus& job) {
    Response response = json_response({{"job", job_json(job)}}, 202);
    response.headers.emplace_back("Location", "/api/v1/jobs/" + job.id);
    return response;
}

namespace {

Response unknown() {
    return problem("job_unknown",
                   "Оно закончилось больше суток назад или до перезапуска программы");
}

Response all(Call& call) {
    Json jobs = Json::array();
    for (const auto& job : call.services.jobs.all(call.user().id)) jobs.push_back(job_json(job));
    return json_response({{"jobs", jobs}});
}

Response show(Call& call) {
    const auto job = call.services.jobs.status(call.user().id, call.value(0));
    return job ? json_response(job_json(*job)) : unknown();
}

Response cancel(Call& call) {
    if (!call.services.jobs.cancel(call.user().id, call.value(0))) return unknown();
    return Response{.status = 202, .content_type = "text/plain"};
}

/// What the work of a job that has ended would have been answered with at once.
Response answer(Call& call) {
    const auto job = call.services.jobs.status(call.user().id, call.value(0));
    if (!job) return unknown();
    if (!ended(job->state)) return problem("post_running", "Действие ещё выполняется");
    if (auto found = call.late->find(job->id)) return std::move(*found);
    return job->error ? problem(*job->error) : unknown();
}

/// The states of a job from now to its end; a state that passed between two looks is not told.
Response events(Call& call) {
    const model::UserId user = call.user().id;
    const std::string id = call.value(0);
    if (!call.services.jobs.status(user, id)) return unknown();
    Response response{.content_type = "text/event-stream"};
    response.events = [&jobs = call.services.jobs, user, id, seen = std::optional<std::uint64_t>{},
                       over = false]() mutable -> std::optional<std::string> {
        if (over) return std::nullopt;
        const auto job = jobs.status(user, id);
        if (!job) return std::nullopt;
        if (seen == job->version) return std::string{};
        seen = job->version;
        over = ended(job->state);
        const std::string text =
            job_json(*job).dump(-1, ' ', false, Json::error_handler_t::replace);
        return "event: job\ndata: " + text + "\n\n";
    };
    return response;
}

}  // namespace

std::vector<Route> job_routes() {
    return {
        {"GET", "/api/v1/jobs", "Мои длительные действия", Entry::signed_in, {}, all},
        {"GET", "/api/v1/jobs/{job}", "Длительное действие", Entry::signed_in, {}, show},
        {"DELETE", "/api/v1/jobs/{job}", "Прервать действие", Entry::signed_in, {}, cancel},
        {"GET",
         "/api/v1/jobs/{job}/answer",
         "Ответ длительного действия",
         Entry::signed_in,
         {},
         answer},
        {"GET",
         "/api/v1/jobs/{job}/events",
         "Ход длительного действия (события)",
         Entry::signed_in,
         {},
         events},
    };
}

}  // namespace opora::api

#include "opora/api/problem.hpp"

#include "opora/api/json.hpp"
#include "opora/api/problem_codes.hpp"

namespace opora::api {

namespace {

constexpr std::string_view media_type = "application/problem+json; charset=utf-8";

Response response_of(std::string_view code, std::string_view detail, Json errors = {}) {
    const ProblemCode& known = problem_code(code);
    Json body{{"type", std::string{"urn:opora:problem:"} + std::string{known.code}},
              {"title", known.title},
              {"status", known.status},
              {"code", known.code}};
    if (!detail.empty()) body["detail"] = detail;
    if (!errors.is_null()) body["errors"] = std::move(errors);
    Response response{.status = known.status, .content_type = std::string{media_type}};
    // Texts of users are valid UTF-8 by then; whatever is not must not break the answer.
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

}  // namespace

Response problem(std::string_view code, std::string_view detail) {
    return response_of(code, detail);
}

Response problem(const base::Error& error) { return problem(base::Errors{error}); }

Response problem(const base::Errors& errors) { return problem(errors.front().code, errors); }

Response problem(std::string_view code, const base::Errors& errors) {
    return response_of(code, base::describe(errors.front()), errors_json(errors));
}

nlohmann::ordered_json errors_json(const base::Errors& errors) {
    Json all = Json::array();
    for (const base::Error& error : errors) all.push_back(error_json(error));
    return all;
}

}  // namespace opora::api

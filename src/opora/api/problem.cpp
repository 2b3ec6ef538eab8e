#include "opora/api/problem.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace opora::api {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view media_type = "application/problem+json; charset=utf-8";

Response response_of(int status, const Json& body) {
    Response response{.status = status, .content_type = std::string{media_type}};
    // Texts of users are valid UTF-8 by then; whatever is not must not break the answer.
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

Json body_of(int status, std::string_view code, std::string_view title, std::string_view detail) {
    Json body{{"type", std::string{"urn:opora:problem:"} + std::string{code}},
              {"title", title},
              {"status", status},
              {"code", code}};
    if (!detail.empty()) body["detail"] = detail;
    return body;
}

Json place_of(const base::Error& error) {
    Json place{{"code", error.code}, {"message", error.message}};
    if (!error.place.file.empty()) place["file"] = error.place.file;
    if (!error.place.sheet.empty()) place["sheet"] = error.place.sheet;
    if (error.place.row) place["row"] = *error.place.row;
    if (!error.place.column.empty()) place["column"] = error.place.column;
    if (!error.expected.empty()) place["expected"] = error.expected;
    if (!error.found.empty()) place["found"] = error.found;
    return place;
}

int status_of(std::string_view code) {
    constexpr std::array<std::string_view, 3> forbidden{"forbidden", "other_school",
                                                        "other_territory"};
    if (std::ranges::find(forbidden, code) != forbidden.end()) return 403;
    if (code.ends_with("_unknown") || code == "not_found") return 404;
    if (code.ends_with("_conflict") || code == "later_changes" || code == "busy") return 409;
    return 422;
}

}  // namespace

Response problem(int status, std::string_view code, std::string_view title,
                 std::string_view detail) {
    return response_of(status, body_of(status, code, title, detail));
}

Response problem(const base::Error& error) { return problem(base::Errors{error}); }

Response problem(const base::Errors& errors) {
    const base::Error& first = errors.front();
    const int status = status_of(first.code);
    Json body = body_of(status, first.code, first.message, base::describe(first));
    Json all = Json::array();
    for (const base::Error& error : errors) all.push_back(place_of(error));
    body["errors"] = std::move(all);
    return response_of(status, body);
}

}  // namespace opora::api

#include "opora/api/json.hpp"

namespace opora::api {

namespace {

base::Unexpected<base::Error> malformed() {
    return base::Unexpected{base::Error{.code = "body_malformed",
                                        .message = "данные запроса не поняты",
                                        .expected = "объект JSON"}};
}

/// Refuses texts that nest deeper than any of ours.
bool too_deep(const std::string& text) {
    constexpr int depth_max = 32;
    int depth = 0;
    for (const char symbol : text) {
        if (symbol == '{' || symbol == '[') ++depth;
        if (symbol == '}' || symbol == ']') --depth;
        if (depth > depth_max) return true;
    }
    return false;
}

}  // namespace

Response json_response(const Json& body, int status) {
    Response response{.status = status};
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

Json error_json(const base::Error& error) {
    Json place{{"code", error.code}, {"message", error.message}};
    if (!error.place.file.empty()) place["file"] = error.place.file;
    if (!error.place.sheet.empty()) place["sheet"] = error.place.sheet;
    if (error.place.row) place["row"] = *error.place.row;
    if (!error.place.column.empty()) place["column"] = error.place.column;
    if (!error.expected.empty()) place["expected"] = error.expected;
    if (!error.found.empty()) place["found"] = error.found;
    return place;
}

base::Result<Json> read_object(const Request& request) {
    if (!header(request, "content-type").starts_with("application/json")) return malformed();
    if (too_deep(request.body)) return malformed();
    Json object = Json::parse(request.body, nullptr, false);
    if (object.is_discarded() || !object.is_object()) return malformed();
    return object;
}

base::Result<std::string> text_field(const Json& object, const std::string& name,
                                     std::size_t bytes_max) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return base::Unexpected{base::Error{
            .code = "field_missing", .message = "не заполнено поле", .place = {.column = name}}};
    }
    if (!found->is_string() || found->get_ref<const std::string&>().size() > bytes_max) {
        return base::Unexpected{base::Error{.code = "field_wrong",
                                            .message = "поле заполнено неверно",
                                            .place = {.column = name},
                                            .expected = "текст не длиннее положенного"}};
    }
    return found->get<std::string>();
}

}  // namespace opora::api

#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "opora/api/http.hpp"
#include "opora/api/openapi.hpp"

namespace opora::testing {

/// The served OpenAPI description as a judge of requests and answers. Knows the part of JSON Schema
/// that the description uses; an object with described fields may have no others.
class Description {
public:
    using Json = nlohmann::json;

    Description() : whole_(Json::parse(api::openapi_text())) {}  // Braces would make an array.

    const Json& whole() const { return whole_; }

    /// The description of a route, null when there is none.
    const Json* operation(std::string_view method, std::string_view pattern) const {
        const auto path = whole_["paths"].find(std::string{pattern.substr(prefix.size())});
        if (path == whole_["paths"].end()) return nullptr;
        std::string name{method};
        std::ranges::transform(name, name.begin(),
                               [](char c) { return static_cast<char>(c | 0x20); });
        const auto found = path->find(name);
        return found == path->end() ? nullptr : &*found;
    }

    /// What an answer, and the body that led to it, say otherwise than described.
    std::vector<std::string> faults(const api::Request& request,
                                    const api::Response& response) const;
    std::vector<std::string> faults(const Json& value, const Json& schema) const {
        std::vector<std::string> all;
        check(value, schema, "$", all);
        return all;
    }

    static constexpr std::string_view prefix = "/api/v1";

private:
    const Json& resolved(const Json& schema) const {
        const Json* at = &schema;
        while (at->contains("$ref")) {
            at = &whole_.at(Json::json_pointer{(*at)["$ref"].get<std::string>().substr(1)});
        }
        return *at;
    }
    Json merged(const Json& schema) const;
    void check(const Json& value, const Json& schema, const std::string& place,
               std::vector<std::string>& all) const;
    void check_fields(const Json& value, const Json& schema, const std::string& place,
                      std::vector<std::string>& all) const;

    Json whole_;
};

inline bool is_of_type(const nlohmann::json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == "null" && value.is_null();
}

/// `allOf` as one object with the fields of all.
inline nlohmann::json Description::merged(const Json& schema) const {
    Json one = resolved(schema);
    if (!one.contains("allOf")) return one;
    Json whole{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const Json& part : one["allOf"]) {
        const Json piece = merged(part);
        for (const auto& [name, field] : piece["properties"].items())
            whole["properties"][name] = field;
        for (const Json& name : piece.value("required", Json::array()))
            whole["required"].push_back(name);
    }
    return whole;
}

inline void Description::check_fields(const Json& value, const Json& schema,
                                      const std::string& place,
                                      std::vector<std::string>& all) const {
    for (const Json& name : schema.value("required", Json::array())) {
        if (!value.contains(name)) {
            all.push_back(fmt::format("{}.{} is missing", place, name.get<std::string>()));
        }
    }
    const Json fields = schema.value("properties", Json::object());
    for (const auto& [name, field] : value.items()) {
        if (fields.contains(name)) {
            check(field, fields[name], place + "." + name, all);
        } else if (schema.contains("additionalProperties")) {
            if (schema["additionalProperties"] == true) continue;
            check(field, schema["additionalProperties"], place + "." + name, all);
        } else {
            all.push_back(fmt::format("{}.{} is not described", place, name));
        }
    }
}

inline void Description::check(const Json& value, const Json& schema, const std::string& place,
                               std::vector<std::string>& all) const {
    const Json one = merged(schema);
    for (const char* choice : {"oneOf", "anyOf"}) {
        if (!one.contains(choice)) continue;
        const auto fits = [&](const Json& part) { return faults(value, part).empty(); };
        if (std::ranges::none_of(one[choice], fits)) all.push_back(place + " fits no choice");
        return;
    }
    if (one.contains("type")) {
        const Json types = one["type"].is_array() ? one["type"] : Json::array({one["type"]});
        const auto fits = [&](const Json& type) {
            return is_of_type(value, type.get<std::string>());
        };
        if (std::ranges::none_of(types, fits)) {
            all.push_back(fmt::format("{} is no {}", place, types.dump()));
            return;
        }
    }
    if (one.contains("enum") && std::ranges::find(one["enum"], value) == one["enum"].end()) {
        all.push_back(fmt::format("{} = {} is none of the described values", place, value.dump()));
    }
    if (value.is_object()) check_fields(value, one, place, all);
    if (value.is_array() && one.contains("items")) {
        for (const Json& item : value) check(item, one["items"], place + "[]", all);
    }
}

inline std::vector<std::string> Description::faults(const api::Request& request,
                                                    const api::Response& response) const {
    if (response.status >= 400) {
        return faults(Json::parse(response.body), Json{{"$ref", "#/components/schemas/Problem"}});
    }
    const Json* described = operation(request.method, response.route);
    if (described == nullptr) return {"the address is not described"};
    const auto answers = (*described)["responses"];
    const std::string status = std::to_string(response.status);
    if (!answers.contains(status)) return {"status " + status + " is not described"};
    const Json& answer = resolved(answers[status]);
    std::vector<std::string> all;
    const std::string type = response.content_type.substr(0, response.content_type.find(';'));
    if (!answer.contains("content")) {
        if (!response.body.empty()) all.push_back("the body is not described");
    } else if (!answer["content"].contains(type)) {
        all.push_back("the type " + type + " is not described");
    } else if (type == "application/json" && response.file.empty()) {
        check(Json::parse(response.body), answer["content"][type].value("schema", Json::object()),
              "answer", all);
    }
    if (request.body.empty() || !described->contains("requestBody")) return all;
    const Json& taken = resolved((*described)["requestBody"])["content"];
    if (taken.contains("application/json")) {
        check(Json::parse(request.body), taken["application/json"]["schema"], "body", all);
    }
    return all;
}

}  // namespace opora::testing

#include "opora/storage/scale_codec.hpp"

namespace opora::storage {

namespace {

constexpr Codes<2> purposes{"certificate", "university"};

template <class Value>
void put(Json& json, const char* name, const std::optional<Value>& value) {
    if (value) json[name] = *value;
}

template <class Value>
std::optional<Value> value_of(const Json& json, const char* name) {
    if (!json.contains(name)) return std::nullopt;
    return json.at(name).get<Value>();
}

std::optional<int> number_of(const std::optional<model::SchoolYear>& year) {
    return year ? std::optional{year->ending} : std::nullopt;
}

std::optional<model::SchoolYear> year_of(const Json& json, const char* name) {
    const auto ending = value_of<int>(json, name);
    return ending ? std::optional{model::SchoolYear{*ending}} : std::nullopt;
}

Json to_json(const model::Scale& scale) {
    Json json{{"edition", scale.edition},       {"type", model::code(scale.type)},
              {"subject", scale.subject.value}, {"region", scale.region.value},
              {"evidence", scale.evidence},     {"source", scale.source}};
    put(json, "programme_grade", scale.programme_grade);
    put(json, "year_first", number_of(scale.year_first));
    put(json, "year_last", number_of(scale.year_last));
    put(json, "score_max", scale.score_max);
    put(json, "profile_minimum", scale.profile_minimum);
    for (const auto& first : scale.first_scores) {
        json["first_scores"].push_back(first ? Json(*first) : Json(nullptr));
    }
    for (const model::SideCondition& one : scale.conditions) {
        json["conditions"].push_back({{"mark", one.mark},
                                      {"points_min", one.points_min},
                                      {"mark_otherwise", one.mark_otherwise},
                                      {"tasks", one.tasks},
                                      {"text", one.text}});
    }
    for (const model::MinimumScore& one : scale.minima) {
        json["minima"].push_back({{"purpose", word(one.purpose, purposes)},
                                  {"score", one.score},
                                  {"source", one.source}});
    }
    return json;
}

model::Scale scale_of(const Json& json) {
    const std::string type_text = json.at("type").get<std::string>();
    const auto type = model::procedure_type(type_text);
    if (!type) fail_corrupt_value(type_text);
    model::Scale scale{.edition = json.at("edition"),
                       .type = *type,
                       .subject = {json.at("subject")},
                       .programme_grade = value_of<int>(json, "programme_grade"),
                       .year_first = year_of(json, "year_first"),
                       .year_last = year_of(json, "year_last"),
                       .region = {json.at("region")},
                       .first_scores = {},
                       .score_max = value_of<std::int32_t>(json, "score_max"),
                       .conditions = {},
                       .minima = {},
                       .profile_minimum = value_of<std::int32_t>(json, "profile_minimum"),
                       .evidence = json.at("evidence"),
                       .source = json.at("source")};
    for (std::size_t i = 0; i < scale.first_scores.size(); ++i) {
        const Json& first = json.at("first_scores").at(i);
        if (!first.is_null()) scale.first_scores[i] = first.get<std::int32_t>();
    }
    for (const Json& one : json.value("conditions", Json::array())) {
        scale.conditions.push_back({.mark = one.at("mark"),
                                    .points_min = one.at("points_min"),
                                    .mark_otherwise = one.at("mark_otherwise"),
                                    .tasks = one.at("tasks"),
                                    .text = one.at("text")});
    }
    for (const Json& one : json.value("minima", Json::array())) {
        scale.minima.push_back(
            {.purpose = read_word<model::MinimumPurpose>(one.at("purpose"), purposes),
             .score = one.at("score"),
             .source = one.at("source")});
    }
    return scale;
}

}  // namespace

Json encode_scales(const std::vector<model::Scale>& scales) {
    Json all = Json::array();
    for (const model::Scale& one : scales) all.push_back(to_json(one));
    return all;
}

std::vector<model::Scale> decode_scales(const Json& json) {
    std::vector<model::Scale> scales;
    for (const Json& one : json) scales.push_back(scale_of(one));
    return scales;
}

}  // namespace opora::storage

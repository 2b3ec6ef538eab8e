#include "opora/documents/list_json.hpp"

#include <nlohmann/json.hpp>

#include "opora/wording/expression_words.hpp"

namespace opora::documents {

namespace {

using Json = nlohmann::ordered_json;

std::string_view code(model::Missing missing) {
    switch (missing) {
        case model::Missing::none:
            return "none";
        case model::Missing::not_held:
            return "not_held";
        case model::Missing::not_applicable:
            return "not_applicable";
        case model::Missing::too_few_results:
            return "too_few_results";
        case model::Missing::no_data:
            return "no_data";
        case model::Missing::no_scale:
            return "no_scale";
        case model::Missing::no_reference:
            return "no_reference";
        case model::Missing::marked:
            return "marked";
    }
    return "no_data";
}

std::string_view code(model::Derivation::Kind kind) {
    using Kind = model::Derivation::Kind;
    switch (kind) {
        case Kind::logic:
            return "logic";
        case Kind::quantifier:
            return "quantifier";
        case Kind::comparison:
            return "comparison";
        case Kind::arithmetic:
            return "arithmetic";
        case Kind::indicator:
            return "indicator";
        case Kind::parameter:
            return "parameter";
        case Kind::constant:
            return "constant";
    }
    return "constant";
}

bool is_truth(const model::Derivation& node) {
    using Kind = model::Derivation::Kind;
    if (node.kind == Kind::logic || node.kind == Kind::comparison) return true;
    const wording::Joint joint = wording::joint_of(node);
    return node.kind == Kind::quantifier &&
           (joint == wording::Joint::one || joint == wording::Joint::all);
}

Json to_json(const model::Procedure& procedure) {
    return {{"year", procedure.year.ending},
            {"type", model::code(procedure.type)},
            {"subject", procedure.subject.value},
            {"grade", procedure.grade},
            {"programme_grade", procedure.programme_grade},
            {"period", model::code(procedure.period)}};
}

void add_value(Json& json, const model::Derivation& node) {
    json["unit"] = model::code(node.unit);
    if (node.value.known()) {
        json["value"] = node.value.ratio.value();
        json["numerator"] = node.value.ratio.numerator;
        json["denominator"] = node.value.ratio.denominator;
    } else {
        json["value"] = nullptr;
        json["missing"] = code(node.value.missing);
    }
    if (node.value.n > 0) json["n"] = node.value.n;
    if (node.has_interval) json["interval_95"] = {node.interval_low, node.interval_high};
}

Json to_json(const model::Derivation& node) {
    Json json{{"kind", code(node.kind)}, {"text", node.text}};
    if (!node.indicator.empty()) json["indicator"] = node.indicator;
    if (!node.comparison.empty()) json["comparison"] = node.comparison;
    if (node.procedure) json["procedure"] = to_json(*node.procedure);
    if (node.year) json["year"] = node.year->ending;
    if (is_truth(node)) {
        json["outcome"] = model::code(node.outcome);
    } else {
        add_value(json, node);
    }
    if (!node.among.empty()) json["among"] = node.among;
    if (node.years_pooled > 1) json["years_pooled"] = node.years_pooled;
    for (const model::Source& source : node.sources) {
        json["sources"].push_back({{"file", source.file},
                                   {"row_first", source.row_first},
                                   {"row_last", source.row_last}});
    }
    for (const model::Derivation& part : node.parts) json["parts"].push_back(to_json(part));
    return json;
}

Json to_json(const model::Finding& finding) {
    Json json{{"rule", finding.rule},
              {"clause", finding.clause},
              {"outcome", model::code(finding.outcome)}};
    const bool derived = !finding.derivation.text.empty() || !finding.derivation.parts.empty();
    if (derived) json["derivation"] = to_json(finding.derivation);
    return json;
}

Json to_json(const model::Listing& listing) {
    Json json{{"school_id", listing.school.value}, {"school_name", listing.school_name}};
    if (!listing.teacher.value.empty()) json["teacher_id"] = listing.teacher.value;
    json["outcome"] = model::code(listing.verdict);
    json["probability"] = listing.probability ? Json(*listing.probability) : Json(nullptr);
    json["reliability"] = model::code(listing.reliability);
    json["rules_met"] = listing.rules_met;
    json["notes"] = listing.notes;
    json["findings"] = Json::array();
    for (const model::Finding& finding : listing.findings) {
        json["findings"].push_back(to_json(finding));
    }
    return json;
}

Json to_json(const wording::ListHeading& heading) {
    return {{"methodology", heading.methodology},
            {"version", heading.version},
            {"year", heading.year.ending},
            {"snapshot", heading.snapshot}};
}

Json to_json(const model::ListUncertainty& all) {
    return {{"expected_false", all.expected_false},
            {"expected_missed", all.expected_missed},
            {"judged", all.judged},
            {"simulation_error", all.simulation_error},
            {"draws", all.draws},
            {"prior", model::code(all.prior)}};
}

std::string written(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string explanation_json(const model::Listing& listing, const wording::ListHeading& heading) {
    Json json = to_json(heading);
    json.update(to_json(listing));
    return written(json);
}

std::string list_json(const model::SchoolList& list) {
    Json json = to_json(wording::heading_of(list));
    if (list.uncertainty) json["uncertainty"] = to_json(*list.uncertainty);
    json["listings"] = Json::array();
    for (const model::Listing& listing : list.listings) {
        json["listings"].push_back(to_json(listing));
    }
    return written(json);
}

}  // namespace opora::documents

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

namespace {

using application::Permission;

Json document_json(const rules::Pack& pack) {
    const rules::Document& document = pack.document;
    return {{"id", document.id},
            {"version", document.version},
            {"title", document.title},
            {"issuer", document.issuer},
            {"source", document.source},
            {"level", document.level},
            {"evidence", document.evidence},
            {"official_list", pack.decision.official_list},
            {"lists", pack.decision.listing.has_value()}};
}

Json parameter_json(const rules::Parameter& parameter) {
    Json other = Json::array();
    for (const rules::ParameterValue& value : parameter.other)
        other.push_back(rules::to_text(value));
    return {{"name", parameter.name},
            {"title", parameter.title},
            {"value", rules::to_text(parameter.value)},
            {"other", other},
            {"clause", parameter.clause},
            {"evidence", parameter.evidence},
            {"why", parameter.why}};
}

Response all(Call& call) {
    Json methodologies = Json::array();
    for (const auto& one : call.services.workspace.methodologies()) {
        methodologies.push_back(document_json(one.pack));
    }
    return json_response({{"methodologies", methodologies}});
}

Response show(Call& call) {
    const auto methodology = methodology_of(call, 0);
    if (!methodology) return problem(methodology.error());
    const rules::Pack& pack = (*methodology)->pack;
    Json body = document_json(pack);
    Json parameters = Json::array();
    for (const rules::Parameter& one : pack.parameters) parameters.push_back(parameter_json(one));
    Json rules = Json::array();
    for (const rules::Rule& one : pack.rules) {
        rules.push_back({{"id", one.id},
                         {"clause", one.clause},
                         {"title", one.title},
                         {"evidence", one.evidence},
                         {"when", one.when_text},
                         {"flag", one.flag}});
    }
    Json notes = Json::array();
    for (const rules::Note& one : pack.notes) {
        notes.push_back({{"code", one.code},
                         {"clause", one.clause},
                         {"what", one.what},
                         {"parameter", one.parameter}});
    }
    body["parameters"] = std::move(parameters);
    body["rules"] = std::move(rules);
    body["listing"] = pack.decision.listing_text;
    body["notes"] = std::move(notes);
    body["text"] = (*methodology)->text;
    return json_response(body);
}

}  // namespace

std::vector<Route> methodology_routes() {
    constexpr auto read = Permission::read_methodologies;
    return {
        {"GET", "/api/v1/methodologies", "Методики", Entry::permitted, read, all},
        {"GET", "/api/v1/methodologies/{methodology}", "Методика с параметрами и открытыми местами",
         Entry::permitted, read, show},
    };
}

}  // namespace opora::api

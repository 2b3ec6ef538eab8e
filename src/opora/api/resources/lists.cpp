#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/list_view.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/wording/derivation_tree.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/vocabulary.hpp"

namespace opora::api {

namespace {

using application::Permission;

Json with_findings(const model::Listing& one) {
    Json json = listing_json(one);
    json["findings"] = Json::array();
    for (const model::Finding& finding : one.findings) {
        json["findings"].push_back({{"rule", finding.rule},
                                    {"clause", finding.clause},
                                    {"outcome", code(finding.outcome)}});
    }
    return json;
}

/// Adds the listings that the person may see, those of the page, to the answer.
Response listings_response(const Call& call, const application::View& view,
                           const model::SchoolList& list, Json body) {
    const auto page = page_of(call);
    if (!page) return problem(page.error());
    const application::Scope scope{call.user(), view.evidence()};
    std::vector<const model::Listing*> seen;
    for (const model::Listing& one : list.listings) {
        const auto number = view.evidence().find_school(one.school);
        if (number && scope.sees(*number)) seen.push_back(&one);
    }
    const auto next = leave_page(seen, *page, [](const model::Listing& one) {
        return one.teacher.value.empty() ? one.school.value
                                         : one.school.value + "/" + one.teacher.value;
    });
    if (!next) return problem(next.error());
    Json rows = Json::array();
    for (const model::Listing* one : seen) rows.push_back(with_findings(*one));
    body["listings"] = std::move(rows);
    if (*next) body["next"] = **next;
    return json_response(body);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) {
        if (!all.empty()) all += between;
        all += text;
    }
    return all;
}

/// «выявлена уверенно»; empty where the verdict says it all.
std::string reliability_cell(const model::Listing& one) {
    return std::string{wording::reliability_words(one)};
}

/// The list as people see it: of a territory, with one verdict, as the query asks.
wording::Table list_table(const Call& call, const application::View& view,
                          const model::SchoolList& list, const wording::Vocabulary& vocabulary) {
    wording::Table table{
        .title = "Перечень по методике " + list.methodology.value + ", " + title(list.year),
        .columns = {{"school", ""},
                    {"verdict", ""},
                    {"reliability", ""},
                    {"school_name", "Школа"},
                    {"school_id", "Код школы"},
                    {"teacher", "Педагог"},
                    {"verdict_title", "Вывод"},
                    {"probability", "Вероятность", wording::ColumnStyle::percent},
                    {"reliability_title", "Надёжность"},
                    {"rules_met", "Выполнены правила"},
                    {"notes", "Примечания"}},
        .rows = {}};
    const application::Scope scope{call.user(), view.evidence()};
    const auto verdict = query(call.request, "verdict");
    const auto territory = query(call.request, "territory");
    for (const model::Listing& one : list.listings) {
        const auto number = view.evidence().find_school(one.school);
        if (!number || !scope.sees(*number)) continue;
        if (verdict && *verdict != code(one.verdict)) continue;
        if (territory && !application::lies_in(view.evidence(), view.evidence().schools()[*number],
                                               {std::string{*territory}})) {
            continue;
        }
        table.rows.push_back({one.school.value, std::string{code(one.verdict)},
                              std::string{code(one.reliability)}, one.school_name, one.school.value,
                              cell_of(one.teacher.value), std::string{title(one.verdict)},
                              cell_of(one.probability), cell_of(reliability_cell(one)),
                              cell_of(wording::rule_labels(one.rules_met, vocabulary)),
                              cell_of(joined(one.notes, "; "))});
    }
    return table;
}

Json heading_json(const model::SchoolList& list) {
    return {{"methodology", list.methodology.value},
            {"version", list.version},
            {"year", list.year.ending},
            {"year_title", title(list.year)},
            {"snapshot", list.snapshot}};
}

Response list(Call& call) {
    const auto view = call.services.workspace.view();
    const auto methodology = methodology_of(call, 0);
    if (!methodology) return problem(methodology.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const auto made = view->list(**methodology, *year);
    Json body = heading_json(*made);
    if (query(call.request, "format")) {
        const auto vocabulary = wording::vocabulary_of(call.services.workspace.adapters().subjects,
                                                       (*methodology)->pack);
        return table_answer(call, *view, list_table(call, *view, *made, vocabulary),
                            std::move(body));
    }
    return listings_response(call, *view, *made, std::move(body));
}

Json node_json(const wording::DerivationNode& node) {
    Json json{{"text", node.text}};
    if (node.outcome != model::Outcome::not_applicable) {
        json["outcome"] = code(node.outcome);
        json["outcome_title"] = wording::outcome_words(node.outcome);
    }
    if (!node.sources.empty()) json["sources"] = node.sources;
    if (node.procedure) {
        json["work"] = procedure_code(*node.procedure);
        json["year"] = node.procedure->year.ending;
    }
    if (node.parts.empty()) return json;
    json["parts"] = Json::array();
    for (const wording::DerivationNode& part : node.parts) {
        json["parts"].push_back(node_json(part));
    }
    return json;
}

/// The rules that concern the school, each with its tree; what was not evaluated has none.
Json trees_json(const model::Listing& one, model::SchoolYear year,
                const wording::Vocabulary& vocabulary) {
    Json rules = Json::array();
    for (const model::Finding& finding : one.findings) {
        Json rule{{"rule", finding.rule},
                  {"text", wording::rule_sentence(finding, vocabulary)},
                  {"outcome", code(finding.outcome)},
                  {"outcome_title", wording::outcome_words(finding.outcome)}};
        const model::Derivation& derivation = finding.derivation;
        const bool evaluated = !derivation.text.empty() || !derivation.parts.empty();
        if (evaluated && finding.outcome != model::Outcome::not_applicable) {
            rule["tree"] = node_json(wording::derivation_tree(derivation, year, vocabulary));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

Response explanation(Call& call) {
    const auto view = call.services.workspace.view();
    const auto methodology = methodology_of(call, 0);
    if (!methodology) return problem(methodology.error());
    const auto number = school_of(call, *view, 1);
    if (!number) return problem(number.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    auto list = view->explain(**methodology, *year, view->evidence().schools()[*number].id);
    std::string reason;
    if (!list && list.error().code == "nobody_to_explain") {
        // That a methodology concerns nobody here is an answer.
        reason = list.error().message;
        const rules::Document& document = (*methodology)->pack.document;
        list = model::SchoolList{.methodology = {document.id},
                                 .version = document.version,
                                 .year = *year,
                                 .snapshot = view->snapshot()};
    }
    if (!list) return problem(list.error());
    Json body = heading_json(*list);
    if (!reason.empty()) body["reason"] = reason;
    Json listings = Json::array();
    auto vocabulary =
        wording::vocabulary_of(call.services.workspace.adapters().subjects, (*methodology)->pack);
    vocabulary.for_terminal = false;
    for (const model::Listing& one : list->listings) {
        Json json = with_findings(one);
        json["text"] = wording::explain_text(one, wording::heading_of(*list), vocabulary);
        json["summary"] = wording::verdict_sentence(one, vocabulary);
        json["reliability_text"] = wording::reliability_sentence(one);
        json["rules"] = trees_json(one, list->year, vocabulary);
        listings.push_back(std::move(json));
    }
    body["methodology_text"] =
        wording::methodology_sentence(wording::heading_of(*list), vocabulary);
    body["listings"] = std::move(listings);
    return json_response(body);
}

/// Who enters and who leaves with other values of parameters; nothing is remembered.
Response trial(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto view = call.services.workspace.view();
    const auto methodology = methodology_of(call, 0);
    if (!methodology) return problem(methodology.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const auto settings = form->find("settings");
    if (settings == form->end() || !settings->is_object()) {
        return problem("field_missing", "Не указаны значения параметров: settings");
    }
    std::vector<std::string> assignments;
    for (const auto& [name, value] : settings->items()) {
        if (!value.is_string())
            return problem("field_wrong", "Значение параметра должно быть текстом: settings");
        assignments.push_back(name + "=" + value.get<std::string>());
    }
    const auto changed = application::with_parameters(**methodology, assignments);
    if (!changed) return problem("setting_wrong", changed.error());
    const model::SchoolList after = view->trial(*changed, *year);
    return listings_response(call, *view, after, heading_json(after));
}

}  // namespace

std::vector<Route> list_routes() {
    constexpr auto read = Permission::read_schools;
    return {
        {"GET", "/api/v1/methodologies/{methodology}/list", "Перечень по методике",
         Entry::permitted, read, list},
        {"GET", "/api/v1/methodologies/{methodology}/schools/{school}",
         "Обоснование вывода по школе", Entry::permitted, read, explanation},
        {"POST",
         "/api/v1/methodologies/{methodology}/trials",
         "Перечень при других параметрах",
         Entry::permitted,
         read,
         trial,
         {.bytes_max = 64 * 1024}},
    };
}

}  // namespace opora::api

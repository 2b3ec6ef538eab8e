#include <charconv>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/problem_codes.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/wording/parameter_words.hpp"

namespace opora::api {

namespace {

using application::Permission;

constexpr std::size_t text_bytes_max = 256 * 1024;

Json document_json(const application::Methodology& methodology) {
    const rules::Pack& pack = methodology.pack;
    const rules::Document& document = pack.document;
    return {{"id", document.id},
            {"version", document.version},
            {"title", document.title},
            {"issuer", document.issuer},
            {"source", document.source},
            {"level", document.level},
            {"evidence", document.evidence},
            {"official_list", pack.decision.official_list},
            {"lists", pack.decision.listing.has_value()},
            {"own", methodology.edit > 0}};
}

using Subjects = std::map<model::SubjectCode, std::string>;

Json parameter_json(const rules::Parameter& parameter, const Subjects& subjects) {
    const auto reading = [&](const rules::ParameterValue& value) {
        return Json{{"value", rules::to_text(value)},
                    {"title", wording::value_words(parameter, value, subjects)}};
    };
    Json other = Json::array();
    for (const rules::ParameterValue& value : parameter.other) other.push_back(reading(value));
    return {{"name", parameter.name},
            {"title", parameter.title},
            {"value", rules::to_text(parameter.value)},
            {"value_title", wording::value_words(parameter, parameter.value, subjects)},
            {"number", std::holds_alternative<rules::Quantity>(parameter.value)},
            {"other", other},
            {"clause", parameter.clause},
            {"evidence", parameter.evidence},
            {"why", parameter.why}};
}

Response all(Call& call) {
    Json methodologies = Json::array();
    for (const application::Methodology* one : call.services.workspace.methodologies()) {
        methodologies.push_back(document_json(*one));
    }
    return json_response({{"methodologies", methodologies}});
}

Json methodology_json(const application::Methodology& methodology, const Subjects& subjects) {
    const rules::Pack& pack = methodology.pack;
    Json body = document_json(methodology);
    Json parameters = Json::array();
    for (const rules::Parameter& one : pack.parameters) {
        parameters.push_back(parameter_json(one, subjects));
    }
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
    body["text"] = methodology.text;
    return body;
}

const Subjects& subjects_of(const Call& call) {
    return call.services.workspace.adapters().subjects;
}

Response methodology_response(const Call& call, const application::Methodology& methodology,
                              int status) {
    Response response = json_response(methodology_json(methodology, subjects_of(call)), status);
    response.headers.emplace_back("ETag", "\"" + std::to_string(methodology.edit) + "\"");
    return response;
}

wording::Table rules_table(const rules::Pack& pack) {
    wording::Table table{.title = "Правила методики " + pack.document.id,
                         .columns = {{"clause", "Пункт"},
                                     {"title", "Правило"},
                                     {"flag", "Только отметка"},
                                     {"when", "Условие на языке правил"}},
                         .rows = {}};
    for (const rules::Rule& one : pack.rules) {
        table.rows.push_back({one.clause, one.title, one.flag, one.when_text});
    }
    return table;
}

wording::Table parameters_table(const rules::Pack& pack, const Subjects& subjects) {
    wording::Table table{.title = "Параметры методики " + pack.document.id,
                         .columns = {{"title", "Параметр"},
                                     {"clause", "Пункт"},
                                     {"value", "Значение"},
                                     {"other", "Другие прочтения"},
                                     {"why", "Почему есть выбор"},
                                     {"name", "Имя в методике"}},
                         .rows = {}};
    for (const rules::Parameter& one : pack.parameters) {
        std::string other;
        for (const rules::ParameterValue& value : one.other) {
            other += (other.empty() ? "" : "; ") + wording::value_words(one, value, subjects);
        }
        table.rows.push_back({one.title, cell_of(one.clause),
                              wording::value_words(one, one.value, subjects), cell_of(other),
                              cell_of(one.why), one.name});
    }
    return table;
}

wording::Table notes_table(const rules::Pack& pack) {
    wording::Table table{.title = "Открытое в источнике, методика " + pack.document.id,
                         .columns = {{"clause", "Место"},
                                     {"what", "Что открыто или противоречиво"},
                                     {"parameter", "Решает параметр"}},
                         .rows = {}};
    for (const rules::Note& one : pack.notes) {
        const rules::Parameter* decides = rules::find_parameter(pack, one.parameter);
        table.rows.push_back({cell_of(one.clause), one.what,
                              decides ? wording::TableCell{decides->title} : wording::TableCell{}});
    }
    return table;
}

/// One of the three tables of a methodology: `rules`, `notes`, otherwise the parameters.
Response table_of(Call& call, const rules::Pack& pack) {
    const auto part = query(call.request, "part").value_or("parameters");
    const auto view = call.services.workspace.view();
    if (part == "rules") return table_answer(call, *view, rules_table(pack));
    if (part == "notes") return table_answer(call, *view, notes_table(pack));
    if (part != "parameters") {
        return problem("field_wrong", "Ожидалось rules, parameters или notes: part");
    }
    return table_answer(call, *view, parameters_table(pack, subjects_of(call)));
}

Response show(Call& call) {
    const auto methodology = methodology_of(call, 0);
    if (methodology && wants_file(call.request)) {
        return table_of(call, (*methodology)->pack);
    }
    return methodology ? methodology_response(call, **methodology, 200)
                       : problem(methodology.error());
}

/// A text as it is being typed: its mistakes are the answer, not a refusal.
Response check(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto id = text_field(*form, "id", 100);
    if (!id) return problem(id.error());
    const auto text = text_field(*form, "text", text_bytes_max);
    if (!text) return problem(text.error());
    const auto checked = call.services.methodologies.check(call.user(), *id, *text);
    if (!checked) return json_response({{"errors", errors_json(checked.error())}});
    return json_response({{"errors", Json::array()},
                          {"methodology", methodology_json(*checked, subjects_of(call))}});
}

/// The edit that the request names in If-Match; 0 for a new methodology.
std::optional<std::int64_t> edit_of(const Request& request) {
    std::string_view tag = header(request, "if-match");
    if (tag.size() < 3) return std::nullopt;
    tag = tag.substr(1, tag.size() - 2);
    std::int64_t edit = 0;
    const auto read = std::from_chars(tag.data(), tag.data() + tag.size(), edit);
    if (read.ec != std::errc{} || read.ptr != tag.data() + tag.size()) return std::nullopt;
    return edit;
}

Response save(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto text = text_field(*form, "text", text_bytes_max);
    if (!text) return problem(text.error());
    std::string reason;
    if (form->contains("reason")) {
        const auto words = text_field(*form, "reason", 1000);
        if (!words) return problem(words.error());
        reason = *words;
    }
    const auto edit = edit_of(call.request);
    if (!edit) return problem("version_missing", "Откройте методику заново и повторите правку");
    const auto saved =
        call.services.methodologies.save(call.user(), call.value(0), *text, *edit, reason);
    if (saved) return methodology_response(call, **saved, *edit == 0 ? 201 : 200);
    const std::string& code = saved.error().front().code;
    return is_problem_code(code) ? problem(saved.error())
                                 : problem("methodology_wrong", saved.error());
}

Response remove(Call& call) {
    const auto edit = edit_of(call.request);
    if (!edit) return problem("version_missing", "Откройте методику заново и повторите");
    const auto removed = call.services.methodologies.remove(call.user(), call.value(0), *edit);
    if (!removed) return problem(removed.error());
    return Response{.status = 204, .content_type = "text/plain"};
}

}  // namespace

std::vector<Route> methodology_routes() {
    constexpr auto read = Permission::read_methodologies;
    constexpr auto edit = Permission::edit_methodologies;
    return {
        {"GET", "/api/v1/methodologies", "Методики", Entry::permitted, read, all},
        {"GET", "/api/v1/methodologies/{methodology}", "Методика с параметрами и открытыми местами",
         Entry::permitted, read, show},
        {"POST",
         "/api/v1/methodology-checks",
         "Проверить текст методики",
         Entry::permitted,
         edit,
         check,
         {.bytes_max = 2 * text_bytes_max}},
        {"PUT",
         "/api/v1/methodologies/{methodology}",
         "Сохранить свою методику",
         Entry::permitted,
         edit,
         save,
         {.bytes_max = 2 * text_bytes_max}},
        {"DELETE", "/api/v1/methodologies/{methodology}", "Удалить свою методику", Entry::permitted,
         edit, remove},
    };
}

}  // namespace opora::api

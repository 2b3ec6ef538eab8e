#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/indicator_report.hpp"

namespace opora::api {

namespace {

using application::Permission;

std::string_view type_title(model::SchoolType type) {
    switch (type) {
        case model::SchoolType::primary:
            return "НОШ";
        case model::SchoolType::basic:
            return "ООШ";
        case model::SchoolType::secondary:
            return "СОШ";
        case model::SchoolType::gymnasium:
            return "Гимназия";
        case model::SchoolType::lyceum:
            return "Лицей";
        case model::SchoolType::evening:
            return "Вечерняя";
        case model::SchoolType::correctional:
            return "Коррекционная";
        case model::SchoolType::boarding:
            return "Интернат";
    }
    return "";
}

Json school_json(const model::School& school) {
    Json json{{"id", school.id.value},
              {"name", school.name},
              {"territory", school.territory.value},
              {"type", type_title(school.type)},
              {"settlement", school.address},
              {"grade_low", grade_low(school)},
              {"grade_high", grade_high(school)}};
    if (school.distance_km) json["distance_km"] = *school.distance_km;
    return json;
}

Response territories(Call& call) {
    const auto view = call.services.workspace.view();
    Json all = Json::array();
    for (const model::Territory& one : view->evidence().territories()) {
        all.push_back({{"id", one.id.value}, {"name", one.name}, {"parent", one.parent.value}});
    }
    Json years = Json::array();
    for (const model::SchoolYear year : view->years()) {
        years.push_back({{"year", year.ending}, {"title", title(year)}});
    }
    return json_response({{"territories", all}, {"years", years}, {"snapshot", view->snapshot()}});
}

wording::Table schools_table(const std::vector<const model::School*>& schools) {
    using wording::ColumnStyle;
    wording::Table table{.title = "Школы",
                         .columns = {{"name", "Школа"},
                                     {"id", "Код"},
                                     {"type", "Тип"},
                                     {"settlement", "Населённый пункт"},
                                     {"grade_low", "Классы с", ColumnStyle::whole},
                                     {"grade_high", "по", ColumnStyle::whole},
                                     {"distance_km", "До центра, км", ColumnStyle::whole}},
                         .rows = {}};
    for (const model::School* school : schools) {
        const auto km = school->distance_km;
        table.rows.push_back({school->name, school->id.value, std::string{type_title(school->type)},
                              cell_of(school->address), std::int64_t{grade_low(*school)},
                              std::int64_t{grade_high(*school)},
                              km ? wording::TableCell{std::int64_t{*km}} : wording::TableCell{}});
    }
    return table;
}

Response schools(Call& call) {
    const auto view = call.services.workspace.view();
    const application::Scope scope{call.user(), view->evidence()};
    const auto territory = query(call.request, "territory");
    std::vector<const model::School*> seen;
    for (indicators::SchoolNumber i = 0; i < view->evidence().schools().size(); ++i) {
        const model::School& school = view->evidence().schools()[i];
        if (!scope.sees(i)) continue;
        if (territory && !application::lies_in(view->evidence(), school,
                                               model::TerritoryId{std::string{*territory}})) {
            continue;
        }
        seen.push_back(&school);
    }
    if (query(call.request, "format")) return table_answer(call, *view, schools_table(seen));
    const auto page = page_of(call);
    if (!page) return problem(page.error());
    const auto next =
        leave_page(seen, *page, [](const model::School& one) { return one.id.value; });
    if (!next) return problem(next.error());
    Json all = Json::array();
    for (const model::School* school : seen) all.push_back(school_json(*school));
    Json body{{"schools", std::move(all)}};
    if (*next) body["next"] = **next;
    return json_response(body);
}

Response school(Call& call) {
    const auto view = call.services.workspace.view();
    const auto number = school_of(call, *view, 0);
    if (!number) return problem(number.error());
    return json_response(school_json(view->evidence().schools()[*number]));
}

/// An imported indicator has the name that its file gave it; a bare code stands in quotation marks.
std::string title_of(const application::IndicatorRow& row) {
    const bool plain_code = std::ranges::all_of(
        row.title, [](char symbol) { return static_cast<unsigned char>(symbol) < 0x80; });
    if (row.title != row.indicator || !plain_code) return std::string{row.title};
    return "«" + std::string{row.title} + "»";
}

wording::Table indicators_table(model::SchoolYear year) {
    using wording::ColumnStyle;
    return {.title = "Показатели школы, " + title(year),
            .columns = {{"indicator", ""},
                        {"title", "Показатель"},
                        {"type", "Процедура"},
                        {"subject", "Предмет"},
                        {"grade", "Класс", ColumnStyle::whole},
                        {"value", "Значение", ColumnStyle::number},
                        {"numerator", "Числитель", ColumnStyle::whole},
                        {"n", "Участников", ColumnStyle::whole},
                        {"low", "95 % ДИ от", ColumnStyle::number},
                        {"high", "95 % ДИ до", ColumnStyle::number}},
            .rows = {}};
}

/// `names` holds the Russian names of the procedure.
std::vector<wording::TableCell> indicator_cells(const Json& names,
                                                const application::IndicatorRow& row) {
    using wording::TableCell;
    const bool of_procedure = row.procedure != nullptr;
    const auto name = [&](const char* field) {
        return of_procedure ? TableCell{names.at(field).get<std::string>()} : TableCell{};
    };
    return {std::string{row.indicator},
            title_of(row),
            name("type"),
            name("subject"),
            of_procedure ? TableCell{std::int64_t{row.procedure->grade}} : TableCell{},
            row.value,
            row.numerator ? TableCell{*row.numerator} : TableCell{},
            row.n ? TableCell{*row.n} : TableCell{},
            row.interval ? TableCell{row.interval->low} : TableCell{},
            row.interval ? TableCell{row.interval->high} : TableCell{}};
}

Response school_indicators(Call& call) {
    const auto view = call.services.workspace.view();
    const auto number = school_of(call, *view, 0);
    if (!number) return problem(number.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    application::IndicatorFilter filter{.year = *year,
                                        .code = {},
                                        .school = view->evidence().schools()[*number].id,
                                        .territory = {}};
    if (const auto code = query(call.request, "indicator")) filter.code = std::string{*code};
    Json all = Json::array();
    wording::Table table = indicators_table(*year);
    application::visit_indicators(
        view->evidence(), filter, [&](const application::IndicatorRow& row) {
            Json one{{"indicator", row.indicator},
                     {"title", title_of(row)},
                     {"unit", code(row.unit)},
                     {"value", row.value}};
            if (row.procedure != nullptr) {
                one["type"] = title(row.procedure->type);
                const auto subject =
                    call.services.workspace.adapters().subjects.find(row.procedure->subject);
                one["subject"] = subject == call.services.workspace.adapters().subjects.end()
                                     ? row.procedure->subject.value
                                     : subject->second;
                one["grade"] = row.procedure->grade;
            }
            if (row.numerator) one["numerator"] = *row.numerator;
            if (row.n) one["n"] = *row.n;
            if (row.interval) {
                one["low"] = row.interval->low;
                one["high"] = row.interval->high;
            }
            table.rows.push_back(indicator_cells(one, row));
            all.push_back(std::move(one));
        });
    if (query(call.request, "format")) return table_answer(call, *view, std::move(table));
    return json_response({{"year", year->ending}, {"indicators", all}});
}

}  // namespace

std::vector<Route> school_routes() {
    constexpr auto read = Permission::read_schools;
    return {
        {"GET",
         "/api/v1/territories",
         "Территории и учебные годы",
         Entry::signed_in,
         {},
         territories},
        {"GET", "/api/v1/schools", "Школы", Entry::permitted, read, schools},
        {"GET", "/api/v1/schools/{school}", "Школа", Entry::permitted, read, school},
        {"GET", "/api/v1/schools/{school}/indicators", "Показатели школы за год", Entry::permitted,
         read, school_indicators},
    };
}

}  // namespace opora::api

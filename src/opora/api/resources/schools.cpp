#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
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

Response schools(Call& call) {
    const auto view = call.services.workspace.view();
    const application::Scope scope{call.user(), view->evidence()};
    const auto territory = query(call.request, "territory");
    Json all = Json::array();
    for (indicators::SchoolNumber i = 0; i < view->evidence().schools().size(); ++i) {
        const model::School& school = view->evidence().schools()[i];
        if (!scope.sees(i)) continue;
        if (territory && !application::lies_in(view->evidence(), school,
                                               model::TerritoryId{std::string{*territory}})) {
            continue;
        }
        all.push_back(school_json(school));
    }
    return json_response({{"schools", all}});
}

Response school(Call& call) {
    const auto view = call.services.workspace.view();
    const auto number = school_of(call, *view, 0);
    if (!number) return problem(number.error());
    return json_response(school_json(view->evidence().schools()[*number]));
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
    application::visit_indicators(
        view->evidence(), filter, [&](const application::IndicatorRow& row) {
            Json one{{"indicator", row.indicator},
                     {"title", row.title},
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
            all.push_back(std::move(one));
        });
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

#include "opora/application/rating.hpp"

#include <fmt/format.h>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"

namespace opora::api {

namespace {

using application::RatingReport;
using wording::ColumnStyle;
using wording::TableCell;

wording::Table rating_table(const Call& call, const application::View& view,
                            const RatingReport& report) {
    constexpr auto whole = ColumnStyle::whole;
    constexpr auto number = ColumnStyle::number;
    wording::Table table{.title = "Рейтинг школ, " + title(report.options.year),
                         .columns = {{"school", ""},
                                     {"school_name", "Школа"},
                                     {"place", "Место", whole},
                                     {"place_low", "Место не выше", whole},
                                     {"place_high", "и не ниже", whole},
                                     {"value", "Значение", number},
                                     {"low", "95 % ДИ от", number},
                                     {"high", "95 % ДИ до", number},
                                     {"results", "Результатов", whole},
                                     {"position_title", "Положение"},
                                     {"reason", "Почему нет места"}},
                         .rows = {}};
    const application::Scope scope{call.user(), view.evidence()};
    const auto name_of = [&](const model::SchoolId& id) -> std::optional<std::string> {
        const auto found = view.evidence().find_school(id);
        if (!found || !scope.sees(*found)) return std::nullopt;
        return view.evidence().schools()[*found].name;
    };
    for (const model::RatedSchool& one : report.schools) {
        if (const auto name = name_of(one.school)) {
            table.rows.push_back({one.school.value, *name, std::int64_t{one.place},
                                  std::int64_t{one.place_low}, std::int64_t{one.place_high},
                                  one.value, one.low, one.high, one.results,
                                  std::string{title(one.position)}, TableCell{}});
        }
    }
    for (const model::UnratedSchool& one : report.unrated) {
        if (const auto name = name_of(one.school)) {
            std::vector<TableCell> row{one.school.value, *name};
            row.resize(table.columns.size() - 1);
            row.emplace_back(one.reason);
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

bool enabled(const Call& call) {
    return application::rating_enabled(call.services.workspace.store().register_store());
}

/// Off is an answer, not an error: the page says why there is no rating.
Response rating(Call& call) {
    const auto view = call.services.workspace.view();
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const bool on = enabled(call);
    if (!on || !query(call.request, "format")) return json_response({{"enabled", on}});
    const bool effect = query(call.request, "value") == "effect";
    const application::RatingOptions options{
        .year = *year,
        .territory = territory_of(call),
        .value = effect ? model::RatedValue::effect : model::RatedValue::result};
    const auto key = fmt::format("rating/{}/{}/{}", year->ending, effect,
                                 options.territory ? options.territory->value : "");
    const auto report = view->kept<RatingReport>(
        key, [&] { return application::rate_schools(view->loaded(), options); });
    return table_answer(call, *view, rating_table(call, *view, *report),
                        {{"enabled", true}, {"year", year->ending}, {"reason", report->reason}});
}

Response state(Call& call) { return json_response({{"enabled", enabled(call)}}); }

Response change(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto on = form->find("enabled");
    if (on == form->end()) return problem("field_missing", "Не указано, включить или выключить");
    if (!on->is_boolean()) return problem("field_wrong", "Ожидалось да или нет: enabled");
    const auto reason = text_field(*form, "reason", 1000);
    if (!reason) return problem(reason.error());
    const auto changed = application::switch_rating(
        call.services.workspace.store().register_store(), call.user(), on->get<bool>(), *reason);
    return changed ? state(call) : problem(changed.error());
}

}  // namespace

std::vector<Route> rating_routes() {
    constexpr auto settings = application::Permission::manage_users;
    return {
        {"GET", "/api/v1/settings/rating", "Включён ли рейтинг", Entry::permitted, settings, state},
        {"PUT",
         "/api/v1/settings/rating",
         "Включить или выключить рейтинг",
         Entry::permitted,
         settings,
         change,
         {.bytes_max = 8192}},
        {"GET", "/api/v1/rating", "Рейтинг школ, если он включён", Entry::permitted,
         application::Permission::read_schools, rating},
    };
}

}  // namespace opora::api

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/score_histograms.hpp"
#include "opora/wording/names.hpp"

namespace opora::api {

namespace {

using application::IndicatorRow;
using indicators::Evidence;
using indicators::SchoolNumber;
using wording::ColumnStyle;
using wording::TableCell;

ColumnStyle style_of(model::Unit unit) {
    return unit == model::Unit::share ? ColumnStyle::percent : ColumnStyle::number;
}

/// The same indicator of all participants of the region; missing for those that are not of the
/// catalogue.
TableCell region_value(const Evidence& evidence, SchoolNumber school, const IndicatorRow& row) {
    const auto* indicator = indicators::find_procedure_indicator(row.indicator);
    const auto procedure = evidence.find_procedure(*row.procedure);
    if (indicator == nullptr || !procedure) return {};
    const auto* total = evidence.total(school, indicators::Scope::region, *procedure);
    if (total == nullptr) return {};
    const model::Measurement value = indicator->measure(*total);
    return value.known() ? TableCell{value.ratio.value()} : TableCell{};
}

wording::Table years_table(ColumnStyle style) {
    return {.title = "Результаты по годам",
            .columns = {{"work", ""},
                        {"procedure", "Процедура"},
                        {"year", "Год", ColumnStyle::text},
                        {"value", "Значение", style},
                        {"numerator", "Учеников", ColumnStyle::whole},
                        {"n", "Участников", ColumnStyle::whole},
                        {"low", "95 % ДИ от", style},
                        {"high", "95 % ДИ до", style},
                        {"region", "По региону", style}},
            .rows = {}};
}

/// One indicator of every work of a school over the years.
Response years(Call& call) {
    const auto view = call.services.workspace.view();
    const auto number = school_of(call, *view, 0);
    if (!number) return problem(number.error());
    const Evidence& evidence = view->evidence();
    const std::string wanted{query(call.request, "indicator").value_or("low_share")};
    const auto* indicator = indicators::find_procedure_indicator(wanted);
    if (indicator == nullptr) {
        return problem("indicator_unknown");
    }
    const wording::Vocabulary words{.subjects = call.services.workspace.adapters().subjects};
    wording::Table table = years_table(style_of(indicator->unit));
    table.title = std::string{indicator->title} + " по годам";
    for (const model::SchoolYear year : view->years()) {
        const application::IndicatorFilter filter{.year = year,
                                                  .code = wanted,
                                                  .school = evidence.schools()[*number].id,
                                                  .territory = {},
                                                  .facts = {}};
        application::visit_indicators(evidence, filter, [&](const IndicatorRow& row) {
            if (row.procedure == nullptr || row.procedure->period != model::Period::main) return;
            const bool share = row.interval.has_value();
            table.rows.push_back({procedure_code(*row.procedure),
                                  wording::procedure_title(*row.procedure, words),
                                  std::int64_t{year.ending}, row.value,
                                  share && row.numerator ? TableCell{*row.numerator} : TableCell{},
                                  row.n ? TableCell{*row.n} : TableCell{},
                                  share ? TableCell{row.interval->low} : TableCell{},
                                  share ? TableCell{row.interval->high} : TableCell{},
                                  region_value(evidence, *number, row)});
        });
    }
    return table_answer(call, *view, std::move(table),
                        {{"indicator", wanted}, {"unit", code(indicator->unit)}});
}

Json histogram_json(const application::ScoreHistogram& one, const wording::Vocabulary& words) {
    Json borders = Json::array();
    for (std::size_t i = 0; i < one.first_scores.size(); ++i) {
        if (!one.first_scores[i]) continue;
        const bool examination = one.procedure.type == model::ProcedureType::ege;
        borders.push_back({{"score", *one.first_scores[i]},
                           {"title", examination ? std::string{"минимальный балл"}
                                                 : "отметка «" + std::to_string(i + 3) + "»"}});
    }
    return {{"work", procedure_code(one.procedure)},
            {"procedure", wording::procedure_title(one.procedure, words)},
            {"counts", one.counts},
            {"borders", borders},
            {"borders_of", one.borders_of}};
}

/// Scores of the works of a school in a year, with the official borders of marks.
Response scores(Call& call) {
    const auto view = call.services.workspace.view();
    const auto number = school_of(call, *view, 0);
    if (!number) return problem(number.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    using Histograms = std::vector<application::ScoreHistogram>;
    const auto key = "scores/" + std::to_string(*number) + "/" + std::to_string(year->ending);
    const auto histograms = view->kept<Histograms>(key, [&] {
        return application::score_histograms(view->store(), view->loaded(), view->scales(),
                                             *signs_of(*view, *year), *number, *year);
    });
    const wording::Vocabulary words{.subjects = call.services.workspace.adapters().subjects};
    wording::Table table{.title = "Первичные баллы, " + title(*year),
                         .columns = {{"work", ""},
                                     {"procedure", "Процедура"},
                                     {"score", "Балл", ColumnStyle::whole},
                                     {"pupils", "Учеников", ColumnStyle::whole}},
                         .rows = {}};
    Json works = Json::array();
    for (const auto& one : *histograms) {
        works.push_back(histogram_json(one, words));
        for (std::size_t score = 0; score < one.counts.size(); ++score) {
            table.rows.push_back(
                {procedure_code(one.procedure), wording::procedure_title(one.procedure, words),
                 static_cast<std::int64_t>(score), std::int64_t{one.counts[score]}});
        }
    }
    if (wants_file(call.request)) return table_answer(call, *view, std::move(table));
    return json_response({{"year", year->ending}, {"works", works}});
}

}  // namespace

std::vector<Route> school_chart_routes() {
    constexpr auto read = application::Permission::read_schools;
    return {
        {"GET", "/api/v1/schools/{school}/years", "Показатель школы по годам", Entry::permitted,
         read, years},
        {"GET", "/api/v1/schools/{school}/scores", "Распределение баллов школы за год",
         Entry::permitted, read, scores},
    };
}

}  // namespace opora::api

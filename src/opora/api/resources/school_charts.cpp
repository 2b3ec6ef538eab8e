#include <algorithm>

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
                        {"year", ""},
                        {"year_title", "Учебный год"},
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
    const wording::Vocabulary words = words_of(call);
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
                                  std::int64_t{year.ending}, title(year), row.value,
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
    const wording::Vocabulary words = words_of(call);
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

/// A number of a protocol, where it has one.
TableCell number_of(const std::vector<std::int16_t>& column, std::size_t row) {
    const bool known = !column.empty() && column[row] != model::ResultTable::absent;
    return known ? TableCell{std::int64_t{column[row]}} : TableCell{};
}

std::vector<TableCell> protocol_cells(const std::string& file, const model::ResultTable& results,
                                      std::size_t row) {
    const bool classes = !results.class_name.empty();
    const bool below = !results.below_minimum.empty() && results.below_minimum[row] == 1;
    return {file,
            std::int64_t{results.source_row[row]},
            cell_of(classes ? std::string{results.classes.text(results.class_name[row])}
                            : std::string{}),
            number_of(results.score, row),
            number_of(results.test_score, row),
            number_of(results.mark, row),
            number_of(results.journal_mark, row),
            cell_of(std::string{below ? "да" : ""})};
}

/// The rows of pupils that a result was counted from, without anything that names a pupil.
wording::Table protocol_table(application::View& view, SchoolNumber school,
                              indicators::ProcedureNumber number) {
    constexpr auto whole = ColumnStyle::whole;
    const model::Procedure& procedure = view.evidence().procedures()[number];
    wording::Table table{.title = {},
                         .columns = {{"file", "Файл"},
                                     {"row", "Строка", whole},
                                     {"class", "Класс"},
                                     {"score", "Первичный балл", whole},
                                     {"test_score", "Тестовый балл", whole},
                                     {"mark", "Отметка", whole},
                                     {"journal_mark", "Отметка по журналу", whole},
                                     {"below_minimum", "Порог не преодолён"}},
                         .rows = {}};
    const indicators::EvidenceCell* cell = view.evidence().cell(school, number);
    if (cell == nullptr || cell->origin == tally::Origin::aggregate) return table;
    const application::FactInForce& fact = view.loaded().facts[cell->file];
    const model::SchoolId& taken_by = view.evidence().schools()[cell->taken_by].id;
    const auto results = view.store().fact_store().results(fact.identity, taken_by, procedure);
    for (std::size_t row = 0; row < results.rows(); ++row) {
        table.rows.push_back(protocol_cells(fact.file, results, row));
    }
    std::ranges::stable_sort(table.rows, {},
                             [](const auto& row) { return std::get<std::int64_t>(row[1]); });
    return table;
}

/// The last step of a derivation: the rows of the protocol.
Response protocol(Call& call) {
    const auto view = call.services.workspace.view();
    const auto school = school_of(call, *view, 0);
    if (!school) return problem(school.error());
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const std::string wanted{query(call.request, "procedure").value_or("")};
    const auto procedures = view->evidence().procedures();
    const auto found = std::ranges::find_if(procedures, [&](const model::Procedure& one) {
        return one.year == *year && procedure_code(one) == wanted;
    });
    const wording::Vocabulary words = words_of(call);
    wording::Table table;
    if (found != procedures.end()) {
        const auto number = static_cast<indicators::ProcedureNumber>(found - procedures.begin());
        table = *view->kept<wording::Table>(
            "protocol/" + std::to_string(*school) + "/" + std::to_string(number),
            [&] { return protocol_table(*view, *school, number); });
        table.title = "Протокол: " + wording::procedure_title(*found, words) + ", " + title(*year);
    } else {
        table.title = "Протокол";
    }
    return table_answer(call, *view, std::move(table));
}

}  // namespace

std::vector<Route> school_chart_routes() {
    constexpr auto read = application::Permission::read_schools;
    return {
        {"GET", "/api/v1/schools/{school}/years", "Показатель школы по годам", Entry::permitted,
         read, years},
        {"GET", "/api/v1/schools/{school}/protocol", "Строки протокола без имён учеников",
         Entry::permitted, read, protocol},
        {"GET", "/api/v1/schools/{school}/scores", "Распределение баллов школы за год",
         Entry::permitted, read, scores},
    };
}

}  // namespace opora::api

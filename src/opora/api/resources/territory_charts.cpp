#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/procedure_funnel.hpp"
#include "opora/application/territory_series.hpp"
#include "opora/wording/names.hpp"

namespace opora::api {

namespace {

using application::FunnelReport;
using indicators::Evidence;
using indicators::ProcedureNumber;
using wording::ColumnStyle;
using wording::TableCell;

/// Results of all schools of a territory together, by years and kinds of assessment.
Response series(Call& call) {
    const auto view = call.services.workspace.view();
    application::SeriesRequest request{.of = application::SeriesOf::results,
                                       .territory = territory_of(call),
                                       .first = {},
                                       .last = {},
                                       .codes = {"quality", "success", "low_share", "participants"},
                                       .type = {},
                                       .facts = {}};
    // A district's own results, unless another territory is asked for.
    if (!request.territory && !call.user().territory.value.empty()) {
        request.territory = call.user().territory;
    }
    const std::string key = "series/" + (request.territory ? request.territory->value : "");
    using All = std::vector<application::Series>;
    const auto all = view->kept<All>(
        key, [&] { return application::territory_series(view->evidence(), request); });
    wording::Table table{.title = "Результаты по годам",
                         .columns = {{"type", ""},
                                     {"indicator", ""},
                                     {"type_title", "Процедура"},
                                     {"title", "Показатель"},
                                     {"year", ""},
                                     {"year_title", "Учебный год"},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"numerator", "Числитель", ColumnStyle::whole},
                                     {"n", "Результатов", ColumnStyle::whole},
                                     {"schools", "Школ", ColumnStyle::whole}},
                         .rows = {}};
    for (const application::Series& one : *all) {
        if (!one.type) continue;
        for (const application::SeriesPoint& point : one.points) {
            if (!point.value.known()) continue;
            table.rows.push_back({std::string{code(*one.type)}, one.indicator,
                                  std::string{title(*one.type)}, one.title,
                                  std::int64_t{point.year.ending}, title(point.year),
                                  point.value.ratio.value(), point.value.ratio.numerator,
                                  point.value.n, point.schools});
        }
    }
    return table_answer(call, *view, std::move(table));
}

/// Procedures of a year with marks or minima, those with the most schools first.
std::vector<ProcedureNumber> procedures_of(const Evidence& evidence, model::SchoolYear year) {
    std::vector<std::int64_t> schools(evidence.procedures().size());
    for (const indicators::EvidenceCell& cell : evidence.cells()) ++schools[cell.procedure];
    std::vector<ProcedureNumber> numbers;
    for (ProcedureNumber i = 0; i < schools.size(); ++i) {
        const model::Procedure& one = evidence.procedures()[i];
        if (one.year == year && one.period == model::Period::main && schools[i] > 0) {
            numbers.push_back(i);
        }
    }
    std::ranges::stable_sort(numbers, std::ranges::greater{},
                             [&](ProcedureNumber i) { return schools[i]; });
    return numbers;
}

Json procedures_json(const Evidence& evidence, const std::vector<ProcedureNumber>& numbers,
                     const wording::Vocabulary& words) {
    Json all = Json::array();
    for (const ProcedureNumber i : numbers) {
        const model::Procedure& one = evidence.procedures()[i];
        all.push_back({{"code", procedure_code(one)}, {"title", procedure_title(one, words)}});
    }
    return all;
}

wording::Table funnel_table(const Call& call, const Evidence& evidence,
                            const FunnelReport& report) {
    wording::Table table{.title = {},
                         .columns = {{"school", ""},
                                     {"position", ""},
                                     {"school_name", "Школа"},
                                     {"n", "Участников", ColumnStyle::whole},
                                     {"x", "Учеников с этим признаком", ColumnStyle::whole},
                                     {"share", "Доля", ColumnStyle::percent},
                                     {"low", "95 % ДИ от", ColumnStyle::percent},
                                     {"high", "95 % ДИ до", ColumnStyle::percent},
                                     {"position_title", "Положение"}},
                         .rows = {}};
    const application::Scope scope{call.user(), evidence};
    for (const application::FunnelSchool& one : report.schools) {
        if (!scope.sees(one.school)) continue;
        const model::School& school = evidence.schools()[one.school];
        table.rows.push_back({school.id.value, std::string{code(one.position)}, school.name, one.n,
                              one.x, one.share, one.interval.low, one.interval.high,
                              std::string{title(one.position)}});
    }
    return table;
}

Json limits_json(const FunnelReport& report) {
    Json limits = Json::array();
    for (const application::FunnelLine& one : report.limits) {
        limits.push_back({{"n", one.n},
                          {"low_998", one.low_998},
                          {"low_95", one.low_95},
                          {"high_95", one.high_95},
                          {"high_998", one.high_998}});
    }
    return limits;
}

/// The indicator of the query: a share of pupils. Nothing where it is not one.
const indicators::ProcedureIndicator* share_of(const Call& call) {
    const auto* one = indicators::find_procedure_indicator(
        query(call.request, "indicator").value_or("low_share"));
    const bool share = one != nullptr && one->uncertainty == indicators::Uncertainty::binomial;
    return share ? one : nullptr;
}

/// A share of pupils of every school in one procedure, against the number of pupils.
Response funnel(Call& call) {
    const auto view = call.services.workspace.view();
    const Evidence& evidence = view->evidence();
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const auto* indicator = share_of(call);
    if (indicator == nullptr) return problem("indicator_unknown");
    const auto numbers = procedures_of(evidence, *year);
    const auto asked = query(call.request, "procedure");
    const auto chosen =
        !asked ? numbers.begin() : std::ranges::find(numbers, *asked, [&](ProcedureNumber i) {
            return procedure_code(evidence.procedures()[i]);
        });
    if (chosen == numbers.end()) {
        return problem("procedure_unknown", "В этом году такая процедура не проводилась");
    }
    const application::FunnelRequest request{
        .procedure = *chosen,
        .indicator = indicator->code,
        .territory = territory_of(call),
        .usual_spread = query(call.request, "spread") == "usual"};
    const FunnelReport report = application::procedure_funnel(evidence, request);
    const wording::Vocabulary words = words_of(call);
    const model::Procedure& procedure = evidence.procedures()[*chosen];
    wording::Table table = funnel_table(call, evidence, report);
    table.title = std::string{indicator->title} + ", " + procedure_title(procedure, words) + ", " +
                  title(*year);
    Json more{{"year", year->ending},
              {"procedure", procedure_code(procedure)},
              {"procedure_title", procedure_title(procedure, words)},
              {"procedures", procedures_json(evidence, numbers, words)},
              {"indicator", indicator->code},
              {"indicator_title", indicator->title},
              {"target", report.target},
              {"pupils", report.pupils},
              {"limits", limits_json(report)},
              {"reason", report.reason}};
    return table_answer(call, *view, std::move(table), std::move(more));
}

}  // namespace

std::vector<Route> territory_chart_routes() {
    constexpr auto read = application::Permission::read_schools;
    return {
        {"GET", "/api/v1/series", "Результаты территории по годам", Entry::permitted, read, series},
        {"GET", "/api/v1/funnel", "Школы в одной процедуре: значение и число участников",
         Entry::permitted, read, funnel},
    };
}

}  // namespace opora::api

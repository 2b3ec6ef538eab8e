#include "opora/application/typology.hpp"

#include <fmt/format.h>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"

namespace opora::api {

namespace {

using application::Scope;
using application::TypologyRequest;
using application::View;
using model::SchoolGroup;
using wording::ColumnStyle;
using wording::TableCell;

constexpr auto decimal = ColumnStyle::number;
constexpr auto percent = ColumnStyle::percent;

/// What the query compares, and the name under which the answer is kept.
struct Question {
    TypologyRequest request;
    std::string key;
};

base::Result<Question> question_of(const Call& call, const View& view, std::string_view name) {
    const auto year = OPORA_TRY(year_of(call, view));
    Question question{.request = {.year = year, .territory = territory_of(call), .parameters = {}},
                      .key = {}};
    const auto& territory = question.request.territory;
    question.key = fmt::format("{}/{}/{}", name, year.ending, territory ? territory->value : "");
    return question;
}

bool sees(const Scope& scope, const View& view, const model::SchoolId& school) {
    const auto number = view.evidence().find_school(school);
    return number && scope.sees(*number);
}

/// Nothing to compare is an answer: an empty table with its reason.
Response reason_answer(const Call& call, const View& view, wording::Table table, Json more,
                       const base::Error& error) {
    if (error.code.ends_with("_unknown")) return problem(error);
    more["reason"] = error.message;
    return table_answer(call, view, std::move(table), std::move(more));
}

wording::Table types_heading(model::SchoolYear year) {
    return {.title = "Типология школ, " + title(year),
            .columns = {{"school", ""},
                        {"type", ""},
                        {"school_name", "Школа"},
                        {"type_title", "Тип школы"},
                        {"confidence", "Уверенность", percent},
                        {"index", "Индекс условий (ИСБШ)", decimal},
                        {"conditions", "Условия"},
                        {"result", "Результат", decimal},
                        {"standard_error", "Ошибка результата", decimal},
                        {"resilient_years", "Резильентная по годам"},
                        {"resilient_effect", "Резильентная по эффекту"},
                        {"effect", "Отклонение от ожидаемого", decimal},
                        {"reason", "Почему не определено"}},
            .rows = {}};
}

std::vector<TableCell> type_cells(const model::TypologyRow& row,
                                  const model::ResilienceRow& resilience) {
    const bool known = row.group != SchoolGroup::unknown;
    const std::string conditions = !row.adverse   ? std::string{}
                                   : *row.adverse ? "неблагоприятные"
                                                  : "благоприятные";
    return {row.school.value,
            std::string{code(row.group)},
            row.name,
            std::string{title(row.group)},
            known ? TableCell{row.confidence()} : TableCell{},
            cell_of(row.index),
            cell_of(conditions),
            cell_of(row.result),
            cell_of(row.standard_error),
            std::string{title(resilience.by_quantiles)},
            std::string{title(resilience.by_residual)},
            cell_of(resilience.effect),
            cell_of(row.reason.empty() ? resilience.reason : row.reason)};
}

using Types = base::Result<application::TypesReport>;

Response types(Call& call) {
    const auto view = call.services.workspace.view();
    const auto question = question_of(call, *view, "types");
    if (!question) return problem(question.error());
    const auto report = view->kept<Types>(question->key, [&] {
        return application::school_types(view->evidence(), question->request);
    });
    wording::Table table = types_heading(question->request.year);
    Json more{{"year", question->request.year.ending}, {"reason", ""}};
    if (!*report) return reason_answer(call, *view, std::move(table), more, report->error());
    const auto& found = **report;
    const Scope scope{call.user(), view->evidence()};
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        if (!sees(scope, *view, found.rows[i].school)) continue;
        table.rows.push_back(type_cells(found.rows[i], found.resilience[i]));
    }
    more["borders"] = {{"index", found.borders.index},
                       {"low", found.borders.low},
                       {"high", found.borders.high},
                       {"schools", found.borders.schools}};
    more["alike"] = found.borders.true_deviation == 0;
    more["model_reason"] = found.model_reason;
    return table_answer(call, *view, std::move(table), std::move(more));
}

Json matrix_json(const model::TransitionMatrix& matrix) {
    return {{"from", title(matrix.from)}, {"to", title(matrix.to)},
            {"counts", matrix.counts},    {"schools", matrix.schools},
            {"changed", matrix.changed},  {"changed_by_chance", matrix.changed_by_chance}};
}

using Transitions = base::Result<application::TransitionsReport>;

Response transitions(Call& call) {
    const auto view = call.services.workspace.view();
    const auto question = question_of(call, *view, "transitions");
    if (!question) return problem(question.error());
    const auto report = view->kept<Transitions>(question->key, [&] {
        return application::type_transitions(view->evidence(), question->request);
    });
    wording::Table table{.title = "Типы школ по годам",
                         .columns = {{"school", ""},
                                     {"type", ""},
                                     {"school_name", "Школа"},
                                     {"year", ""},
                                     {"year_title", "Учебный год"},
                                     {"type_title", "Тип школы"},
                                     {"confidence", "Уверенность", percent},
                                     {"reason", "Почему не определено"}},
                         .rows = {}};
    Json groups = Json::array();
    for (std::size_t i = 0; i < model::known_groups; ++i) {
        groups.push_back(title(static_cast<SchoolGroup>(i)));
    }
    Json more{{"reason", ""}, {"groups", groups}, {"matrices", Json::array()}};
    if (!*report) return reason_answer(call, *view, std::move(table), more, report->error());
    const Scope scope{call.user(), view->evidence()};
    for (const auto& rows : (*report)->rows) {
        for (const model::TypologyRow& row : rows) {
            if (!sees(scope, *view, row.school)) continue;
            const bool known = row.group != SchoolGroup::unknown;
            table.rows.push_back(
                {row.school.value, std::string{code(row.group)}, row.name,
                 std::int64_t{row.year.ending}, title(row.year), std::string{title(row.group)},
                 known ? TableCell{row.confidence()} : TableCell{}, cell_of(row.reason)});
        }
    }
    for (const auto& matrix : (*report)->matrices) more["matrices"].push_back(matrix_json(matrix));
    more["notes"] = (*report)->notes;
    return table_answer(call, *view, std::move(table), std::move(more));
}

Json clusters_json(const model::ContextClustering& found) {
    Json clusters = Json::array();
    for (const model::ContextCluster& one : found.clusters) {
        Json features = Json::array();
        for (const model::ClusterFeature& feature : one.features) {
            features.push_back(
                {{"title", feature.title}, {"mean", feature.mean}, {"standard", feature.standard}});
        }
        Json json{{"number", one.number},
                  {"schools", one.schools},
                  {"words", one.words},
                  {"features", features}};
        if (one.stability) json["stability"] = *one.stability;
        clusters.push_back(std::move(json));
    }
    return clusters;
}

using Clusters = base::Result<model::ContextClustering>;

Response clusters(Call& call) {
    const auto view = call.services.workspace.view();
    const auto question = question_of(call, *view, "clusters");
    if (!question) return problem(question.error());
    const auto found = view->kept<Clusters>(question->key, [&] {
        return application::context_groups(view->evidence(), question->request);
    });
    wording::Table table{.title = "Группы школ по условиям, " + title(question->request.year),
                         .columns = {{"school", ""},
                                     {"school_name", "Школа"},
                                     {"cluster", "Группа", ColumnStyle::whole},
                                     {"distance", "Отличие от группы", decimal},
                                     {"known_share", "Известно условий", percent},
                                     {"note", "Примечание"}},
                         .rows = {}};
    Json more{{"reason", ""}, {"clusters", Json::array()}};
    if (!*found) return reason_answer(call, *view, std::move(table), more, found->error());
    const Scope scope{call.user(), view->evidence()};
    for (const model::ClusterMember& one : (*found)->members) {
        if (!sees(scope, *view, one.school)) continue;
        table.rows.push_back({one.school.value, one.name,
                              one.cluster ? TableCell{std::int64_t{*one.cluster}} : TableCell{},
                              one.cluster ? TableCell{one.distance} : TableCell{}, one.known_share,
                              cell_of(one.note)});
    }
    more["clusters"] = clusters_json(**found);
    more["explanation"] = (*found)->explanation;
    more["left_out"] = (*found)->left_out;
    return table_answer(call, *view, std::move(table), std::move(more));
}

std::string differences_of(const model::ComparableSchool& one) {
    std::string words;
    for (const model::ContextDifference& difference : one.differences) {
        words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", difference.title,
                             difference.difference > 0 ? "больше" : "меньше");
    }
    return words;
}

Json result_json(const model::ComparedResult& result) {
    return {{"own", result.own},
            {"mean", result.comparable_mean},
            {"comparable", result.comparable},
            {"difference", result.difference},
            {"low", result.low},
            {"high", result.high},
            {"lower_share", result.lower_share}};
}

/// The schools nearest by conditions; others than those that the person sees are counted only.
Response comparable(Call& call) {
    const auto view = call.services.workspace.view();
    const auto school = school_of(call, *view, 0);
    if (!school) return problem(school.error());
    const auto question = question_of(call, *view, "comparable");
    if (!question) return problem(question.error());
    const model::SchoolId id = view->evidence().schools()[*school].id;
    using Found = base::Result<model::SchoolComparison>;
    const auto found = view->kept<Found>(question->key + "/" + id.value, [&]() -> Found {
        const auto all = OPORA_TRY(
            application::ComparableSchools::make(view->evidence(), question->request, id));
        return all.comparison(0, typology::ComparisonDetail::schools);
    });
    wording::Table table{.title = "Похожие школы",
                         .columns = {{"school", ""},
                                     {"school_name", "Школа"},
                                     {"distance", "Различие условий", decimal},
                                     {"known_share", "Известно условий", percent},
                                     {"result", "Результат", decimal},
                                     {"differences", "В чём отличаются"}},
                         .rows = {}};
    Json more{{"reason", ""}, {"hidden", 0}};
    if (!*found) {
        more["reason"] = found->error().message;
        return table_answer(call, *view, std::move(table), std::move(more));
    }
    const Scope scope{call.user(), view->evidence()};
    std::int64_t hidden = 0;
    for (const model::ComparableSchool& one : (*found)->comparable) {
        if (!sees(scope, *view, one.school)) {
            ++hidden;
            continue;
        }
        table.rows.push_back({one.school.value, one.name, one.distance, one.known_share,
                              cell_of(one.result), cell_of(differences_of(one))});
    }
    more["hidden"] = hidden;
    more["reason"] = (*found)->reason;
    if ((*found)->result) more["comparison"] = result_json(*(*found)->result);
    return table_answer(call, *view, std::move(table), std::move(more));
}

}  // namespace

std::vector<Route> typology_routes() {
    constexpr auto read = application::Permission::read_schools;
    return {
        {"GET", "/api/v1/typology", "Типы школ по условиям и результатам", Entry::permitted, read,
         types},
        {"GET", "/api/v1/typology/transitions", "Переходы школ между типами", Entry::permitted,
         read, transitions},
        {"GET", "/api/v1/clusters", "Группы школ по условиям", Entry::permitted, read, clusters},
        {"GET", "/api/v1/schools/{school}/comparable", "Похожие школы", Entry::permitted, read,
         comparable},
    };
}

}  // namespace opora::api

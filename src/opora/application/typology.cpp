#include "opora/application/typology.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/application/contextual.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/base/parallel.hpp"
#include "opora/typology/transitions.hpp"

namespace opora::application {

using indicators::Evidence;
using indicators::SchoolNumber;
using typology::GridBorders;
using typology::GridSchool;
using typology::SchoolResult;

namespace {

/// Results of a year by school number.
std::vector<std::optional<SchoolResult>> results_of(const Evidence& evidence,
                                                    model::SchoolYear year) {
    std::vector<std::optional<SchoolResult>> results(evidence.schools().size());
    const indicators::StandardScores scores{evidence, year};
    const auto variance = indicators::standard_variance(scores);
    if (!variance) return results;
    for (const auto& one : indicators::standard_results(scores, *variance)) {
        results[evidence.candidates()[one.candidate].school] = {one.value, one.standard_error};
    }
    return results;
}

/// Conditions of the compared schools only.
typology::ContextColumns columns_of(const Evidence& evidence, const TypologyRequest& request) {
    typology::ContextColumns all = typology::context_columns(evidence, request.year);
    if (!request.territory) return all;
    typology::ContextColumns own{.features = all.features, .schools = {}, .values = {}};
    const std::size_t width = all.features.size();
    for (std::size_t row = 0; row < all.schools.size(); ++row) {
        const model::School& school = evidence.schools()[all.schools[row]];
        if (!lies_in(evidence, school, *request.territory)) continue;
        own.schools.push_back(all.schools[row]);
        const auto from = all.values.begin() + static_cast<std::ptrdiff_t>(row * width);
        own.values.insert(own.values.end(), from, from + static_cast<std::ptrdiff_t>(width));
    }
    return own;
}

/// What the grid and resilience need of a year.
struct GridYear {
    model::SchoolYear year;
    std::vector<GridSchool> schools;  ///< By school number.
    std::vector<model::SchoolContext> contexts;
    std::string model_reason;
};

GridYear grid_year(const Evidence& evidence, const TypologyRequest& request,
                   model::SchoolYear year) {
    ContextualReport report = contextual_report(
        evidence,
        {.year = year, .territory = request.territory, .method = request.parameters.index});
    const auto results = results_of(evidence, year);
    GridYear grid{.year = year, .schools = {}, .contexts = std::move(report.schools)};
    grid.model_reason = report.model.reason;
    for (std::size_t i = 0; i < report.numbers.size(); ++i) {
        const SchoolNumber number = report.numbers[i];
        grid.schools.push_back({number, grid.contexts[i].index.z, results[number]});
    }
    return grid;
}

/// The last `count` years, ascending; each is made by itself.
std::vector<GridYear> grid_years(const Evidence& evidence, const TypologyRequest& request,
                                 int count) {
    std::vector<GridYear> years(static_cast<std::size_t>(std::max(0, count)));
    base::in_parallel(years.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const int age = count - 1 - static_cast<int>(i);
            years[i] = grid_year(evidence, request, request.year - age);
        }
    });
    return years;
}

std::vector<model::TypologyRow> rows_of(const Evidence& evidence, const GridYear& grid,
                                        const GridBorders& borders) {
    std::vector<model::TypologyRow> rows;
    for (std::size_t i = 0; i < grid.schools.size(); ++i) {
        model::TypologyRow row = grid_type(grid.schools[i], borders);
        const model::School& school = evidence.schools()[grid.schools[i].school];
        row.school = school.id;
        row.name = school.name;
        row.year = grid.year;
        if (!row.index) row.reason += ": " + grid.contexts[i].index.reason;
        rows.push_back(std::move(row));
    }
    return rows;
}

const GridSchool* find_school(const GridYear& grid, SchoolNumber number) {
    const auto place = std::ranges::lower_bound(grid.schools, number, {}, &GridSchool::school);
    return place != grid.schools.end() && place->school == number ? &*place : nullptr;
}

std::optional<GridBorders> borders_of(const GridYear& grid, const typology::GridOptions& options) {
    const auto borders = typology::grid_borders(grid.schools, options);
    return borders ? std::optional{*borders} : std::nullopt;
}

std::vector<model::ResilienceRow> resilience_rows(const Evidence& evidence,
                                                  const std::vector<GridYear>& years,
                                                  const typology::ResilienceOptions& options) {
    const auto quantiles = typology::quantile_borders(options);
    std::vector<typology::ResilienceBasis> bases;
    for (const GridYear& grid : years) {
        bases.push_back({grid.year, grid.schools, borders_of(grid, quantiles)});
    }
    const GridYear& last = years.back();
    const auto residual = borders_of(last, {.adverse_share = options.index_share_residual});
    std::vector<model::ResilienceRow> rows;
    for (std::size_t i = 0; i < last.schools.size(); ++i) {
        const GridSchool& school = last.schools[i];
        const model::SchoolContext& context = last.contexts[i];
        model::ResilienceRow row{.school = context.school,
                                 .name = evidence.schools()[school.school].name};
        for (std::size_t y = 0; y < years.size(); ++y) {
            row.years.push_back(
                typology::resilience_year(find_school(years[y], school.school), bases[y]));
        }
        row.by_quantiles = typology::by_quantiles(row.years, options);
        row.effect = context.effect.effect;
        row.effect_error = context.effect.se;
        row.by_residual = typology::by_residual(
            school.index, residual ? std::optional{residual->index} : std::nullopt, row.effect,
            row.effect_error, options);
        if (!row.effect) {
            row.reason = context.effect.reason.empty() ? last.model_reason : context.effect.reason;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

base::Unexpected<base::Error> school_error(const char* code, const char* message,
                                           const model::SchoolId& school) {
    return base::Unexpected{base::Error{.code = code, .message = message, .found = school.value}};
}

}  // namespace

base::Result<ComparableSchools> ComparableSchools::make(
    const Evidence& evidence, const TypologyRequest& request,
    const std::optional<model::SchoolId>& school) {
    std::optional<SchoolNumber> wanted;
    if (school) {
        wanted = evidence.find_school(*school);
        if (!wanted) return school_error("school_unknown", "такой школы нет в реестре", *school);
    }
    ComparableSchools result{evidence,
                             OPORA_TRY(typology::ContextSpace::make(columns_of(evidence, request),
                                                                    request.parameters.space)),
                             request.parameters.comparable};
    if (wanted && !result.space_.row(*wanted)) {
        return school_error("school_elsewhere",
                            "школа не работала в этом году или лежит в другой территории", *school);
    }
    const auto all_results = results_of(evidence, request.year);
    for (std::uint32_t row = 0; row < result.space_.schools().size(); ++row) {
        const SchoolNumber number = result.space_.schools()[row];
        result.results_.push_back(all_results[number]);
        if (!wanted || number == *wanted) result.shown_.push_back(row);
    }
    result.rows_ = typology::comparable_rows(result.space_, result.options_);
    return result;
}

model::SchoolComparison ComparableSchools::comparison(std::size_t i,
                                                      typology::ComparisonDetail detail) const {
    return typology::comparison(*evidence_, space_, shown_[i], rows_, results_, options_, detail);
}

base::Result<model::ContextClustering> context_groups(const Evidence& evidence,
                                                      const TypologyRequest& request) {
    const auto space = OPORA_TRY(
        typology::ContextSpace::make(columns_of(evidence, request), request.parameters.space));
    return typology::cluster_schools(evidence, space, request.parameters.clusters);
}

base::Result<TypesReport> school_types(const Evidence& evidence, const TypologyRequest& request) {
    const auto& options = request.parameters.resilience;
    const std::vector<GridYear> years = grid_years(evidence, request, options.years);
    TypesReport report;
    report.borders =
        OPORA_TRY(typology::grid_borders(years.back().schools, request.parameters.grid));
    report.rows = rows_of(evidence, years.back(), report.borders);
    report.resilience = resilience_rows(evidence, years, options);
    report.model_reason = years.back().model_reason;
    return report;
}

base::Result<TransitionsReport> type_transitions(const Evidence& evidence,
                                                 const TypologyRequest& request) {
    TransitionsReport report;
    std::vector<GridBorders> borders;
    for (const GridYear& grid : grid_years(evidence, request, request.parameters.years)) {
        const auto own = typology::grid_borders(grid.schools, request.parameters.grid);
        if (!own) {
            report.notes.push_back(
                fmt::format("{}: {}", model::title(grid.year), own.error().message));
            continue;
        }
        report.years.push_back(grid.year);
        report.rows.push_back(rows_of(evidence, grid, *own));
        borders.push_back(*own);
    }
    if (report.years.size() < 2) {
        base::Error error{.code = "typology_one_year",
                          .message =
                              "переходы не показать: нужны хотя бы два года, в которых "
                              "школы различаются"};
        if (!report.notes.empty()) error.found = report.notes.back();
        return base::Unexpected{std::move(error)};
    }
    for (std::size_t i = 1; i < report.years.size(); ++i) {
        report.matrices.push_back(typology::transitions({report.rows[i - 1], borders[i - 1]},
                                                        {report.rows[i], borders[i]},
                                                        report.years[i - 1], report.years[i]));
    }
    return report;
}

}  // namespace opora::application

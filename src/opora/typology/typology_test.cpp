// Schools by context: space, clusters, comparable schools, grid, resilience, transitions.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/statistics/random.hpp"
#include "opora/typology/clusters.hpp"
#include "opora/typology/comparable.hpp"
#include "opora/typology/context_space.hpp"
#include "opora/typology/grid.hpp"
#include "opora/typology/resilience.hpp"
#include "opora/typology/transitions.hpp"

namespace opora::typology {

namespace {

using indicators::ContextFeature;
using indicators::ContextSign;
using model::Resilience;
using model::SchoolGroup;

constexpr std::array<ContextFeature, 4> features{{
    {"poor", "Малообеспеченные", ContextSign::adverse},
    {"educated", "Высшее образование", ContextSign::favourable},
    {"size", "Размер", ContextSign::neutral},
    {"far", "Удалённость", ContextSign::neutral},
}};

/// Schools whose numbers are their places in `rows`; a value under -900 is missing.
ContextColumns columns_of(const std::vector<std::array<double, 4>>& rows) {
    ContextColumns columns;
    columns.features.assign(features.begin(), features.end());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        columns.schools.push_back(i);
        for (const double value : rows[i]) {
            columns.values.push_back(value < -900 ? std::nullopt : std::optional{value});
        }
    }
    return columns;
}

constexpr double missing = -999;

/// `groups` kinds of conditions far apart, `each` schools of each, in turn.
std::vector<std::array<double, 4>> planted(std::size_t groups, std::size_t each,
                                           std::uint64_t seed) {
    statistics::Random random{seed};
    std::vector<std::array<double, 4>> rows;
    for (std::size_t i = 0; i < groups * each; ++i) {
        const std::size_t kind = i % groups;
        const auto is = [&](std::size_t one) { return kind == one ? 1.0 : 0.0; };
        rows.push_back({is(0) + 0.1 * random.normal(), is(1) + 0.1 * random.normal(),
                        is(2) + 0.1 * random.normal(), is(0) - is(1) + 0.1 * random.normal()});
    }
    return rows;
}

indicators::Evidence register_of(std::size_t schools) {
    indicators::EvidenceInput input;
    for (std::size_t i = 0; i < schools; ++i) {
        std::string id = std::to_string(1000 + i);
        input.schools.push_back({.id = {id}, .name = "Школа " + id});
    }
    return indicators::Evidence{std::move(input)};
}

ContextSpace space_of(const std::vector<std::array<double, 4>>& rows) {
    return *ContextSpace::make(columns_of(rows));
}

std::string refusal(const std::vector<std::array<double, 4>>& rows) {
    const auto space = ContextSpace::make(columns_of(rows));
    return space ? "" : space.error().code;
}

}  // namespace

TEST_CASE("context space: what cannot serve is left out with its reason") {
    const auto space = space_of({{1, 2, 3, 7}, {2, 4, 5, 7}, {4, 8, missing, 7}, {5, 10, 1, 7}});
    REQUIRE(space.features().size() == 2);
    CHECK(space.features()[0].feature.code == "poor");
    CHECK(space.features()[1].feature.code == "size");
    REQUIRE(space.unused().size() == 2);
    CHECK(space.unused()[0].reason == "полностью повторяет признак «Малообеспеченные»");
    CHECK(space.unused()[1].reason == "одинаково у всех школ");
    CHECK(space.known_share(0) == 1);
    CHECK(space.known_share(2) == 0.5);
    CHECK_FALSE(space.complete(2));

    const auto gaps = space_of({{1, 2, missing, 1}, {2, 1, missing, 5}, {4, 3, 5, 3}});
    CHECK(gaps.unused()[0].reason == "известно у 1 из 3 школ");
}

TEST_CASE("context space: degenerate territories are refused with a reason") {
    CHECK(refusal({}) == "context_no_schools");
    CHECK(refusal({{1, 2, 3, 4}}) == "context_one_school");
    CHECK(refusal({{missing, missing, 3, 4}, {missing, missing, 5, 6}}) == "context_no_passports");
    CHECK(refusal({{1, 1, 3, 4}, {1, 1, 5, 6}}) == "context_no_passports");
    CHECK(refusal({{1, 5, 3, 4}, {2, 5, 3, 4}}) == "context_one_feature");
}

TEST_CASE("clusters: the planted number of groups is found, explained, and described") {
    const auto rows = planted(3, 20, 5);
    const auto evidence = register_of(rows.size());
    for (const auto method : {model::ClusterMethod::k_means, model::ClusterMethod::ward}) {
        CAPTURE(model::code(method));
        const auto found = cluster_schools(evidence, space_of(rows), {.method = method});
        REQUIRE(found);
        CHECK(found->clusters_chosen == 3);
        CHECK(found->explanation.starts_with("Групп: 3 (силуэт 0,"));
        REQUIRE(found->clusters.size() == 3);
        for (const auto& cluster : found->clusters) CHECK(cluster.schools == 20);
        for (std::size_t i = 3; i < found->members.size(); ++i) {
            CHECK(found->members[i].cluster == found->members[i % 3].cluster);
        }
        CHECK(found->trials.size() == 7);
    }
}

TEST_CASE("clusters: a school with gaps goes by what is known, with too little nowhere") {
    auto rows = planted(2, 10, 3);
    rows.push_back({rows[0][0], rows[0][1], missing, rows[0][3]});
    rows.push_back({rows[0][0], missing, missing, missing});
    const auto evidence = register_of(rows.size());
    const auto found = cluster_schools(evidence, space_of(rows), {});
    REQUIRE(found);
    CHECK(found->schools_used == 20);
    CHECK(found->members[20].cluster == found->members[0].cluster);
    CHECK(found->members[20].note == "отнесена по известным условиям: 3 из 4");
    CHECK_FALSE(found->members[21].cluster);
    CHECK(found->members[21].note == "не отнесена: известно 1 из 4 условий");

    const auto clustering = for_rules(evidence, *found, {2024});
    CHECK(clustering.of_school[21] == indicators::nothing);
    CHECK(clustering.of_school[20] == clustering.of_school[0]);
    CHECK(clustering.names.size() == found->clusters.size());
}

TEST_CASE("clusters: impossible numbers and too few schools are refused with a reason") {
    const auto rows = planted(2, 10, 3);
    const auto evidence = register_of(rows.size());
    const auto code = [&](const ClusterOptions& options) {
        const auto found = cluster_schools(evidence, space_of(rows), options);
        return found ? "" : found.error().code;
    };
    CHECK(code({.clusters = 21}) == "clusters_too_many");
    CHECK(code({.clusters = 0}) == "clusters_none");
    CHECK(code({.method = model::ClusterMethod::ward, .clusters = 21}) == "clusters_too_many");
    CHECK(code({.clusters = 20}).empty());
    const auto few = planted(2, 3, 3);
    CHECK(cluster_schools(register_of(6), space_of(few), {}).error().code ==
          "clusters_few_schools");
    const std::vector<std::array<double, 4>> gaps{
        {1, 2, 3, missing}, {2, 1, missing, 4}, {5, missing, 1, 1}, {missing, 4, 2, 2}};
    CHECK(cluster_schools(register_of(4), space_of(gaps), {}).error().code ==
          "clusters_few_schools");
}

TEST_CASE("clusters and neighbours: another unit of a condition changes nothing") {
    rc::check("scaled and shifted columns", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000000);
        const auto rows = planted(3, 8, seed);
        auto scaled = rows;
        for (auto& row : scaled) row = {row[0] * 1024, row[1] / 64, row[2] * 8, row[3] * 2};
        const auto evidence = register_of(rows.size());
        const ClusterOptions options{.resamples = 3};
        const auto a = cluster_schools(evidence, space_of(rows), options);
        const auto b = cluster_schools(evidence, space_of(scaled), options);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            RC_ASSERT(a->members[i].cluster == b->members[i].cluster);
        }
        const auto one = comparable_rows(space_of(rows), {.count = 5});
        const auto other = comparable_rows(space_of(scaled), {.count = 5});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t j = 0; j < 5; ++j) RC_ASSERT(one[i][j].row == other[i][j].row);
        }
    });
}

TEST_CASE("comparable schools: a third of a small territory at most, seven at least") {
    const auto near = [](std::size_t schools) {
        return comparable_rows(space_of(planted(2, schools / 2, 4)), {})[0].size();
    };
    CHECK(near(6) == 5);
    CHECK(near(20) == 7);
    CHECK(near(60) == 20);
    CHECK(near(400) == 50);
}

TEST_CASE("comparable schools: result against the nearest, most different conditions, reasons") {
    const auto rows = planted(2, 10, 9);
    const auto space = space_of(rows);
    const auto evidence = register_of(rows.size());
    const ComparableOptions options{.count = 9, .share_max = 1};
    const auto comparable = comparable_rows(space, options);
    std::vector<std::optional<SchoolResult>> results;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        results.emplace_back(SchoolResult{i % 2 == 0 ? 0.1 * static_cast<double>(i) : -5.0, 0.2});
    }
    results[0]->value = 3;
    const auto one =
        comparison(evidence, space, 0, comparable, results, options, ComparisonDetail::schools);
    REQUIRE(one.result);
    REQUIRE(one.comparable.size() == 9);
    for (const auto& other : one.comparable) CHECK(*other.result > -1);  // Of its own kind.
    CHECK(one.comparable[0].differences.size() == 3);
    // Schools 2, 4 … 18: mean 1.0, standard deviation of 0.2 steps over nine = 0.5477.
    CHECK(one.result->comparable_mean == doctest::Approx(1.0));
    CHECK(one.result->difference == doctest::Approx(2.0));
    const double error = std::sqrt(0.04 + 0.3 / 9);
    CHECK(one.result->low == doctest::Approx(2 - 1.959964 * error));
    CHECK(one.result->lower_share == 1);

    results[0].reset();
    const auto silent =
        comparison(evidence, space, 0, comparable, results, options, ComparisonDetail::result);
    CHECK(silent.reason == "у школы нет результатов за этот год");
    for (std::size_t i = 2; i < rows.size(); i += 2) results[i].reset();
    results[0] = {1, 0.1};
    CHECK_FALSE(compared(0, comparable, results, options));
}

TEST_CASE("grid: the five groups on both sides of every border, and what is unknown") {
    const GridBorders borders{.index = 0, .low = -0.5, .high = 0.5, .true_deviation = 1};
    struct Row {
        std::optional<double> index;
        std::optional<double> result;
        SchoolGroup group;
    };
    for (const Row& row :
         {Row{0, -0.51, SchoolGroup::struggling}, Row{0.01, -0.51, SchoolGroup::ineffective},
          Row{0, 0.51, SchoolGroup::resilient}, Row{0.01, 0.51, SchoolGroup::leading},
          Row{0, -0.5, SchoolGroup::ordinary}, Row{0.01, 0.5, SchoolGroup::ordinary},
          Row{std::nullopt, 0.51, SchoolGroup::unknown}, Row{0, std::nullopt, SchoolGroup::unknown},
          Row{std::nullopt, std::nullopt, SchoolGroup::unknown}}) {
        GridSchool school{.index = row.index};
        if (row.result) school.result = SchoolResult{*row.result, 0.1};
        const auto found = grid_type(school, borders);
        CHECK(found.group == row.group);
        CHECK(found.reason.empty() == (row.group != SchoolGroup::unknown));
        double all = 0;
        for (const double probability : found.probabilities) all += probability;
        CHECK(all == doctest::Approx(row.group == SchoolGroup::unknown ? 0 : 1));
    }
}

TEST_CASE("grid: an exact result is sure, a noisy one is drawn to the mean") {
    const GridBorders borders{.index = 0, .low = -0.5, .high = 0.5, .true_deviation = 0.5};
    CHECK(result_probabilities({0.8, 0}, borders)[2] == 1);
    // b = 0.25 / (0.25 + 0.25): posterior mean 0.4, deviation sqrt(0.125); P(> 0.5) of a normal.
    const double z = (0.5 - 0.4) / std::sqrt(0.125);
    CHECK(result_probabilities({0.8, 0.5}, borders)[2] ==
          doctest::Approx(1 - statistics::normal_probability(z)));
    const GridBorders chance{.index = 0, .low = -0.5, .high = 0.5, .true_deviation = 0};
    CHECK(result_probabilities({0.8, 0.5}, chance)[1] == 1);
}

TEST_CASE("grid: degenerate territories are refused with a reason") {
    const auto schools = [](std::vector<std::pair<double, double>> values) {
        std::vector<GridSchool> all;
        for (const auto& [index, result] : values) {
            all.push_back(
                {static_cast<std::uint32_t>(all.size()), index, SchoolResult{result, 0.1}});
        }
        return all;
    };
    const auto code = [](const std::vector<GridSchool>& all, const GridOptions& options = {}) {
        const auto borders = grid_borders(all, options);
        return borders ? "" : borders.error().code;
    };
    CHECK(code({}) == "typology_few_schools");
    CHECK(code(schools({{1, 1}, {2, 2}, {3, 3}})) == "typology_few_schools");
    CHECK(code(schools({{1, 1}, {1, 2}, {1, 3}, {1, 4}})) == "typology_same_context");
    CHECK(code(schools({{1, 0}, {2, 0}, {3, 0}, {4, 0}})) == "typology_same_results");
    const auto good = schools({{1, 1}, {2, 2}, {3, 3}, {4, 4}});
    CHECK(code(good, {.low_share = 0.6, .high_share = 0.6}) == "typology_borders");
    CHECK(code(good, {.adverse_share = 0}) == "typology_borders");
    CHECK(code(good).empty());
}

TEST_CASE("resilience by quantiles: two of three years, and years without data") {
    const ResilienceOptions options;
    const auto judged = [&](std::string_view years) {
        std::vector<model::ResilienceYear> all;
        for (const char year : years) {
            model::ResilienceYear one{.year = {2022}};
            if (year != '?') one.adverse = true;
            if (year != '?') one.high = year == '+';
            all.push_back(one);
        }
        return by_quantiles(all, options);
    };
    CHECK(judged("++-") == Resilience::yes);
    CHECK(judged("+--") == Resilience::no);
    CHECK(judged("+-?") == Resilience::unknown);
    CHECK(judged("--?") == Resilience::no);
    CHECK(judged("???") == Resilience::unknown);
    CHECK(judged("++?") == Resilience::yes);
    CHECK(judged("") == Resilience::no);
    // Favourable conditions decide, whatever the result.
    const std::vector<model::ResilienceYear> rich(3,
                                                  {.year = {2024}, .adverse = false, .high = {}});
    CHECK(by_quantiles(rich, options) == Resilience::no);
}

TEST_CASE("resilience by residual: both sides of every border and what is missing") {
    const ResilienceOptions options;
    CHECK(by_residual(-1, 0, 0.2, 0.1, options) == Resilience::yes);
    CHECK(by_residual(0, 0, 0.2, 0.1, options) == Resilience::yes);
    CHECK(by_residual(0.1, 0, 0.2, 0.1, options) == Resilience::no);
    CHECK(by_residual(-1, 0, 0.19, 0.1, options) == Resilience::no);  // 0.19 - 1.96 * 0.1 < 0.
    CHECK(by_residual(-1, 0, std::nullopt, std::nullopt, options) == Resilience::unknown);
    CHECK(by_residual(std::nullopt, 0, 0.2, 0.1, options) == Resilience::unknown);
    CHECK(by_residual(std::nullopt, 0, -0.2, 0.1, options) == Resilience::no);
    CHECK(by_residual(-1, 0, 0.25, 0.1, {.effect_errors_min = 3}) == Resilience::no);
}

TEST_CASE("transitions: counts, and the changes that chance alone would make") {
    const GridBorders borders{.index = 0, .low = -0.5, .high = 0.5, .true_deviation = 0.5};
    const auto year_of = [&](double error, std::uint64_t seed, int year) {
        std::vector<model::TypologyRow> rows;
        statistics::Random truth{1};
        statistics::Random noise{2, seed};
        for (int i = 0; i < 2000; ++i) {
            const double value = truth.normal(0, 0.5) + error * noise.normal();
            model::TypologyRow row = grid_type(
                {.index = i % 2 ? 1.0 : -1.0, .result = SchoolResult{value, error}}, borders);
            row.school = {std::to_string(10000 + i)};
            row.year = {year};
            rows.push_back(row);
        }
        return rows;
    };
    const auto exact = year_of(0, 1, 2023);
    const auto same = transitions({exact, borders}, {exact, borders}, {2023}, {2024});
    CHECK(same.schools == 2000);
    CHECK(same.changed == 0);
    CHECK(same.changed_by_chance == 0);
    const auto before = year_of(0.3, 1, 2023);
    const auto after = year_of(0.3, 2, 2024);
    const auto noisy = transitions({before, borders}, {after, borders}, {2023}, {2024});
    CHECK(noisy.changed > 500);
    // Nothing has truly changed: what is seen is what was expected, within a tenth.
    CHECK(std::fabs(noisy.changed - noisy.changed_by_chance) < 0.1 * noisy.changed);
}

}  // namespace opora::typology

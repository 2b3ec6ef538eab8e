#include "opora/application/procedure_funnel.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace opora;
using application::FunnelReport;

namespace {

/// Schools of one ВПР with so many marks «2» of so many pupils.
indicators::Evidence schools_of(const std::vector<std::pair<int, int>>& results) {
    indicators::EvidenceInput input;
    input.territories = {{{"d"}, model::TerritoryLevel::municipality, "Район", {""}, ""}};
    for (std::size_t i = 0; i < results.size(); ++i) {
        const model::SchoolId id{std::to_string(i + 1)};
        input.schools.push_back({.id = id, .name = "Школа", .territory = {"d"}});
        tally::CoreCell cell{.school = 0, .procedure = 0};
        cell.counts.participants = results[i].second;
        cell.counts.minimum_known = results[i].second;
        cell.counts.below_minimum = results[i].first;
        cell.counts.marks = {results[i].first, results[i].second - results[i].first, 0, 0};
        input.blocks.push_back(
            {"протокол.csv",
             {.schools = {id},
              .procedures = {{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5}},
              .cells = {cell}}});
    }
    return indicators::Evidence{std::move(input)};
}

FunnelReport report_of(const std::vector<std::pair<int, int>>& results) {
    return application::procedure_funnel(schools_of(results), {});
}

}  // namespace

TEST_CASE("limits of a funnel: target of all pupils, z by the binomial error") {
    const auto report = report_of({{10, 100}, {20, 100}, {30, 100}, {1, 4}});
    CHECK(report.target == doctest::Approx(61.0 / 304));
    CHECK(report.pupils == 304);
    REQUIRE(report.schools.size() == 4);
    const double error = std::sqrt(61.0 / 304 * 243 / 304 / 100);
    CHECK(report.schools[0].z == doctest::Approx((0.1 - 61.0 / 304) / error));
    CHECK(report.schools[0].position == model::FunnelPosition::below);
    CHECK(report.schools[3].position == model::FunnelPosition::within);
    const application::FunnelLine& last = report.limits.back();
    CHECK(last.n == 100);
    CHECK(last.high_95 == doctest::Approx(61.0 / 304 + 1.959964 * error));
    CHECK(report.limits.front().low_998 == 0);  // Cut where a share cannot be.
}

TEST_CASE("a funnel without schools, with two, or with one value everywhere says why") {
    for (const auto& results : std::vector<std::vector<std::pair<int, int>>>{
             {}, {{1, 10}, {2, 10}}, {{0, 10}, {0, 10}, {0, 10}}, {{9, 9}, {7, 7}, {8, 8}}}) {
        const auto report = report_of(results);
        CHECK_FALSE(report.reason.empty());
        CHECK(report.limits.empty());
        CHECK(report.schools.size() == results.size());
        for (const auto& school : report.schools) CHECK(school.z == 0);
    }
}

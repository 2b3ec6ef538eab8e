// Probabilities against a territory whose true shares are known. The analyst's side sees marks
// alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "opora/generation/territory.hpp"
#include "opora/identification/identify.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora {

namespace {

constexpr model::SchoolYear year{2024};
constexpr double limit = 0.30;

struct Planted {
    indicators::Evidence evidence;
    std::map<model::SchoolId, int>
        high;  ///< Procedures of the year with a true share of 30 % or more.
};

tally::CellCounts counts_of(const generation::CellRows& rows) {
    tally::CellCounts counts;
    for (const generation::PupilRow& pupil : rows.pupils) {
        if (!pupil.mark) {
            ++counts.no_result;
            continue;
        }
        ++counts.participants;
        ++counts.marks[static_cast<std::size_t>(*pupil.mark - 2)];
        ++counts.minimum_known;
        counts.below_minimum += *pupil.mark == 2 ? 1 : 0;
    }
    return counts;
}

Planted planted(int schools, std::uint64_t seed) {
    const generation::Generator generator{{.schools = schools,
                                           .first = year - 1,
                                           .last = year,
                                           .seed = seed,
                                           .planting = generation::Planting::natural}};
    indicators::EvidenceInput input;
    input.territories = generator.territories();
    indicators::CellBlock block{.file = "planted", .cells = {}};
    std::map<model::Procedure, std::uint32_t> numbers;
    std::map<model::SchoolId, int> high;
    for (int number = 1; number <= schools; ++number) {
        const auto school = generator.school(number, generation::JournalMarks::none);
        input.schools.push_back(school.profile.school);
        block.cells.schools.push_back(school.profile.school.id);
        for (const generation::CellRows& rows : school.cells) {
            const model::Procedure procedure{
                rows.year,        rows.work->type,  {std::string{rows.work->subject}},
                rows.work->grade, rows.work->grade, model::Period::main};
            const auto [place, fresh] =
                numbers.try_emplace(procedure, static_cast<std::uint32_t>(numbers.size()));
            if (fresh) block.cells.procedures.push_back(procedure);
            block.cells.cells.push_back({.school = static_cast<std::uint32_t>(number - 1),
                                         .procedure = place->second,
                                         .counts = counts_of(rows)});
        }
        int& count = high[school.profile.school.id];
        for (const auto& [work, share] : school.truth.back().procedures) {
            count += share >= limit ? 1 : 0;
        }
    }
    input.blocks.push_back(std::move(block));
    return {indicators::Evidence{std::move(input)}, std::move(high)};
}

}  // namespace

TEST_CASE("the share truly listed lies, in every band of P, where chance would have it") {
    const Planted truth = planted(700, 11);
    const rules::BoundPack pack{
        rules::testing::rule("count(p in held(ВПР, ОГЭ, ЕГЭ), low_share(p) >= 30 %) >= 2"),
        truth.evidence, year};
    identification::TerritoryPrior prior{truth.evidence, year};
    const auto list = identification::identify(pack, truth.evidence, {.prior = &prior});
    REQUIRE(list.uncertainty.has_value());

    constexpr std::array borders{0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.01};
    for (std::size_t band = 0; band + 1 < borders.size(); ++band) {
        double schools = 0;
        double expected = 0;
        double variance = 0;
        double listed = 0;
        for (const model::Listing& one : list.listings) {
            if (!one.probability) continue;
            if (*one.probability < borders[band] || *one.probability >= borders[band + 1]) continue;
            // 64 draws that agree tell 0 or 1 from nothing nearer than half a draw.
            const double p = (64 * *one.probability + 0.5) / 65;
            schools += 1;
            expected += *one.probability;
            variance += p * (1 - p);
            listed += truth.high.at(one.school) >= 2 ? 1 : 0;
        }
        MESSAGE(borders[band], ": ", schools, " schools, expected ", expected, ", truly ", listed);
        CHECK(schools > 0);
        // Half a school for the step of a count; 2.64 deviations leave chance 5 % of all six bands
        // together.
        CHECK(std::fabs(listed - expected) <= 0.5 + 2.64 * std::sqrt(variance + 0.1));
    }
}

TEST_CASE("raw thresholds list far more schools than truly are low, P >= 0.5 about as many") {
    const Planted truth = planted(300, 12);
    const rules::BoundPack pack{
        rules::testing::rule("count(p in held(ВПР, ОГЭ, ЕГЭ), low_share(p) >= 30 %) >= 2"),
        truth.evidence, year};
    identification::TerritoryPrior prior{truth.evidence, year};
    const auto list = identification::identify(pack, truth.evidence, {.prior = &prior});
    double raw = 0;
    double probable = 0;
    double right = 0;
    double truly = 0;
    for (const model::Listing& one : list.listings) {
        if (!one.probability) continue;
        const bool low = truth.high.at(one.school) >= 2;
        truly += low ? 1 : 0;
        raw += identification::is_listed(one) ? 1 : 0;
        probable += *one.probability >= 0.5 ? 1 : 0;
        right += *one.probability >= 0.5 && low ? 1 : 0;
    }
    CHECK(raw > 1.5 * truly);
    CHECK(right / probable > 0.8);
    CHECK(right / truly > 0.8);
}

}  // namespace opora

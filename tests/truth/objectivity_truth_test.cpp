// Signs of non-objective assessment against planted truth: who is found, who is marked by chance.

#include <doctest/doctest.h>

#include "truth/objectivity_counts.hpp"

namespace opora::testing {

namespace {

ObjectivityCounts counts_of(std::uint64_t seed, double inflated, double level = 0.05) {
    generation::TerritorySpec spec{.schools = 400, .seed = seed};
    spec.shares.inflated = inflated;
    const GeneratedResults territory = generated_results(spec);
    const auto inspection = objectivity::inspect(
        {.evidence = territory.evidence, .details = territory.details, .year = spec.last}, level);
    return count_objectivity(territory, inspection);
}

}  // namespace

TEST_CASE("planted inflation is found, and few honest schools are marked with it") {
    std::int64_t planted = 0;
    std::int64_t found = 0;
    std::int64_t marked = 0;
    std::int64_t falsely = 0;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        const ObjectivityCounts counts = counts_of(seed, 0.05);
        planted += counts.planted;
        found += counts.found;
        marked += counts.marked;
        falsely += counts.falsely;
    }
    CAPTURE(planted);
    CAPTURE(found);
    CAPTURE(marked);
    CAPTURE(falsely);
    // Village schools with fewer than 20 pupils in every work cannot be told apart.
    CHECK(found >= 0.7 * static_cast<double>(planted));
    // Expected at most 5 %; of 60 schools 8 are beyond 5 % with probability 0.01.
    CHECK(falsely <= 6);
}

TEST_CASE("where all schools are honest, p-values are those of chance, or more cautious") {
    const ObjectivityCounts counts = counts_of(11, 0);
    CHECK(counts.planted == 0);
    CHECK(counts.marked <= 2);
    for (std::size_t i = 0; i < counts.signs.size(); ++i) {
        CAPTURE(i);
        const auto& sign = counts.signs[i];
        CHECK(sign.rows > 500);
        const auto rows = static_cast<double>(sign.rows);
        CHECK(static_cast<double>(sign.below_5) <= 0.06 * rows);
        CHECK(static_cast<double>(sign.below_1) <= 0.014 * rows);
    }
}

TEST_CASE("every way of distorting results is found by the sign that looks for it") {
    using generation::Distortion;
    using model::ObjectivitySign;
    // Found per hundred planted at the least; docs/statistics/objectivity.md has 20 territories.
    struct Expected {
        Distortion way;
        ObjectivitySign sign;
        double share_min;
    };
    constexpr std::array expected{
        Expected{Distortion::borders, ObjectivitySign::border_spike, 0.60},
        Expected{Distortion::helped, ObjectivitySign::above_group, 0.05},
        Expected{Distortion::helped, ObjectivitySign::examination_gap, 0.15},
        Expected{Distortion::primary, ObjectivitySign::cohort_fall, 0.15},
        Expected{Distortion::passing, ObjectivitySign::passing_gain, 0.25},
        Expected{Distortion::copied, ObjectivitySign::homogeneous_class, 0.85},
        Expected{Distortion::journal, ObjectivitySign::journal_gap, 0.60}};
    ObjectivityCounts all;
    for (const std::uint64_t seed : {101U, 102U, 103U}) {
        generation::TerritorySpec spec{.schools = 500, .seed = seed};
        spec.distorted = 0.10;
        const GeneratedResults territory = generated_results(spec);
        const auto inspection = objectivity::inspect(
            {.evidence = territory.evidence, .details = territory.details, .year = spec.last},
            0.05);
        add_counts(count_objectivity(territory, inspection), all);
    }
    for (const Expected& one : expected) {
        const auto& way = all.ways[static_cast<std::size_t>(one.way)];
        const std::int64_t found = way.by_sign[static_cast<std::size_t>(one.sign)];
        CAPTURE(generation::code(one.way));
        CAPTURE(way.planted);
        CAPTURE(found);
        CHECK(way.planted >= 8);
        CHECK(static_cast<double>(found) >= one.share_min * static_cast<double>(way.planted));
    }
    // Expected at most 5 %.
    CHECK(all.false_share() <= 0.05);
}

TEST_CASE("a stricter level marks a part of what a laxer one marks") {
    const ObjectivityCounts strict = counts_of(2, 0.05, 0.01);
    const ObjectivityCounts lax = counts_of(2, 0.05, 0.2);
    CHECK(strict.marked <= lax.marked);
    CHECK(strict.found <= lax.found);
    CHECK(strict.falsely <= lax.falsely);
}

}  // namespace opora::testing

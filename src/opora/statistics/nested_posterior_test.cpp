#include "opora/statistics/nested_posterior.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace opora::statistics {

namespace {

NestedPrior prior_of(std::size_t items, const NestedVariances& variances, double effect) {
    return {.centre = std::vector<double>(items, -1.0),
            .variances = variances,
            .effect = EffectDistribution::normal({0, effect}),
            .seasons = 1,
            .groups = 100};
}

NestedRow row_of(std::uint32_t item, double value, double variance, double pupils) {
    NestedRow row;
    row.item = item;
    row.series = static_cast<std::uint16_t>(item);
    row.pupils = pupils;
    row.observation = {value, variance};
    return row;
}

/// P(u >= limit) of one row given the effect of its group, by the formulas of a normal sum.
double chance_given(double effect, const NestedRow& row, const NestedVariances& v, double limit) {
    const double spread = v.season + v.cohort + v.series + v.own;
    const double error = row.observation.variance;
    const double kept = spread / (spread + error);
    const double mean = -1.0 + effect + kept * (row.observation.value + 1.0 - effect);
    return normal_probability((mean - limit) / std::sqrt(spread * (1 - kept)));
}

}  // namespace

TEST_CASE("draws of one work agree with the closed form over the grid of the school's effect") {
    const NestedVariances variances{
        .season = 0.004, .cohort = 0.003, .series = 0.02, .own = 0.01, .luck = 0.6};
    const NestedPrior prior = prior_of(1, variances, 0.4);
    const std::vector<NestedRow> rows{row_of(0, -0.4, 0.05, 25)};
    NestedPosterior posterior{prior};
    posterior.condition_on(rows);
    constexpr double limit = -0.5244;  // Phi(limit) = 30 %.
    double exact = 0;
    for (std::size_t i = 0; i < EffectDistribution::cells; ++i) {
        exact += posterior.effect()[i] *
                 chance_given(EffectDistribution::middle(i), rows[0], variances, limit);
    }
    constexpr int draws = 20000;
    int above = 0;
    NestedPosterior::Draw draw;
    for (int i = 0; i < draws; ++i) {
        Random random{11, static_cast<std::uint64_t>(i)};
        posterior.draw((i + 0.5) / draws, random, 0, draw);
        above += draw.truth[0] >= limit ? 1 : 0;
    }
    const double error = std::sqrt(exact * (1 - exact) / draws);
    CHECK(std::fabs(above / double{draws} - exact) < 4 * error);
}

TEST_CASE("two of five works high: draws agree with the Poisson-binomial over the grid") {
    // Without shared parts the works of a school are independent given its effect.
    const NestedVariances variances{.season = 0, .cohort = 0, .series = 0, .own = 0.03, .luck = 0};
    const NestedPrior prior = prior_of(5, variances, 0.4);
    std::vector<NestedRow> rows;
    for (std::uint32_t i = 0; i < 5; ++i) {
        rows.push_back(row_of(i, -0.9 + 0.15 * i, 0.03 + 0.02 * i, 20));
    }
    NestedPosterior posterior{prior};
    posterior.condition_on(rows);
    constexpr double limit = -0.5244;
    double exact = 0;
    for (std::size_t i = 0; i < EffectDistribution::cells; ++i) {
        double none = 1;
        double one = 0;
        for (const NestedRow& row : rows) {
            const double chance =
                chance_given(EffectDistribution::middle(i), row, variances, limit);
            one = one * (1 - chance) + none * chance;
            none *= 1 - chance;
        }
        exact += posterior.effect()[i] * (1 - none - one);
    }
    constexpr int draws = 20000;
    int listed = 0;
    NestedPosterior::Draw draw;
    for (int i = 0; i < draws; ++i) {
        Random random{12, static_cast<std::uint64_t>(i)};
        posterior.draw((i + 0.5) / draws, random, 0, draw);
        int high = 0;
        for (const double u : draw.truth) high += u >= limit ? 1 : 0;
        listed += high >= 2 ? 1 : 0;
    }
    CAPTURE(exact);
    const double error = std::sqrt(exact * (1 - exact) / draws);
    CHECK(exact > 0.05);
    CHECK(std::fabs(listed / double{draws} - exact) < 4 * error);
}

TEST_CASE("draws in lanes have the distribution of single draws, cohorts and series included") {
    const NestedVariances variances{
        .season = 0.01, .cohort = 0.01, .series = 0.02, .own = 0.01, .luck = 0.8};
    NestedPrior prior = prior_of(8, variances, 0.4);
    prior.seasons = 2;
    std::vector<NestedRow> rows;
    for (std::uint16_t i = 0; i < 8; ++i) {
        NestedRow row = row_of(i, -1.2 + 0.1 * i, 0.06, 20);
        row.season = i % 2;
        row.cohort = i % 2;
        row.series = i / 2;
        rows.push_back(row);
    }
    NestedPosterior posterior{prior};
    posterior.condition_on(rows);
    // Sums over rows: the second moment of the whole holds the covariances.
    struct Sums {
        double count = 0;
        double first = 0;
        double whole = 0;
        double squares = 0;
        void add(double one, double all) {
            count += 1;
            first += one;
            whole += all;
            squares += all * all;
        }
        double deviation() const {
            return std::sqrt(squares / count - whole / count * whole / count);
        }
    };
    constexpr int draws = 32000;
    Sums single;
    NestedPosterior::Draw draw;
    for (int i = 0; i < draws; ++i) {
        Random random{13, static_cast<std::uint64_t>(i)};
        posterior.draw((i + 0.5) / draws, random, 1, draw);
        single.add(draw.truth[1], draw.truth[1] + draw.truth[3] + draw.truth[5] + draw.truth[7]);
    }
    Sums many;
    NestedPosterior::Truths truths;
    for (int i = 0; i < draws; i += static_cast<int>(lanes)) {
        Random random{14, static_cast<std::uint64_t>(i)};
        Lanes part;
        for (std::size_t k = 0; k < lanes; ++k) {
            part[k] = (static_cast<float>(i) + static_cast<float>(k) + 0.5F) / draws;
        }
        posterior.draw_truths(part, random, 1, truths);
        for (std::size_t k = 0; k < lanes; ++k) {
            const auto of = [&](std::size_t row) { return double{truths.truth[row][k]}; };
            many.add(of(1), of(1) + of(3) + of(5) + of(7));
        }
    }
    // Deviations of a mean and of a deviation of 32,000 draws: below 0.006 and 0.004 of one.
    const double deviation = single.deviation();
    CHECK(many.first / draws == doctest::Approx(single.first / draws).epsilon(0.01));
    CHECK(std::fabs(many.whole - single.whole) / draws < 4 * 0.008 * deviation);
    CHECK(many.deviation() == doctest::Approx(deviation).epsilon(4 * 0.006));
}

TEST_CASE("the same pupils in four works are not four witnesses") {
    NestedVariances variances{.season = 0, .cohort = 0, .series = 0, .own = 0.0001, .luck = 0};
    std::vector<NestedRow> rows;
    for (std::uint32_t i = 0; i < 4; ++i) rows.push_back(row_of(i, -0.5, 0.1, 20));
    const NestedPrior apart = prior_of(4, variances, 0.4);
    NestedPosterior independent{apart};
    independent.condition_on(rows);
    CHECK(independent.effect_evidence().precision == doctest::Approx(4 / 0.1).epsilon(0.01));
    // luck / pupils = 0.05 is half of the error: 4 works carry 1 / (0.05 + 0.05 / 4) = 16.
    variances.luck = 1.0;
    const NestedPrior together = prior_of(4, variances, 0.4);
    NestedPosterior shared{together};
    shared.condition_on(rows);
    CHECK(shared.effect_evidence().precision == doctest::Approx(16).epsilon(0.01));
}

TEST_CASE("a group without rows is as the prior says") {
    const NestedPrior prior = prior_of(1, {.own = 0.01}, 0.4);
    NestedPosterior posterior{prior};
    posterior.condition_on({});
    CHECK(posterior.effect_evidence().precision == 0);
    CHECK(moments_of(posterior.effect()).deviation == doctest::Approx(0.4).epsilon(0.01));
}

}  // namespace opora::statistics

#include "opora/statistics/nested_fit.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "opora/statistics/nested_posterior.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

struct Planted {
    std::size_t groups = 600;
    int seasons = 3;
    int blocks = 6;
    int works = 4;
    int pupils = 30;
    NestedVariances variances{
        .season = 0.0036, .cohort = 0.0, .series = 0.02, .own = 0.01, .luck = 0.6};
    double effect = 0.35;
    std::uint64_t seed = 1;
};

/// A school effect of two kinds: one school in eight lies 1.1 lower, where lower is more failures.
double planted_effect(Random& random, double deviation) {
    return random.chance(0.125) ? 1.1 + 0.15 * random.normal() : deviation * random.normal();
}

/// Pupils with a general ability that all their works share: the noise that cohorts have in common.
NestedRows territory(const Planted& planted, std::vector<double>* truth = nullptr,
                     bool two_kinds = false) {
    NestedRows all;
    const NestedVariances& v = planted.variances;
    const int items = planted.seasons * planted.blocks * planted.works;
    all.items = static_cast<std::size_t>(items);
    all.seasons = static_cast<std::size_t>(planted.seasons);
    for (std::size_t group = 0; group < planted.groups; ++group) {
        Random random{planted.seed, group};
        const double a =
            two_kinds ? planted_effect(random, planted.effect) : planted.effect * random.normal();
        std::vector<double> season;
        for (int t = 0; t < planted.seasons; ++t) {
            season.push_back(a + std::sqrt(v.season) * random.normal());
        }
        for (int block = 0; block < planted.blocks; ++block) {
            std::vector<double> series;
            for (int work = 0; work < planted.works; ++work) {
                series.push_back(std::sqrt(v.series) * random.normal());
            }
            for (int t = 0; t < planted.seasons; ++t) {
                const double h = std::sqrt(v.cohort) * random.normal();
                std::vector<double> ability;
                for (int i = 0; i < planted.pupils; ++i) {
                    ability.push_back(std::sqrt(v.luck) * random.normal());
                }
                for (int work = 0; work < planted.works; ++work) {
                    NestedRow row;
                    row.item = static_cast<std::uint32_t>(
                        (t * planted.blocks + block) * planted.works + work);
                    row.season = static_cast<std::uint16_t>(t);
                    row.block = static_cast<std::uint16_t>(block);
                    row.series = static_cast<std::uint16_t>(work);
                    row.cohort = static_cast<std::uint16_t>(t);
                    row.pupils = planted.pupils;
                    const double centre = -1.6 + 0.15 * (row.item % 5);
                    const double u = centre + season[static_cast<std::size_t>(t)] + h +
                                     series[static_cast<std::size_t>(work)] +
                                     std::sqrt(v.own) * random.normal();
                    row.counted.all = planted.pupils;
                    for (const double general : ability) {
                        const double result = general + std::sqrt(1 - v.luck) * random.normal();
                        row.counted.failed += result < u ? 1 : 0;
                    }
                    all.rows.push_back(row);
                    if (truth != nullptr) truth->push_back(u);
                }
            }
        }
        all.begin.push_back(all.rows.size());
    }
    return all;
}

}  // namespace

TEST_CASE("the variances of a planted territory are found again") {
    const Planted planted;
    NestedRows rows = territory(planted);
    const NestedPrior prior = fit_nested(rows, {}).front();
    MESSAGE("season ", prior.variances.season, " cohort ", prior.variances.cohort, " series ",
            prior.variances.series, " own ", prior.variances.own, " luck ", prior.variances.luck,
            " effect ", prior.effect.moments().deviation);
    CHECK(prior.effect.moments().deviation == doctest::Approx(0.35).epsilon(0.12));
    CHECK(std::fabs(prior.effect.moments().mean) < 0.02);
    CHECK(prior.variances.season == doctest::Approx(0.0036).epsilon(0.5));
    CHECK(prior.variances.series == doctest::Approx(0.02).epsilon(0.3));
    CHECK(prior.variances.own == doctest::Approx(0.01).epsilon(0.5));
    CHECK(prior.variances.luck == doctest::Approx(0.6).epsilon(0.25));
    CHECK(prior.variances.cohort < 0.004);
    CHECK(prior.centre[0] == doctest::Approx(-1.6).epsilon(0.05));
}

TEST_CASE("of drawn truths, as many lie below their draws as above: the posterior is calibrated") {
    Planted planted;
    planted.groups = 400;
    planted.pupils = 15;
    planted.seed = 7;
    std::vector<double> truth;
    NestedRows rows = territory(planted, &truth, true);
    const NestedPrior prior = fit_nested(rows, {}).front();
    NestedPosterior posterior{prior};
    NestedPosterior::Draw draw;
    constexpr int draws = 40;
    std::vector<int> by_rank(4, 0);
    for (std::size_t group = 0; group < rows.groups(); ++group) {
        posterior.condition_on(rows.of(group));
        std::vector<int> below(rows.of(group).size(), 0);
        for (int i = 0; i < draws; ++i) {
            Random random{99, group, static_cast<std::uint64_t>(i)};
            posterior.draw((i + 0.5) / draws, random, 0, draw);
            for (std::size_t row = 0; row < below.size(); ++row) {
                below[row] += draw.truth[row] < truth[rows.begin[group] + row] ? 1 : 0;
            }
        }
        for (const int rank : below) ++by_rank[static_cast<std::size_t>(rank * 4 / (draws + 1))];
    }
    const double all = static_cast<double>(rows.rows.size());
    for (const int count : by_rank) {
        MESSAGE("quarter ", count / all);
        CHECK(count / all == doctest::Approx(0.25).epsilon(0.12));
    }
}

}  // namespace opora::statistics

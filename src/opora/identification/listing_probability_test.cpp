#include "opora/identification/listing_probability.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "opora/identification/candidate_draws.hpp"
#include "opora/identification/identify.hpp"
#include "opora/rules/test_territory.hpp"
#include "opora/statistics/random.hpp"

namespace opora::identification {

namespace {

using rules::testing::Territory;

constexpr const char* two_of_year = "count(p in held(ОГЭ), low_share(p) >= 30 %) >= 2";
constexpr const char* subjects[] = {"russian", "mathematics", "history", "biology", "physics"};

struct World {
    int schools = 60;
    int pupils = 20;
    int years = 1;
    std::uint64_t seed = 3;
    bool backwards = false;  ///< Schools are told in the opposite order.
    int perfect = -1;        ///< This school gets one perfect pupil more in every work.
};

Territory territory(const World& world) {
    Territory made;
    for (int k = 0; k < world.schools; ++k) {
        const int i = world.backwards ? world.schools - 1 - k : k;
        const std::string id = "s" + std::to_string(1000 + i);
        made.school(id);
        statistics::Random random{world.seed, static_cast<std::uint64_t>(i)};
        const double effect = i % 8 == 0 ? 0.9 : 0.3 * random.normal();
        for (int year = 2025 - world.years; year <= 2024; ++year) {
            for (const char* subject : subjects) {
                const double share =
                    statistics::normal_probability(-1.2 + effect + 0.15 * random.normal());
                int low = 0;
                int good = 0;
                for (int pupil = 0; pupil < world.pupils; ++pupil) {
                    const double u = random.uniform();
                    low += u < share ? 1 : 0;
                    good += u > 0.6 ? 1 : 0;
                }
                const int more = i == world.perfect ? 1 : 0;
                made.add({.school = id,
                          .subject = subject,
                          .year = year,
                          .n = world.pupils + more,
                          .low = low,
                          .good = std::min(good, world.pupils - low) + more});
            }
        }
    }
    return made;
}

std::vector<double> probabilities(const indicators::Evidence& evidence, const rules::Pack& pack,
                                  unsigned threads = 0) {
    const rules::BoundPack bound{pack, evidence, {2024}};
    TerritoryPrior prior{evidence, {2024}};
    const auto all = listing_probabilities(
        bound, prior, [](auto) { return true; }, threads);
    REQUIRE(all.has_value());
    std::vector<double> values;
    for (const auto& one : all->of) values.push_back(one.value());
    return values;
}

std::vector<double> probabilities(const World& world, const std::string& rule,
                                  unsigned threads = 0) {
    return probabilities(territory(world).evidence(), rules::testing::rule(rule), threads);
}

}  // namespace

TEST_CASE("neither the order of schools nor the number of threads changes a probability") {
    const auto one = probabilities({}, two_of_year, 1);
    CHECK(one == probabilities({}, two_of_year, 2));
    CHECK(one == probabilities({}, two_of_year, 7));
    CHECK(one == probabilities({.backwards = true}, two_of_year));
    const char* compared = "highest_in(district, low_share(ОГЭ))";
    CHECK(probabilities({}, compared, 1) == probabilities({.backwards = true}, compared, 3));
}

TEST_CASE("low schools are probable, ordinary ones are not, and a large school is surer") {
    const auto small = probabilities({.pupils = 10}, two_of_year);
    const auto large = probabilities({.pupils = 100}, two_of_year);
    double doubt_small = 0;
    double doubt_large = 0;
    for (std::size_t i = 0; i < small.size(); ++i) {
        doubt_small += std::min(small[i], 1 - small[i]);
        doubt_large += std::min(large[i], 1 - large[i]);
        if (i % 8 == 0) CHECK(large[i] > 0.8);
    }
    CHECK(doubt_large < doubt_small);
}

TEST_CASE("one perfect pupil more in every work never raises the probability of being listed") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        for (const int school : {0, 8, 16, 17, 33}) {
            CAPTURE(school);
            const auto before = probabilities({.pupils = 12, .seed = seed}, two_of_year);
            const auto after =
                probabilities({.pupils = 12, .seed = seed, .perfect = school}, two_of_year);
            const auto place = static_cast<std::size_t>(school);
            // The same draws judge both: what is left of their error is well below 0.02.
            CHECK(after[place] <= before[place] + 0.02);
        }
    }
}

TEST_CASE("shares of marks come from one distribution: together they never exceed the whole") {
    const char* impossible = "any(p in held(ОГЭ), share_of_two(p) + quality(p) > 100 %)";
    for (const double one : probabilities({.pupils = 6}, impossible)) CHECK(one == 0);
    const char* certain = "every(p in held(ОГЭ), low_share(p) = share_of_two(p))";
    for (const double one : probabilities({.pupils = 6}, certain)) CHECK(one == 1);
}

namespace {

/// The pooled share of every school in a draw of all: [school][draw], by nothing but the draws.
std::vector<std::vector<double>> drawn_shares(const rules::BoundPack& pack, TerritoryPrior& prior,
                                              std::size_t blocks) {
    const rules::ListingReads reads = rules::listing_reads(pack);
    prior.need(kinds_of(reads.indicators));
    CandidateDraws draws{prior, reads, nullptr};
    const std::size_t low = rules::drawn_place(indicators::find_procedure_indicator("low_share"));
    std::vector<std::vector<double>> all;
    for (indicators::CandidateNumber i = 0; i < prior.evidence().candidates().size(); ++i) {
        const auto cells = prior.evidence().cells_of(i);
        draws.start(i);
        all.emplace_back();
        for (std::size_t block = 0; block < blocks; ++block) {
            const rules::DrawnCells& drawn = draws.draw(block);
            for (std::size_t lane = 0; lane < statistics::lanes; ++lane) {
                double sum = 0;
                double pupils = 0;
                for (std::size_t k = 0; k < cells.size(); ++k) {
                    sum += cells[k].counts.participants * double{drawn.values[low][k][lane]};
                    pupils += cells[k].counts.participants;
                }
                all.back().push_back(sum / pupils);
            }
        }
    }
    return all;
}

/// Compares a rule with the slow way: in every draw of all, `listed(school, draw, shares)`.
template <class Listed>
void check_against_slow_way(const World& world, const std::string& rule, std::size_t blocks,
                            Listed listed) {
    const auto evidence = territory(world).evidence();
    const rules::BoundPack bound{rules::testing::rule(rule), evidence, {2024}};
    TerritoryPrior prior{evidence, {2024}};
    const auto fast = listing_probabilities(bound, prior, [](auto) { return true; });
    REQUIRE(fast.has_value());
    const auto shares = drawn_shares(bound, prior, blocks);
    const std::size_t draws = blocks * statistics::lanes;
    std::size_t beyond = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        double count = 0;
        for (std::size_t k = 0; k < draws; ++k) count += listed(i, k, shares) ? 1 : 0;
        const double slow = count / static_cast<double>(draws);
        const double apart = std::fabs(fast->of[i].value() - slow);
        CAPTURE(slow);
        CHECK(apart < 4.5 * fast->simulation_error + 0.02);
        if (apart > 2 * fast->simulation_error) ++beyond;
    }
    // The stated error is the largest of all, so that few lie beyond twice as much.
    CHECK(static_cast<double>(beyond) <= 0.05 * static_cast<double>(shares.size()));
}

}  // namespace

TEST_CASE("draws that end where they agree do not lose what many small probabilities add up to") {
    // 2,100 schools: 32 first draws. The same rule without agreement: 4,096 draws of everybody.
    const auto evidence = territory({.schools = 2100, .pupils = 25}).evidence();
    const rules::BoundPack bound{rules::testing::rule("low_share(ОГЭ) >= 22 %"), evidence, {2024}};
    TerritoryPrior prior{evidence, {2024}};
    const auto fast = listing_probabilities(bound, prior, [](auto) { return true; });
    REQUIRE(fast.has_value());
    double few = 0;
    double few_exactly = 0;
    double variance = 0;
    const auto shares = drawn_shares(bound, prior, 128);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto listed =
            std::ranges::count_if(shares[i], [](double one) { return one >= 0.22; });
        const double exactly = static_cast<double>(listed) / 4096;
        if (exactly > 0.04) continue;
        few += fast->of[i].value();
        few_exactly += exactly;
        variance += exactly * (1 - exactly) / 32;
    }
    CAPTURE(few_exactly);
    CHECK(few_exactly > 1);
    CHECK(std::fabs(few - few_exactly) < 4 * std::sqrt(variance));
}

TEST_CASE("at most one school of a district is the worst in a draw") {
    const auto worst = probabilities({}, "highest_in(district, low_share(ОГЭ))");
    double sum = 0;
    for (const double one : worst) sum += one;
    // Of 60 schools, whose later draws are judged against the first ones of the others.
    CHECK(sum == doctest::Approx(1.0).epsilon(0.05));
}

TEST_CASE("the worst of a district: the same as by ranking all schools in every draw") {
    check_against_slow_way({.schools = 12, .pupils = 15}, "highest_in(district, low_share(ОГЭ))",
                           256, [](std::size_t school, std::size_t draw, const auto& shares) {
                               for (std::size_t i = 0; i < shares.size(); ++i) {
                                   if (i != school && shares[i][draw] >= shares[school][draw]) {
                                       return false;
                                   }
                               }
                               return true;
                           });
}

TEST_CASE("above the mean of the region: the same as by summing all schools in every draw") {
    check_against_slow_way({.schools = 8, .pupils = 15},
                           "low_share(ОГЭ) - region(low_share(ОГЭ)) > 2 pp", 256,
                           [](std::size_t school, std::size_t draw, const auto& shares) {
                               double sum = 0;
                               for (const auto& one : shares) sum += one[draw];
                               const double mean = sum / static_cast<double>(shares.size());
                               return shares[school][draw] - mean > 0.02;
                           });
}

TEST_CASE("the worst tenth of a country: a few worlds are as good as ranking in every draw") {
    constexpr std::size_t blocks = 16;
    std::vector<double> borders;  // By draw: the value whose rank is 90 % of all.
    check_against_slow_way(
        {.schools = 2100, .pupils = 25}, "percent_rank(region, low_share(ОГЭ)) >= 90 %", blocks,
        [&](std::size_t school, std::size_t draw, const auto& shares) {
            if (borders.empty()) {
                for (std::size_t k = 0; k < blocks * statistics::lanes; ++k) {
                    std::vector<double> values;
                    for (const auto& one : shares) values.push_back(one[k]);
                    std::ranges::sort(values);
                    borders.push_back(values[static_cast<std::size_t>(std::ceil(0.9 * 2099))]);
                }
            }
            return shares[school][draw] >= borders[draw];
        });
}

TEST_CASE("means of the region inside a draw are those of the draw") {
    // Some school always lies above the mean of all and some below it.
    const auto above = probabilities({.schools = 4, .pupils = 8},
                                     "region(low_share(ОГЭ)) - low_share(ОГЭ) < 0 pp");
    double sum = 0;
    for (const double one : above) sum += one;
    CHECK(sum >= 1);
    CHECK(sum <= 3);
}

TEST_CASE("one school, no failures, only failures, one pupil: probabilities, not crashes") {
    for (const int schools : {1, 2, 60}) {
        CAPTURE(schools);
        for (const int pupils : {1, 25}) {
            CAPTURE(pupils);
            for (const int part : {0, 1, 2}) {
                CAPTURE(part);
                Territory made;
                for (int i = 0; i < schools; ++i) {
                    const std::string id = "s" + std::to_string(1000 + i);
                    made.school(id);
                    for (const char* subject : subjects) {
                        made.add({.school = id,
                                  .subject = subject,
                                  .n = pupils,
                                  .low = part == 0   ? 0
                                         : part == 1 ? pupils
                                                     : pupils / 2});
                    }
                }
                const auto all = probabilities(made.evidence(), rules::testing::rule(two_of_year));
                for (const double one : all) {
                    CHECK(one >= 0);
                    CHECK(one <= 1);
                    if (part == 0 && pupils > 1) CHECK(one < 0.05);
                    if (part == 1 && pupils > 1) CHECK(one > 0.95);
                }
            }
        }
    }
}

TEST_CASE("nobody to judge: no probabilities, and no prior is estimated for them") {
    const auto evidence = territory({}).evidence();
    const rules::BoundPack bound{rules::testing::rule(two_of_year), evidence, {2024}};
    TerritoryPrior prior{evidence, {2024}};
    const auto none = listing_probabilities(bound, prior, [](auto) { return false; });
    REQUIRE(none.has_value());
    CHECK(std::ranges::none_of(none->of, [](const auto& one) { return one.has_value(); }));
    CHECK(none->draws == 0);
}

TEST_CASE("packs with official lists, with flags alone, and those that speak of facts have none") {
    const auto evidence = territory({}).evidence();
    for (const char* id : {"krasnoselsky", "pervomaysky-altai", "pervomaysky-tomsk", "fioko-2026",
                           "risk-indicators-1336"}) {
        CAPTURE(id);
        const rules::BoundPack bound{rules::testing::shipped(id), evidence, {2024}};
        TerritoryPrior prior{evidence, {2024}};
        CHECK_FALSE(listing_probabilities(bound, prior, [](auto) { return true; }).has_value());
    }
    for (const char* id : {"federal-2025", "order-237", "adyge-khabl"}) {
        CAPTURE(id);
        const rules::BoundPack bound{rules::testing::shipped(id), evidence, {2024}};
        TerritoryPrior prior{evidence, {2024}};
        CHECK(listing_probabilities(bound, prior, [](auto) { return true; }).has_value());
    }
}

TEST_CASE("a list sums its errors over those who were judged, and names a weak prior") {
    const auto evidence = territory({.schools = 20}).evidence();
    const rules::BoundPack bound{rules::testing::rule(two_of_year), evidence, {2024}};
    TerritoryPrior prior{evidence, {2024}};
    const auto list = identify(bound, evidence, {.prior = &prior});
    REQUIRE(list.uncertainty.has_value());
    double wrong = 0;
    double missed = 0;
    for (const model::Listing& one : list.listings) {
        REQUIRE(one.probability.has_value());
        (is_listed(one) ? wrong : missed) +=
            is_listed(one) ? 1 - *one.probability : *one.probability;
        CHECK(one.reliability == model::reliability(one.verdict, one.probability));
    }
    CHECK(list.uncertainty->expected_false == doctest::Approx(wrong));
    CHECK(list.uncertainty->expected_missed == doctest::Approx(missed));
    CHECK(list.uncertainty->judged == 20);
    CHECK(list.uncertainty->weak());
    CHECK(list.uncertainty->simulation_error <= 0.0157);
    CHECK_FALSE(identify(bound, evidence, {}).uncertainty.has_value());
}

}  // namespace opora::identification

#include "opora/factors/associations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace opora;
using factors::associations;

namespace {

model::FactorCatalogue catalogue(std::size_t count = 1) {
    model::FactorCatalogue one;
    one.cuts.association_schools_min = 10;
    one.cuts.false_discovery = {10, 100};
    for (std::size_t i = 0; i < count; ++i)
        one.factors.push_back({.code = {"f" + std::to_string(i)}});
    return one;
}

/// Schools whose factor has these indices, in hundredths.
std::vector<model::RiskProfile> profiles(const std::vector<std::int64_t>& hundredths) {
    std::vector<model::RiskProfile> all;
    for (const std::int64_t index : hundredths) {
        model::RiskProfile profile{.school = {std::to_string(all.size())}};
        profile.factors = {
            {.factor = {"f0"}, .computed = model::FactorLevel::middle, .index = {index, 100}}};
        all.push_back(profile);
    }
    return all;
}

std::vector<std::optional<double>> results(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

const std::vector<std::int64_t> rising{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
const std::vector<double> falling{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

}  // namespace

TEST_CASE("a factor that is heavier where results are lower goes together with low results") {
    const auto one = associations(catalogue(), profiles(rising), results(falling)).front();
    CHECK(one.schools == 10);
    CHECK(*one.correlation == doctest::Approx(-1));
    CHECK(*one.high < -0.99);
    CHECK(one.found);
    CHECK(*one.adjusted == *one.p_value);
}

TEST_CASE(
    "nine schools are too few, ten are enough; a school without a level or result is left out") {
    auto some = profiles(rising);
    some[3].factors[0].computed = std::nullopt;
    const auto nine = associations(catalogue(), some, results(falling)).front();
    CHECK(nine.schools == 9);
    CHECK_FALSE(nine.correlation);
    CHECK(nine.reason.find("нужно 10") != std::string::npos);
    auto known = results(falling);
    known[0] = std::nullopt;
    CHECK_FALSE(associations(catalogue(), profiles(rising), known).front().correlation);
    CHECK(associations(catalogue(), profiles(rising), results(falling)).front().reason.empty());
}

TEST_CASE("where the factor or the result is the same everywhere there is a reason, no number") {
    for (const auto& [index, result] :
         {std::pair{std::vector<std::int64_t>(12, 5), std::vector<double>(12, 1.5)},
          std::pair{std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
                    std::vector<double>(12, 0)}}) {
        const auto one = associations(catalogue(), profiles(index), results(result)).front();
        CHECK_FALSE(one.correlation);
        CHECK_FALSE(one.found);
        CHECK(one.reason.find("одинаков") != std::string::npos);
    }
}

TEST_CASE("a factor made of results is not compared with results") {
    auto of_results = catalogue();
    of_results.factors[0].from_results = true;
    const auto one = associations(of_results, profiles(rising), results(falling)).front();
    CHECK_FALSE(one.correlation);
    CHECK(one.reason.find("предрешена") != std::string::npos);
}

TEST_CASE("no schools, no factors: nothing is found and nothing breaks") {
    CHECK(associations(catalogue(0), {}, {}).empty());
    CHECK_FALSE(associations(catalogue(), {}, {}).front().correlation);
}

TEST_CASE("among factors of pure chance hardly any is found; a planted one is") {
    const unsigned seed = 41;
    CAPTURE(seed);
    std::mt19937 random{seed};
    const auto uniform = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
    constexpr std::size_t factors_count = 20;
    int territories_with_false = 0;
    int planted_found = 0;
    for (int territory = 0; territory < 100; ++territory) {
        std::vector<model::RiskProfile> all;
        std::vector<std::optional<double>> result;
        for (int school = 0; school < 60; ++school) {
            model::RiskProfile profile{.school = {std::to_string(school)}};
            for (std::size_t i = 0; i < factors_count; ++i) {
                profile.factors.push_back({.factor = {"f" + std::to_string(i)},
                                           .computed = model::FactorLevel::low,
                                           .index = {static_cast<int>(random() % 21), 20}});
            }
            result.emplace_back(uniform() - profile.factors[0].index.value());
            all.push_back(profile);
        }
        const auto found = associations(catalogue(factors_count), all, result);
        planted_found += found[0].found ? 1 : 0;
        territories_with_false += std::ranges::any_of(found.begin() + 1, found.end(),
                                                      [](const auto& one) { return one.found; });
    }
    CHECK(planted_found == 100);
    // With one true finding the expected share of false ones is below 10 %; a territory has a false
    // one in up to a fifth of the cases.
    CHECK(territories_with_false < 25);
}

TEST_CASE("the order of the schools does not change an association") {
    const unsigned seed = 9;
    CAPTURE(seed);
    std::mt19937 random{seed};
    std::vector<std::int64_t> index(30);
    std::vector<double> result(30);
    for (std::size_t i = 0; i < index.size(); ++i) {
        index[i] = static_cast<std::int64_t>(random() % 8);
        result[i] = static_cast<double>(random() % 100);
    }
    const auto straight = associations(catalogue(), profiles(index), results(result)).front();
    std::vector<std::size_t> order(index.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    std::vector<std::int64_t> other_index;
    std::vector<double> other_result;
    for (const std::size_t i : order) {
        other_index.push_back(index[i]);
        other_result.push_back(result[i]);
    }
    const auto other =
        associations(catalogue(), profiles(other_index), results(other_result)).front();
    CHECK(*other.correlation == doctest::Approx(*straight.correlation).epsilon(1e-12));
    CHECK(*straight.low <= *straight.correlation);
    CHECK(*straight.high >= *straight.correlation);
}

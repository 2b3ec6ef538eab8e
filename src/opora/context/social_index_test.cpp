#include "opora/context/social_index.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "opora/statistics/random.hpp"

namespace opora::context {

namespace {

using model::IndexMethod;
using model::IndexReading;
using Share = std::optional<double>;

constexpr std::array methods{IndexMethod::equal, IndexMethod::expert, IndexMethod::component,
                             IndexMethod::regression};

IndexInput input_of(std::vector<std::vector<Share>> schools,
                    std::vector<std::optional<double>> results = {}) {
    IndexInput input{index_components(IndexReading::four_shares), {}, std::move(results)};
    input.results.resize(schools.size());
    for (const auto& school : schools) {
        input.shares.insert(input.shares.end(), school.begin(), school.end());
    }
    return input;
}

/// Schools whose four shares go together, and results that follow them.
IndexInput drawn(std::uint64_t seed, int schools) {
    std::vector<std::vector<Share>> shares;
    std::vector<std::optional<double>> results;
    for (int school = 0; school < schools; ++school) {
        statistics::Random random{{seed, static_cast<std::uint64_t>(school)}};
        const double z = random.normal();
        const auto share = [&](double middle, double slope) {
            return Share{statistics::logistic(middle + slope * z + random.normal(0, 0.4))};
        };
        shares.push_back({share(-1, 0.6), share(-1, -0.4), share(-3, -0.6), share(-3, -0.3)});
        results.emplace_back(0.3 * z + random.normal(0, 0.2));
    }
    return input_of(shares, results);
}

double z(const SocialIndex& index, std::size_t school) { return *index.schools[school].z; }

}  // namespace

TEST_CASE("equal weights: the mean of signed standard scores, by hand") {
    // Two components vary, each with z = (-1, 0, 1); the second counts against.
    const auto index =
        social_index(input_of({{0.1, 0.4, 0.1, 0.0}, {0.2, 0.3, 0.1, 0.0}, {0.3, 0.2, 0.1, 0.0}}),
                     IndexMethod::equal);
    CHECK(std::abs(z(index, 0) - -1) < 1e-12);
    CHECK(std::abs(z(index, 1) - 0) < 1e-12);
    CHECK(std::abs(z(index, 2) - 1) < 1e-12);
    CHECK(std::abs(*index.schools[0].percentile - 100.0 / 6) < 1e-9);
    CHECK(std::abs(*index.schools[2].percentile - 500.0 / 6) < 1e-9);
    CHECK(index.coefficients[0].coefficient == 0.5);
    CHECK(!index.coefficients[2].coefficient);
    CHECK(index.coefficients[2].note == "у всех школ одинаковое значение");
}

TEST_CASE("a missing share is not zero: weights are renormalised, and below 75 % it is said") {
    const Share none;
    struct Row {
        const char* what;
        std::vector<Share> shares;
        double known;
        bool incomplete;
    };
    const std::vector<std::vector<Share>> others{{0.1, 0.4, 0.05, 0.10},
                                                 {0.2, 0.3, 0.03, 0.02},
                                                 {0.3, 0.2, 0.01, 0.06},
                                                 {0.4, 0.1, 0.02, 0.0}};
    for (const Row& row : {Row{"all", {0.2, 0.3, 0.03, 0.02}, 1, false},
                           Row{"three of four", {0.2, 0.3, 0.03, none}, 0.75, false},
                           Row{"two of four", {0.2, 0.3, none, none}, 0.5, true}}) {
        CAPTURE(row.what);
        auto schools = others;
        schools.push_back(row.shares);
        const auto index = social_index(input_of(schools), IndexMethod::equal);
        CHECK(index.schools[4].z);
        CHECK(std::abs(index.schools[4].weight_known - row.known) < 1e-12);
        CHECK(index.schools[4].incomplete == row.incomplete);
    }
    auto schools = others;
    schools.push_back({none, none, none, none});
    const auto index = social_index(input_of(schools), IndexMethod::equal);
    CHECK(!index.schools[4].z);
    CHECK(!index.schools[4].reason.empty());
    CHECK(index.schools[0].z);
}

TEST_CASE("expert weights decide, and their sum does not matter") {
    IndexInput input = drawn(1, 40);
    for (auto& component : input.components) component.weight = 1e-9;
    input.components[1].weight = 3;
    const auto index = social_index(input, IndexMethod::expert);
    for (std::size_t school = 1; school < 40; ++school) {
        const bool worse = *input.share(school, 1) > *input.share(0, 1);
        CHECK((z(index, school) < z(index, 0)) == worse);
    }
    for (auto& component : input.components) component.weight *= 7;
    const auto scaled = social_index(input, IndexMethod::expert);
    for (std::size_t school = 0; school < 40; ++school) {
        CHECK(std::abs(z(index, school) - z(scaled, school)) < 1e-9);
    }
}

TEST_CASE("the first component and the regression find the common factor that was planted") {
    const IndexInput input = drawn(2, 300);
    const auto equal = social_index(input, IndexMethod::equal);
    const auto component = social_index(input, IndexMethod::component);
    const auto regression = social_index(input, IndexMethod::regression);
    CHECK(*component.variance_share > 0.5);
    CHECK(*regression.r2 > 0.4);
    for (const auto& coefficient : component.coefficients) CHECK(*coefficient.coefficient > 0);
    CHECK(*agreement(equal.schools, component.schools).spearman > 0.95);
    CHECK(*agreement(equal.schools, regression.schools).spearman > 0.8);
    CHECK(agreement(equal.schools, component.schools).schools == 300);
}

TEST_CASE("the scale of a share changes no index") {
    const IndexInput input = drawn(3, 60);
    IndexInput percent = input;
    for (Share& share : percent.shares) *share *= 100;
    for (const IndexMethod method : methods) {
        CAPTURE(model::code(method));
        const auto one = social_index(input, method);
        const auto other = social_index(percent, method);
        for (std::size_t school = 0; school < 60; ++school) {
            CHECK(std::abs(z(one, school) - z(other, school)) < 1e-9);
            CHECK(*one.schools[school].percentile == *other.schools[school].percentile);
        }
    }
}

TEST_CASE("what has no index has a reason, by every method") {
    const Share none;
    struct Row {
        const char* what;
        std::vector<std::vector<Share>> shares;
    };
    const std::vector<Row> rows{
        {"no passport",
         {{none, none, none, none}, {none, none, none, none}, {none, none, none, none}}},
        {"one school", {{0.2, 0.3, 0.03, 0.02}}},
        {"two schools", {{0.2, 0.3, 0.03, 0.02}, {0.3, 0.2, 0.01, 0.03}}},
        {"all the same", {{0.2, 0.3, 0.0, 0.0}, {0.2, 0.3, 0.0, 0.0}, {0.2, 0.3, 0.0, 0.0}}},
        {"nobody", {}}};
    for (const Row& row : rows) {
        for (const IndexMethod method : methods) {
            CAPTURE(row.what);
            CAPTURE(model::code(method));
            const auto index = social_index(input_of(row.shares), method);
            CHECK(!index.reason.empty());
            for (const auto& school : index.schools) {
                CHECK(!school.z);
                CHECK(!school.reason.empty());
            }
        }
    }
}

TEST_CASE("components that say the same: one of them is left out of the regression") {
    std::vector<std::vector<Share>> schools;
    std::vector<std::optional<double>> results;
    for (int i = 0; i < 12; ++i) {
        const double share = 0.05 * i;
        schools.push_back({share, 0.9 - share, 0.01 * (i % 5), 0.5 - share / 2});
        results.emplace_back(share + 0.1 * (i % 3));
    }
    const IndexInput input = input_of(schools, results);
    const auto regression = social_index(input, IndexMethod::regression);
    CHECK(regression.reason.empty());
    CHECK(regression.coefficients[1].note == "повторяет другие доли");
    for (const auto& school : regression.schools) CHECK(school.z);
    const auto component = social_index(input, IndexMethod::component);
    CHECK(component.reason.empty());
}

TEST_CASE("without results the regression says so, and the other methods do not care") {
    IndexInput input = drawn(4, 30);
    for (auto& result : input.results) result.reset();
    CHECK(!social_index(input, IndexMethod::regression).reason.empty());
    CHECK(social_index(input, IndexMethod::component).reason.empty());
}

TEST_CASE("one share: every method is that share") {
    IndexInput input{index_components(IndexReading::one_share), {}, {}};
    for (int i = 0; i < 9; ++i) {
        input.shares.emplace_back(0.1 * i);
        input.results.emplace_back(-0.1 * i + 0.05 * (i % 2));
    }
    for (const IndexMethod method : methods) {
        CAPTURE(model::code(method));
        const auto index = social_index(input, method);
        for (std::size_t school = 1; school < 9; ++school) {
            CHECK(z(index, school) < z(index, school - 1));
        }
    }
}

}  // namespace opora::context

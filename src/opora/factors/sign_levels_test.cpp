#include "opora/factors/sign_levels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace opora;
using factors::read_sign;
using model::FactorLevel;
using model::Measurement;

namespace {

model::FactorCuts cuts() {
    model::FactorCuts cuts;
    cuts.schools_min = 8;
    cuts.territory_middle = {40, 100};
    cuts.territory_high = {20, 100};
    return cuts;
}

model::FactorSign number_sign(bool higher_is_worse = true) {
    return {.code = "vacancies", .title = "Вакансий", .higher_is_worse = higher_is_worse};
}

model::FactorSign share_sign(bool higher_is_worse = true) {
    model::FactorSign sign = number_sign(higher_is_worse);
    sign.share_of_people = true;
    return sign;
}

factors::SignValues numbers(const std::vector<std::int64_t>& values) {
    factors::SignValues all;
    for (const std::int64_t value : values) all.values.push_back(Measurement::of(value, 1, value));
    return all;
}

/// Shares x of n for schools of n people.
factors::SignValues shares(std::int64_t n, const std::vector<std::int64_t>& counts) {
    factors::SignValues all{.unit = model::Unit::share};
    for (const std::int64_t count : counts) all.values.push_back(Measurement::of(count, n, n));
    return all;
}

std::string letters(const std::vector<model::SignReading>& readings) {
    std::string text;
    for (const auto& reading : readings) {
        text += !reading.level                          ? '-'
                : *reading.level == FactorLevel::high   ? 'h'
                : *reading.level == FactorLevel::middle ? 'm'
                                                        : 'l';
    }
    return text;
}

}  // namespace

TEST_CASE("of ten schools the worst two are high, the next two middle, the rest low") {
    const auto values = numbers({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(letters(read_sign(number_sign(), values, cuts())) == "llllllmmhh");
    CHECK(letters(read_sign(number_sign(false), values, cuts())) == "hhmmllllll");
    const auto readings = read_sign(number_sign(), values, cuts());
    CHECK(readings[8].as_bad == 2);
    CHECK(readings[8].schools == 10);
    CHECK(*readings[8].territory == doctest::Approx(5.5));
    CHECK_FALSE(readings[8].interval_low);
}

TEST_CASE(
    "schools that share a value share its place: three worst ones of ten are 30 %, not high") {
    CHECK(letters(read_sign(number_sign(), numbers({1, 2, 3, 4, 5, 6, 7, 9, 9, 9}), cuts())) ==
          "llllllmmmm");
}

TEST_CASE("a school without a value has its reason and is compared with nobody") {
    auto values = numbers({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    values.values[9] = Measurement::absent(model::Missing::no_data);
    const auto readings = read_sign(number_sign(), values, cuts());
    CHECK(letters(readings) == "llllllmmh-");
    CHECK(readings[9].reason == "нет данных");
    CHECK(readings[8].schools == 9);
}

TEST_CASE("seven schools are too few to compare, eight are enough") {
    const auto seven = read_sign(number_sign(), numbers({1, 2, 3, 4, 5, 6, 7}), cuts());
    CHECK(letters(seven) == "-------");
    CHECK(seven[0].reason.find("нужно 8") != std::string::npos);
    CHECK(letters(read_sign(number_sign(), numbers({1, 2, 3, 4, 5, 6, 7, 8}), cuts())) ==
          "lllllmmh");
    CHECK(letters(read_sign(number_sign(), numbers({5}), cuts())) == "-");
    CHECK(read_sign(number_sign(), {}, cuts()).empty());
}

TEST_CASE("where all schools have the same value the comparison says nothing, and says so") {
    for (const std::int64_t same : {0, 7}) {
        const auto readings =
            read_sign(share_sign(), shares(7, std::vector<std::int64_t>(10, same)), cuts());
        CHECK(letters(readings) == "----------");
        CHECK(readings[0].reason.find("одно и то же") != std::string::npos);
    }
}

TEST_CASE("a share is high only when its interval lies beyond the share of all schools together") {
    // The same shares of ten and of a thousand people; the worst school has 60 %.
    const auto small = read_sign(share_sign(), shares(10, {2, 2, 3, 3, 3, 4, 4, 4, 5, 6}), cuts());
    const auto large = read_sign(
        share_sign(), shares(1000, {200, 200, 300, 300, 300, 400, 400, 400, 500, 600}), cuts());
    CHECK(letters(small) == "llllllllmm");
    CHECK(letters(large) == "llllllllhh");
    CHECK(small[9].reason.find("случайным") != std::string::npos);
    CHECK(large[9].reason.empty());
    CHECK(*large[9].territory == doctest::Approx(0.36));
    CHECK(small[9].range == model::LevelRange{FactorLevel::low, FactorLevel::high});
    CHECK(large[9].range == model::LevelRange{FactorLevel::high, FactorLevel::high});
}

TEST_CASE("cut-offs of a sign's own: 30 % is high, 29.97 % middle; no other school is needed") {
    model::FactorSign sign = share_sign();
    sign.middle_from = base::Fraction{15, 100};
    sign.high_from = base::Fraction{30, 100};
    const struct {
        std::int64_t x, n;
        FactorLevel level;
    } rows[] = {{3, 10, FactorLevel::high},   {2997, 10'000, FactorLevel::middle},
                {3, 20, FactorLevel::middle}, {1499, 10'000, FactorLevel::low},
                {0, 10, FactorLevel::low},    {10, 10, FactorLevel::high}};
    for (const auto& row : rows) {
        CAPTURE(row.x);
        factors::SignValues one{{Measurement::of(row.x, row.n, row.n)}, model::Unit::share};
        const auto readings = read_sign(sign, one, cuts());
        REQUIRE(readings[0].level);
        CHECK(*readings[0].level == row.level);
        CHECK(readings[0].range.best <= row.level);
        CHECK(readings[0].range.worst >= row.level);
    }
    sign.higher_is_worse = false;
    sign.middle_from = base::Fraction{90, 100};
    sign.high_from = base::Fraction{80, 100};
    for (const auto& [x, level] : {std::pair{79, FactorLevel::high},
                                   {80, FactorLevel::high},
                                   {81, FactorLevel::middle},
                                   {90, FactorLevel::middle},
                                   {91, FactorLevel::low}}) {
        factors::SignValues one{{Measurement::of(x, 100, 100)}, model::Unit::share};
        CHECK(*read_sign(sign, one, cuts())[0].level == level);
    }
}

TEST_CASE("the order of the schools does not change what is said of each") {
    const unsigned seed = 20240901;
    CAPTURE(seed);
    std::mt19937 random{seed};
    for (int round = 0; round < 50; ++round) {
        std::vector<std::int64_t> counts(12);
        for (auto& count : counts) count = static_cast<std::int64_t>(random() % 31);
        std::vector<std::size_t> order(counts.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::shuffle(order, random);
        std::vector<std::int64_t> shuffled;
        for (const std::size_t i : order) shuffled.push_back(counts[i]);
        const auto straight = letters(read_sign(share_sign(), shares(30, counts), cuts()));
        const auto other = letters(read_sign(share_sign(), shares(30, shuffled), cuts()));
        for (std::size_t i = 0; i < order.size(); ++i) CHECK(other[i] == straight[order[i]]);
    }
}

TEST_CASE("a worse number never lowers the level, an interval always holds it") {
    const unsigned seed = 7;
    CAPTURE(seed);
    std::mt19937 random{seed};
    for (int round = 0; round < 100; ++round) {
        std::vector<std::int64_t> counts(15);
        for (auto& count : counts) count = static_cast<std::int64_t>(random() % 41);
        const auto readings = read_sign(share_sign(), shares(40, counts), cuts());
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (!readings[i].level) continue;
            CHECK(readings[i].range.best <= *readings[i].level);
            CHECK(readings[i].range.worst >= *readings[i].level);
            CHECK(std::isfinite(*readings[i].territory));
            for (std::size_t k = 0; k < counts.size(); ++k) {
                if (counts[i] < counts[k]) CHECK(*readings[i].level <= *readings[k].level);
            }
        }
    }
}

#include "opora/wording/gap.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace opora::wording {

namespace {

bool holds(std::int64_t x, std::int64_t n, std::string_view sign, std::int64_t percent) {
    const std::int64_t left = x * 100;
    const std::int64_t right = percent * n;
    if (sign == ">=") return left >= right;
    if (sign == ">") return left > right;
    if (sign == "<=") return left <= right;
    return left < right;
}

}  // namespace

TEST_CASE("the gap in pupils on both sides of a threshold of 30 %") {
    using model::Measurement;
    struct Row {
        std::int64_t x;
        std::int64_t n;
        const char* sign;
        std::optional<std::int64_t> gap;
    };
    const std::vector<Row> rows{
        {3, 10, ">=", -1},  // exactly 30 % is low; one fewer is not
        {2, 10, ">=", 1},   // one more makes 30 %
        {8, 25, ">=", -1},  // 7 of 25 is 28 %
        {2, 19, ">=", 4},   // 6 of 19 is 31,6 %, 5 of 19 is 26,3 %
        {3, 10, ">", 1},    // strictly more needs a fourth
        {4, 10, ">", -1},  {3, 10, "<=", 1}, {3, 10, "<", -1},           {2, 10, "<", 1},
        {1, 1, ">=", -1},  {0, 1, ">=", 1},  {1, 1, "==", std::nullopt},
    };
    for (const Row& row : rows) {
        CAPTURE(row.x);
        CAPTURE(row.n);
        CAPTURE(row.sign);
        CHECK(gap_in_people(Measurement::of(row.x, row.n, row.n), model::Unit::share, row.sign,
                            Measurement::of(3, 10, 0)) == row.gap);
    }
}

TEST_CASE(
    "the gap is the smallest change that turns the comparison, for every share of small groups") {
    using model::Measurement;
    for (const std::string_view sign : {">=", ">", "<=", "<"}) {
        for (const std::int64_t percent : {0, 1, 25, 30, 33, 50, 99, 100}) {
            for (std::int64_t n = 1; n <= 24; ++n) {
                for (std::int64_t x = 0; x <= n; ++x) {
                    const bool now = holds(x, n, sign, percent);
                    std::optional<std::int64_t> nearest;
                    for (std::int64_t other = 0; other <= n; ++other) {
                        if (holds(other, n, sign, percent) == now) continue;
                        const std::int64_t change = other - x;
                        if (!nearest || std::abs(change) < std::abs(*nearest)) nearest = change;
                    }
                    const auto gap = gap_in_people(Measurement::of(x, n, n), model::Unit::share,
                                                   sign, Measurement::of(percent, 100, 0));
                    CAPTURE(sign);
                    CAPTURE(percent);
                    CAPTURE(x);
                    CAPTURE(n);
                    REQUIRE(gap == nearest);
                }
            }
        }
    }
}

TEST_CASE("there is no gap in pupils for missing values, means and shares of something else") {
    using model::Measurement;
    const Measurement limit = Measurement::of(3, 10, 0);
    CHECK(!gap_in_people(Measurement::absent(model::Missing::no_data), model::Unit::share,
                         ">=", limit));
    CHECK(!gap_in_people(Measurement::of(3, 10, 10), model::Unit::share,
                         ">=", Measurement::absent(model::Missing::no_reference)));
    CHECK(!gap_in_people(Measurement::of(35, 10, 10), model::Unit::mark, ">=", limit));
    CHECK(!gap_in_people(Measurement::of(300, 1000, 10), model::Unit::share, ">=", limit));
    CHECK(!gap_in_people(Measurement::of(3, 10, 0), model::Unit::share, ">=", limit));
}

TEST_CASE("a number of pupils is spoken with its case") {
    CHECK(gap_words(-1) == "на одного ученика меньше");
    CHECK(gap_words(2) == "на двух учеников больше");
    CHECK(gap_words(4) == "на четырёх учеников больше");
    CHECK(gap_words(-5) == "на 5\u00a0учеников меньше");
    CHECK(gap_words(-11) == "на 11\u00a0учеников меньше");
    CHECK(gap_words(21) == "на 21\u00a0ученика больше");
}

}  // namespace opora::wording

#include "opora/intake/kinds/rebuilt_counts.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace opora;
using namespace opora::intake;

namespace {

std::vector<base::Fraction> percents(std::initializer_list<const char*> texts) {
    std::vector<base::Fraction> list;
    for (const char* text : texts) list.push_back(*base::parse_decimal(text));
    return list;
}

}  // namespace

TEST_CASE("counts are rebuilt so that they sum to n") {
    const struct {
        std::int32_t n;
        std::vector<base::Fraction> percents;
        std::vector<std::int32_t> counts;
        bool fits;
    } rows[] = {
        {25, percents({"12", "48", "32", "8"}), {3, 12, 8, 2}, true},
        {7, percents({"14,29", "28,57", "42,86", "14,29"}), {1, 2, 3, 1}, true},
        {3, percents({"33,3", "33,3", "33,3", "0"}), {1, 1, 1, 0}, true},
        {3, percents({"0.3333333333333333", "0.6666666666666666", "0", "0"}), {1, 2, 0, 0}, true},
        {6, percents({"16,7", "16,7", "33,3", "33,3"}), {1, 1, 2, 2}, true},
        {4, percents({"100", "0", "0", "0"}), {4, 0, 0, 0}, true},
        // 10 % of 7 pupils is no whole number of pupils.
        {7, percents({"10", "30", "40", "20"}), {1, 2, 3, 1}, false},
        {1, percents({"0", "100", "0", "0"}), {0, 1, 0, 0}, true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.n);
        const auto rebuilt = rebuilt_counts(row.n, row.percents);
        REQUIRE(rebuilt);
        CHECK(rebuilt->counts == row.counts);
        CHECK(rebuilt->fits == row.fits);
        CHECK(std::accumulate(rebuilt->counts.begin(), rebuilt->counts.end(), 0) == row.n);
    }
}

TEST_CASE("percents that are not parts of one whole are refused") {
    CHECK_FALSE(rebuilt_counts(25, percents({"12", "48", "32", "0"})));
    CHECK_FALSE(rebuilt_counts(25, percents({"50", "60"})));
    CHECK_FALSE(rebuilt_counts(25, percents({"-10", "110"})));
    CHECK_FALSE(rebuilt_counts(25, percents({"0", "0"})));
    CHECK(rebuilt_counts(25, percents({"50,4", "50,4"})));
}

TEST_CASE("one percent gives the nearest count") {
    CHECK(rebuilt_count(25, *base::parse_decimal("64")) == 16);
    CHECK(rebuilt_count(7, *base::parse_decimal("14,29")) == 1);
    CHECK(rebuilt_count(8, *base::parse_decimal("31,25")) == 3);
}

#include "opora/wording/compared_value.hpp"

#include <doctest/doctest.h>

using namespace opora;
using model::Derivation;
using model::Outcome;
using Kind = model::Derivation::Kind;

namespace {

/// «low_share >= 30 %» of a year.
Derivation low_share(std::int64_t low, int year, Outcome outcome) {
    Derivation share{.kind = Kind::indicator, .text = "low_share(p)", .indicator = "low_share"};
    share.year = model::SchoolYear{year};
    share.value = model::Measurement::of(low, 100, 100);
    share.unit = model::Unit::share;
    Derivation limit{.kind = Kind::parameter, .text = "low_limit"};
    limit.value = model::Measurement::of(30, 100, 0);
    limit.unit = model::Unit::share;
    Derivation node{.kind = Kind::comparison, .comparison = ">=", .outcome = outcome};
    node.parts = {share, limit};
    return node;
}

Derivation both_years(std::int64_t now, std::int64_t before) {
    const auto outcome = [](std::int64_t low) {
        return low >= 30 ? Outcome::met : Outcome::not_met;
    };
    const bool met = now >= 30 && before >= 30;
    Derivation node{.kind = Kind::logic, .outcome = met ? Outcome::met : Outcome::not_met};
    node.parts = {low_share(now, 2024, outcome(now)), low_share(before, 2023, outcome(before))};
    return node;
}

}  // namespace

TEST_CASE("grounds are the values of the procedures that meet the whole condition, no others") {
    Derivation any{.kind = Kind::quantifier, .outcome = Outcome::met};
    any.parts = {both_years(38, 9), both_years(40, 50), both_years(10, 60)};
    const auto met = wording::values_met(any);
    REQUIRE(met.size() == 2);
    CHECK(met[0].value.ratio == base::Fraction{40, 100});
    CHECK(met[1].value.ratio == base::Fraction{50, 100});
    CHECK(wording::compared_values(any).size() == 6);
}

TEST_CASE("of a counted quantifier the members count that are met") {
    Derivation count{.kind = Kind::quantifier};
    count.value = model::Measurement::of(1, 1, 0);
    count.parts = {both_years(38, 9), both_years(40, 50)};
    Derivation one{.kind = Kind::constant};
    one.value = model::Measurement::of(1, 1, 0);
    Derivation rule{.kind = Kind::comparison, .comparison = ">=", .outcome = Outcome::met};
    rule.parts = {count, one};
    CHECK(wording::values_met(rule).size() == 2);
}

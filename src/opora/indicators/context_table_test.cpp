#include "opora/indicators/context_table.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace opora;
using namespace opora::indicators;

namespace {

constexpr model::SchoolYear year{2024};

EvidenceInput one_school(model::SchoolYear passport, bool with_pupils) {
    EvidenceInput input;
    input.schools = {{.id = {"1"}, .settlement = model::SettlementType::town}};
    input.facts = {{{"1"}, passport, "families_incomplete", {30, 1}}};
    if (with_pupils) input.facts.push_back({{"1"}, passport, "pupils", {120, 1}});
    return input;
}

std::optional<double> value(const Evidence& evidence, std::string_view code) {
    return ContextTable{evidence, year}.value(0, ContextTable::feature(code));
}

}  // namespace

TEST_CASE("context: a share needs both of its counts, what nobody stated is absent") {
    const Evidence evidence{one_school(year, true)};
    CHECK(value(evidence, "families_incomplete_share") == 0.25);
    CHECK_FALSE(value(evidence, "registered_share"));
    CHECK_FALSE(value(evidence, "log_distance"));
    CHECK(value(evidence, "settlement") == 1.0);
    CHECK(value(evidence, "log_pupils") == std::log(120.0));
    CHECK_FALSE(value(Evidence{one_school(year, false)}, "families_incomplete_share"));
}

TEST_CASE("context: a passport of two years ago stands in, one of three years ago does not") {
    for (const auto& [age, known] : {std::pair{0, true}, {2, true}, {3, false}, {-1, false}}) {
        CAPTURE(age);
        const Evidence evidence{one_school(year - age, true)};
        CHECK(value(evidence, "families_incomplete_share").has_value() == known);
        const auto stated = ContextTable{evidence, year}.passport_year(0);
        CHECK(stated.has_value() == known);
        if (known) CHECK(*stated == year - age);
    }
}

TEST_CASE("context: every share of the table is an indicator of a year") {
    CHECK(ContextTable::feature("no_such_feature") == nothing);
    for (const ContextFeature& feature : ContextTable::features()) {
        CHECK(&ContextTable::features()[ContextTable::feature(feature.code)] == &feature);
    }
}

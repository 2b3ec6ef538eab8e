#include "opora/documents/methodology_summary.hpp"

#include <doctest/doctest.h>

#include "opora/rules/test_territory.hpp"

namespace opora::documents {

TEST_CASE("the summary of a pack shows each parameter with its value, other readings and footing") {
    const auto summary = methodology_summary(rules::testing::shipped("federal-2025"), {});
    CHECK(summary.id == "federal-2025");
    CHECK(summary.in_force == "с 01.09.2024");
    REQUIRE(summary.rules.size() == 2);
    CHECK(summary.rules[0].id == "A");
    REQUIRE(!summary.parameters.empty());
    CHECK(summary.parameters[0].name == "low_limit");
    CHECK(summary.parameters[0].value == "30\u00a0%");
    CHECK(summary.parameters[0].other == "25\u00a0%; 50\u00a0%");
    CHECK(summary.parameters[0].evidence == "есть источник");
    CHECK(summary.notes.size() == 1);
}

TEST_CASE("an evidence mark is told in words") {
    CHECK(evidence_words("U") == "в источниках не найдено");
    CHECK(evidence_words("S3") == "сказано в документе");
    CHECK(evidence_words("") == "");
}

}  // namespace opora::documents

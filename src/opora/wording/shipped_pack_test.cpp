// What the shipped packs say of a school, in words: from counts to sentences, with nothing between
// made up.

#include <doctest/doctest.h>

#include "opora/indicators/catalogue.hpp"
#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"
#include "opora/wording/explain.hpp"
#include "support/golden.hpp"

namespace opora::wording {

namespace {

using model::ProcedureType;
using rules::testing::Territory;

/// Grades 1 to 9: two low procedures of four in 2024, one of them low in 2023 too, two without
/// results in 2023.
Territory school() {
    Territory territory;
    model::School& school = territory.school("s1");
    school.grade_low = 1;
    school.grade_high = 9;
    const auto vpr = ProcedureType::vpr;
    territory.add({.type = vpr, .subject = "mathematics", .grade = 5, .n = 25, .low = 8});
    territory.add(
        {.type = vpr, .subject = "mathematics", .grade = 5, .year = 2023, .n = 26, .low = 2});
    territory.add({.type = vpr, .subject = "russian", .grade = 5, .n = 25, .low = 4});
    territory.add({.subject = "russian", .n = 19, .low = 2});
    territory.add({.subject = "mathematics", .n = 19, .low = 6});
    territory.add({.subject = "mathematics", .year = 2023, .n = 10, .low = 6});
    return territory;
}

std::string explained(const rules::Pack& pack, const Territory& territory) {
    const auto evidence = territory.evidence();
    const rules::BoundPack bound{pack, evidence, {2024}};
    const rules::Conclusion conclusion = bound.evaluate(0);
    model::Listing listing{.school = {"s1"},
                           .school_name = "Ручейковская ООШ",
                           .verdict = conclusion.verdict,
                           .notes = rules::notes(conclusion),
                           .findings = bound.derive(0)};
    Vocabulary vocabulary{
        .subjects = {{{"mathematics"}, "математика"}, {{"russian"}, "русский язык"}},
        .methodology = pack.document.title};
    for (const rules::Rule& rule : pack.rules) vocabulary.rules[rule.id] = rule.title;
    for (const auto& indicator : indicators::year_indicators()) {
        vocabulary.indicators[std::string{indicator.code}] = {std::string{indicator.title}, {}};
    }
    for (const model::Finding& finding : listing.findings) {
        if (finding.outcome == model::Outcome::met) listing.rules_met.push_back(finding.rule);
    }
    return explain_text(listing,
                        {.methodology = pack.document.id,
                         .version = pack.document.version,
                         .year = {2024},
                         .snapshot = "4f1c2a7d90b3e5c8"},
                        vocabulary);
}

}  // namespace

TEST_CASE("federal-2025 in words: which procedures are low, by how many pupils, in which years") {
    testing::check_golden("wording/federal_2025.txt",
                          explained(rules::testing::shipped("federal-2025"), school()));
}

TEST_CASE(
    "order-237 in words: a mean of years shows its years, a rule outside the school's grades does "
    "not apply") {
    testing::check_golden("wording/order_237.txt",
                          explained(rules::testing::shipped("order-237"), school()));
}

TEST_CASE("fioko-2026 in words: a difference between years names both") {
    testing::check_golden("wording/fioko_2026.txt",
                          explained(rules::testing::shipped("fioko-2026"), school()));
}

}  // namespace opora::wording

#include "opora/rules/pooled_years.hpp"

#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

namespace {

using testing::Territory;

Pack pack_of(const std::string& years) {
    return testing::rule("low_share(ОГЭ) >= 30 %",
                         "inclusion: {n_min: 10 participants, pool_years: " + years + "}");
}

Conclusion judged(const Territory& territory, const Pack& pack) {
    const auto evidence = territory.evidence();
    return BoundPack{pack, evidence, {2024}}.evaluate(0);
}

}  // namespace

TEST_CASE(
    "a work with too few results is put together with the years before, no further than asked") {
    struct Row {
        int now;     ///< Participants of 2024; a third of them failed, of earlier years nobody.
        int before;  ///< Of 2023.
        int long_before;  ///< Of 2022.
        const char* years;
        model::Outcome outcome;
    };
    using enum model::Outcome;
    for (const Row& row : {
             Row{9, 9, 9, "1 years", unknown},  // Not pooled: too few results.
             Row{9, 9, 9, "2 years", not_met},  // 3 of 18.
             Row{12, 9, 9, "2 years", met},     // Enough of its own: 4 of 12.
             Row{9, 0, 9, "2 years", unknown},  // The year before was not held.
             Row{9, 0, 9, "3 years", not_met},  // It is passed over.
             Row{3, 3, 3, "3 years", unknown},  // 9 in three years are still too few.
             Row{3, 3, 4, "3 years", not_met},  // 10 are enough: 1 of 10.
             Row{9, 0, 0, "3 years", unknown},
         }) {
        CAPTURE(row.now);
        CAPTURE(row.before);
        CAPTURE(row.years);
        Territory territory;
        territory.school("s1");
        territory.add({.year = 2024, .n = row.now, .low = row.now / 3});
        if (row.before > 0) territory.add({.year = 2023, .n = row.before});
        if (row.long_before > 0) territory.add({.year = 2022, .n = row.long_before});
        CHECK(judged(territory, pack_of(row.years)).outcomes[0] == row.outcome);
    }
}

TEST_CASE("a pooled value names its years and all its sources") {
    Territory territory;
    territory.school("s1");
    territory.add({.year = 2024, .n = 6, .low = 3}).add({.year = 2023, .n = 6, .low = 2});
    const auto evidence = territory.evidence();
    const BoundPack bound{pack_of("2 years"), evidence, {2024}};
    const auto finding = bound.derive(0).front();
    CHECK(finding.outcome == model::Outcome::met);  // 5 of 12.
    const auto& value = finding.derivation.parts.at(0);
    CHECK(value.value.ratio == base::Fraction{5, 12});
    CHECK(value.years_pooled == 2);
    CHECK(value.sources.size() == 2);
}

}  // namespace opora::rules

// The fast evaluation and the exact one with its derivation say the same, on shares that hit
// thresholds exactly, on sums that doubles cannot hold, and in any order of schools.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/number.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

namespace {

using testing::Results;
using testing::Territory;

/// A few schools with a few works over four years; group sizes of tens and twenties hit 30 %, 50 %
/// and 3.5 % often.
std::vector<Results> random_rows(int schools) {
    using model::ProcedureType;
    std::vector<Results> rows;
    const auto maybe = [](int percent) { return *rc::gen::inRange(0, 100) < percent; };
    for (int school = 0; school < schools; ++school) {
        for (int year = 2021; year <= 2024; ++year) {
            for (const auto& [type, grade] :
                 {std::pair{ProcedureType::vpr, 4}, std::pair{ProcedureType::vpr, 6},
                  std::pair{ProcedureType::oge, 9}, std::pair{ProcedureType::ege, 11}}) {
                for (const char* subject : {"russian", "mathematics", "world_around"}) {
                    if (maybe(25)) continue;
                    const int n = *rc::gen::element(1, 5, 7, 10, 20, 40, 200);
                    const int low = *rc::gen::inRange(0, n / 2 + 2);
                    Results row{.school = "s" + std::to_string(school),
                                .type = type,
                                .subject = subject,
                                .grade = grade,
                                .year = year,
                                .n = n,
                                .low = std::min(low, n)};
                    row.good = *rc::gen::inRange(0, n - row.low + 1);
                    row.score_max = maybe(90) ? 20 : 0;
                    row.score_sum = *rc::gen::inRange(0, 20 * n + 1);
                    row.absent = maybe(10) ? n : 0;
                    row.far_apart = maybe(80) ? *rc::gen::inRange(0, n + 1) : -1;
                    rows.push_back(row);
                }
            }
        }
    }
    return rows;
}

Territory territory_of(const std::vector<Results>& rows, int schools) {
    Territory territory;
    for (int school = 0; school < schools; ++school) {
        const std::string id = "s" + std::to_string(school);
        territory.school(id,
                         school % 2 == 0 ? model::SchoolType::secondary : model::SchoolType::basic);
        for (int year = 2022; year <= 2024; ++year) {
            territory.fact(id, year, "grade9_finishers", 10 + school);
            territory.fact(id, year, "admitted_grade10_anywhere", 5 + year % 3);
        }
    }
    for (const Results& row : rows) territory.add(row);
    return territory;
}

constexpr const char* packs[] = {"federal-2025",        "order-237",  "adyge-khabl",
                                 "pervomaysky-altai",   "fioko-2026", "krasnoselsky",
                                 "risk-indicators-1336"};

}  // namespace

TEST_CASE("verdicts agree with their derivations for every pack and school") {
    std::vector<Pack> all;
    for (const char* id : packs) all.push_back(testing::shipped(id));
    for (Pack& pack : all) pack.unit = {{"school"}, {}};
    const bool holds = rc::check([&] {
        constexpr int schools = 5;
        const auto evidence = territory_of(random_rows(schools), schools).evidence();
        for (const Pack& pack : all) {
            const BoundPack bound{pack, evidence, {2024}};
            const auto conclusions = bound.evaluate_all();
            for (std::uint32_t i = 0; i < schools; ++i) {
                RC_ASSERT(conclusions[i] == bound.evaluate(i));
                if (conclusions[i].exclusion == Exclusion::school_type) continue;
                const auto findings = bound.derive(i);
                for (std::size_t r = 0; r < findings.size(); ++r) {
                    RC_ASSERT(findings[r].outcome == conclusions[i].outcomes[r]);
                }
            }
        }
    });
    CHECK(holds);
}

TEST_CASE("the order of rows changes nothing") {
    const Pack pack = testing::shipped("federal-2025");
    const bool holds = rc::check([&] {
        constexpr int schools = 4;
        std::vector<Results> rows = random_rows(schools);
        const auto first = territory_of(rows, schools).evidence();
        std::ranges::reverse(rows);
        const auto second = territory_of(rows, schools).evidence();
        RC_ASSERT((BoundPack{pack, first, {2024}}.evaluate_all()) ==
                  (BoundPack{pack, second, {2024}}.evaluate_all()));
    });
    CHECK(holds);
}

TEST_CASE("the bound of the fast number always holds the exact one") {
    const bool holds = rc::check([] {
        const auto fraction = [] {
            return base::Fraction{*rc::gen::inRange<std::int64_t>(-2'000'000'000, 2'000'000'000),
                                  *rc::gen::inRange<std::int64_t>(1, 3'000'000)};
        };
        base::Fraction start = fraction();
        Approximate fast = number_of_fraction<Approximate>(start);
        base::Rational exact = base::exact(start);
        for (int step = 0; step < 12; ++step) {
            start = fraction();
            const Approximate other = number_of_fraction<Approximate>(start);
            const base::Rational same = base::exact(start);
            switch (*rc::gen::inRange(0, 4)) {
                case 0:
                    fast = add(fast, other);
                    exact = add(exact, same);
                    break;
                case 1:
                    fast = subtract(fast, other);
                    exact = subtract(exact, same);
                    break;
                case 2:
                    fast = multiply(fast, other);
                    exact = multiply(exact, same);
                    break;
                default:
                    if (start.numerator == 0) continue;
                    fast = divide(fast, other);
                    exact = divide(exact, same);
            }
            RC_ASSERT(base::Rational{fast.value - fast.error} <= exact);
            RC_ASSERT(base::Rational{fast.value + fast.error} >= exact);
            if (fast.exact())
                RC_ASSERT((base::Rational{fast.numerator, fast.denominator} == exact));
            const auto decided = compare(fast, other);
            if (decided) RC_ASSERT(*decided == *compare(exact, same));
            const auto whole = whole_below(fast);
            if (whole) RC_ASSERT(base::Rational{whole->value} == base::floor(exact));
        }
    });
    CHECK(holds);
}

TEST_CASE("a sum that doubles round across its threshold is decided by fractions") {
    Territory territory;
    territory.school("s1");
    const std::string left = R"(value("a") + value("b") + value("c") + value("d") + value("e"))";
    // Ten-digit denominators: the common one does not fit into 64 bits.
    const base::Fraction parts[] = {{1, 9'999'999'967},
                                    {1, 9'999'999'943},
                                    {1, 9'999'999'929},
                                    {1, 9'999'999'881},
                                    {1, 9'999'999'851}};
    const char* names[] = {"a", "b", "c", "d", "e"};
    for (std::size_t i = 0; i < 5; ++i) territory.imported("s1", 2024, names[i], parts[i]);
    const auto evidence = territory.evidence();
    const auto outcome = [&](const std::string& text) {
        return BoundPack{testing::rule(text), evidence, {2024}}.evaluate(0).outcomes[0];
    };
    CHECK(outcome(left + " = " +
                  R"(value("e") + value("d") + value("c") + value("b") + value("a"))") ==
          model::Outcome::met);
    CHECK(outcome(left + " > " +
                  R"(value("e") + value("d") + value("c") + value("b") + value("a"))") ==
          model::Outcome::not_met);
}

}  // namespace opora::rules

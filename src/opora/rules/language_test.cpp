// What expressions mean: units, three-valued logic, absence, windows, rounding.

#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using model::Outcome;
using model::ProcedureType;
using testing::Territory;

namespace {

constexpr ProcedureType vpr = ProcedureType::vpr;

Outcome ask(const Territory& territory, const std::string& when, const std::string& sections = "",
            int year = 2024) {
    const auto evidence = territory.evidence();
    return BoundPack{testing::rule(when, sections), evidence, {year}}.evaluate(0).outcomes[0];
}

/// One school of grades 1-9 with imported values: one = 1, two = 2; the rest is missing.
Territory with_values() {
    Territory territory;
    territory.school("s1", model::SchoolType::basic);
    territory.imported("s1", 2024, "one", {1, 1}).imported("s1", 2024, "two", {2, 1});
    return territory;
}

const std::string met = R"(value("one") = 1)";
const std::string not_met = R"(value("one") = 2)";
const std::string unknown = R"(value("absent") = 1)";
const std::string not_applicable = "any(p in held(ЕГЭ), low_share(p) >= 30 %)";  // No grade 11.

}  // namespace

TEST_CASE("and, or, not over true, false, unknown and not applicable") {
    struct Row {
        std::string left;
        std::string right;
        Outcome both;
        Outcome either;
    };
    const Row rows[] = {
        {met, met, Outcome::met, Outcome::met},
        {met, not_met, Outcome::not_met, Outcome::met},
        {not_met, not_met, Outcome::not_met, Outcome::not_met},
        {met, unknown, Outcome::unknown, Outcome::met},
        {not_met, unknown, Outcome::not_met, Outcome::unknown},
        {unknown, unknown, Outcome::unknown, Outcome::unknown},
        {met, not_applicable, Outcome::met, Outcome::met},
        {not_met, not_applicable, Outcome::not_met, Outcome::not_met},
        {unknown, not_applicable, Outcome::unknown, Outcome::unknown},
        {not_applicable, not_applicable, Outcome::not_applicable, Outcome::not_applicable},
    };
    const Territory territory = with_values();
    for (const Row& row : rows) {
        CAPTURE(row.left);
        CAPTURE(row.right);
        CHECK(ask(territory, row.left + " and " + row.right) == row.both);
        CHECK(ask(territory, row.right + " and " + row.left) == row.both);
        CHECK(ask(territory, row.left + " or " + row.right) == row.either);
        CHECK(ask(territory, row.right + " or " + row.left) == row.either);
    }
    CHECK(ask(territory, "not " + met) == Outcome::not_met);
    CHECK(ask(territory, "not " + not_met) == Outcome::met);
    CHECK(ask(territory, "not " + unknown) == Outcome::unknown);
    CHECK(ask(territory, "not " + not_applicable) == Outcome::not_applicable);
}

TEST_CASE("at least k: decided as soon as the unknown ones cannot change it") {
    const Territory territory = with_values();
    const auto of = [&](const std::string& k, const std::string& list) {
        return ask(territory, "at least " + k + " of (" + list + ")");
    };
    CHECK(of("1", met + ", " + unknown) == Outcome::met);
    CHECK(of("2", met + ", " + unknown) == Outcome::unknown);
    CHECK(of("2", not_met + ", " + unknown) == Outcome::not_met);
    CHECK(of("2", met + ", " + met + ", " + not_met) == Outcome::met);
    CHECK(of("1", not_applicable + ", " + not_applicable) == Outcome::not_applicable);
}

TEST_CASE("missing is not zero: nothing follows from a value that is not there") {
    const Territory territory = with_values();
    for (const std::string comparison : {" < 1", " >= 0", " = 0", " <= 5"}) {
        CHECK(ask(territory, R"(value("absent"))" + comparison) == Outcome::unknown);
        CHECK(ask(territory, R"(value("absent") + value("one"))" + comparison) == Outcome::unknown);
    }
    CHECK(ask(territory, R"(fact("pupils") >= 0)") == Outcome::unknown);
    CHECK(ask(territory, "any(p in held(ОГЭ), low_share(p) >= 0 %)") == Outcome::unknown);
    CHECK(ask(territory, "every(p in held(ОГЭ), low_share(p) >= 0 %)") == Outcome::unknown);
    CHECK(ask(territory, "count(p in held(ОГЭ), low_share(p) >= 0 %) = 0") == Outcome::unknown);
    CHECK(ask(territory, "sum(p in held(ОГЭ), low_share(p)) = 0 %") == Outcome::unknown);
    CHECK(ask(territory, R"(value("one") / (value("two") - 2) > 0)") == Outcome::unknown);
}

TEST_CASE("arithmetic is exact: a tenth taken three times is three tenths") {
    Territory territory = with_values();
    territory.imported("s1", 2024, "tenth", {1, 10});
    CHECK(ask(territory, R"(value("tenth") + value("tenth") + value("tenth") = 0.3)") ==
          Outcome::met);
    CHECK(ask(territory, R"(value("one") / 3 * 3 = 1)") == Outcome::met);
    CHECK(ask(territory, R"(value("one") / 3 < 0.333333333)") == Outcome::not_met);
}

TEST_CASE("rounding: half up, down and up, also below zero, and to a step") {
    struct Row {
        const char* expression;
        Outcome outcome;
    };
    const Territory territory = with_values();
    for (const Row& row :
         {Row{"round_half_up(2.5) = 3", Outcome::met},
          Row{"round_half_up(2.4999) = 2", Outcome::met},
          Row{"round_half_up(-2.5) = -2", Outcome::met}, Row{"floor(-0.5) = -1", Outcome::met},
          Row{"ceiling(-0.5) = 0", Outcome::met}, Row{"ceiling(2.000001) = 3", Outcome::met},
          Row{"round_half_up(6.25 %, 0.1 %) = 6.3 %", Outcome::met},
          Row{"round_half_up(6.25 %, 0.1 %) = 6.2 %", Outcome::not_met},
          Row{"round_half_up(7, 5) = 5", Outcome::met}, Row{"abs(1 - 3) = 2", Outcome::met},
          Row{"max(1, 5 % of 10) = 1", Outcome::met},
          Row{"min(1, 5 % of 10) = 0.5", Outcome::met}}) {
        CAPTURE(row.expression);
        CHECK(ask(territory, row.expression) == row.outcome);
    }
}

TEST_CASE(
    "a foreign growth rule: 5 % of the distance to 800, rounded half up, at least one point") {
    struct Row {
        int base;
        int now;
        Outcome outcome;
    };
    const std::string rule =
        R"((value("api99") >= 800 and value("api00") >= 800)
           or (value("api99") < 800 and
               value("api00") - value("api99") >= max(1, round_half_up(5 % of (800 - value("api99"))))))";
    for (const Row& row : {Row{448, 466, Outcome::met}, Row{448, 465, Outcome::not_met},
                           Row{790, 791, Outcome::met}, Row{790, 790, Outcome::not_met},
                           Row{770, 772, Outcome::met}, Row{770, 771, Outcome::not_met},
                           Row{831, 800, Outcome::met}, Row{831, 799, Outcome::not_met}}) {
        CAPTURE(row.base);
        CAPTURE(row.now);
        Territory territory;
        territory.school("s1");
        territory.imported("s1", 2024, "api99", {row.base, 1});
        territory.imported("s1", 2024, "api00", {row.now, 1});
        CHECK(ask(territory, rule) == row.outcome);
    }
}

TEST_CASE("the year before: the same work; unknown without data, «no» when it was not held") {
    Territory territory;
    territory.school("s1");
    territory.add({.subject = "russian", .n = 10, .low = 5});
    const std::string fell = "any(p in held(ОГЭ), low_share(p, year before) < low_share(p))";
    CHECK(ask(territory, fell) == Outcome::unknown);
    territory.add({.subject = "mathematics", .year = 2023, .n = 10, .low = 1});
    CHECK(ask(territory, fell) == Outcome::not_met);
    CHECK(ask(territory, "any(p in held(ОГЭ), not (low_share(p, year before) < low_share(p)))") ==
          Outcome::not_met);
    CHECK(ask(territory, "any(p in held(ОГЭ), was_held(p, year before))") == Outcome::not_met);
    territory.add({.subject = "russian", .year = 2023, .n = 10, .low = 4});
    CHECK(ask(territory, fell) == Outcome::met);
    CHECK(ask(territory, "any(p in held(ОГЭ), was_held(p, year before))") == Outcome::met);
}

TEST_CASE("windows: mean of years, pooled, sum, slope, smallest, every, any are different things") {
    Territory territory;
    territory.school("s1");
    territory.add({.year = 2022, .n = 10, .low = 1});
    territory.add({.year = 2023, .n = 20, .low = 4});
    territory.add({.year = 2024, .n = 70, .low = 21});
    const auto holds = [&](const std::string& text) {
        return ask(territory, text) == Outcome::met;
    };
    CHECK(holds("mean over last(3 years) of low_share(ОГЭ) = 20 %"));
    CHECK(holds("pooled over last(3 years) of low_share(ОГЭ) = 26 %"));
    CHECK(holds("sum over last(3 years) of low_share(ОГЭ) = 60 %"));
    CHECK(holds("slope over last(3 years) of low_share(ОГЭ) = 10 pp"));
    CHECK(holds("min over last(3 years) of low_share(ОГЭ) = 10 %"));
    CHECK(holds("max over last(3 years) of low_share(ОГЭ) = 30 %"));
    CHECK(holds("every over last(3 years) of (low_share(ОГЭ) >= 10 %)"));
    CHECK(holds("any over last(3 years) of (low_share(ОГЭ) >= 30 %)"));
    CHECK(holds("count over last(3 years) of (low_share(ОГЭ) >= 20 %) = 2"));
    CHECK(holds("mean over previous(2 years) of low_share(ОГЭ) = 15 %"));
    CHECK(holds("low_share(ОГЭ, 2 years before) = 10 %"));
    CHECK(ask(territory, "mean over last(4 years) of low_share(ОГЭ) >= 0 %") == Outcome::unknown);
}

TEST_CASE("a year without the procedure: the last ones held, a shorter window, or unknown") {
    const std::string sections =
        "parameters:\n"
        "  gap: {value: last_held, other: [shorten, unknown], title: t, evidence: K}\n"
        "windows: {w: {years: 3 years, without_procedure: gap}}\n";
    Territory territory;
    territory.school("s1");
    territory.school("s2");
    for (const int year : {2018, 2019, 2021, 2022}) {
        territory.add({.year = year, .n = 10, .low = year - 2018});
    }
    territory.add({.type = vpr, .grade = 5, .year = 2020, .n = 10, .low = 9});
    const auto evidence = territory.evidence();
    const auto outcome = [&](const std::string& reading, const std::string& text) {
        const Pack pack = testing::with(testing::rule(text, sections), {{"gap", reading}});
        return BoundPack{pack, evidence, {2022}}.evaluate(0).outcomes[0];
    };
    // Held in 2019, 2021, 2022 with 1, 3 and 4 of 10.
    CHECK(outcome("last_held", "sum over w of low_share(ОГЭ) = 80 %") == Outcome::met);
    CHECK(outcome("shorten", "sum over w of low_share(ОГЭ) = 70 %") == Outcome::met);
    CHECK(outcome("unknown", "sum over w of low_share(ОГЭ) >= 0 %") == Outcome::unknown);
}

TEST_CASE(
    "regional values: pooled over participants with the own school; an imported one outranks it") {
    Territory territory;
    territory.school("s1");
    territory.school("s2");
    territory.add({.school = "s1", .n = 10, .low = 2});
    territory.add({.school = "s2", .n = 90, .low = 8});
    const std::string above = "every(p in held(ОГЭ), low_share(p) > region(low_share(p)))";
    CHECK(ask(territory, above) == Outcome::met);
    CHECK(ask(territory, "every(p in held(ОГЭ), region(low_share(p)) = 10 %)") == Outcome::met);
    CHECK(ask(territory, "region(low_share(ОГЭ)) = 10 %") == Outcome::met);
    CHECK(ask(territory, "every(p in held(ОГЭ), district(low_share(p)) = country(low_share(p)))") ==
          Outcome::met);
    territory.reference({.school = "s1"}, "low_share", {1, 4});
    CHECK(ask(territory, "every(p in held(ОГЭ), region(low_share(p)) = 25 %)") == Outcome::met);
    CHECK(ask(territory, above) == Outcome::not_met);
}

TEST_CASE("places in a group: lowest alone, percent rank with ties, significance") {
    Territory territory;
    for (const char* id : {"s1", "s2", "s3", "s4", "s5"}) territory.school(id);
    const int low[] = {40, 30, 30, 10, 0};
    for (int i = 0; i < 5; ++i) {
        territory.add({.school = "s" + std::to_string(i + 1), .n = 100, .low = low[i]});
    }
    const auto of = [&](int school, const std::string& text) {
        const auto evidence = territory.evidence();
        return BoundPack{testing::rule(text), evidence, {2024}}
            .evaluate(static_cast<std::uint32_t>(school - 1))
            .outcomes[0];
    };
    CHECK(of(1, "highest_in(cluster, low_share(ОГЭ))") == Outcome::met);
    CHECK(of(2, "highest_in(cluster, low_share(ОГЭ))") == Outcome::not_met);
    CHECK(of(5, "lowest_in(region, low_share(ОГЭ))") == Outcome::met);
    // (minimum rank - 1) / (N - 1): 0, 1/4, 2/4 and 2/4 for the tie, 4/4.
    CHECK(of(2, "percent_rank(district, low_share(ОГЭ)) = 50 %") == Outcome::met);
    CHECK(of(3, "percent_rank(district, low_share(ОГЭ)) = 50 %") == Outcome::met);
    CHECK(of(1, "percent_rank(country, low_share(ОГЭ)) = 100 %") == Outcome::met);
    CHECK(of(1, "any(p in held(ОГЭ), significantly_above(cluster, low_share(p)))") == Outcome::met);
    CHECK(of(2, "any(p in held(ОГЭ), significantly_above(cluster, low_share(p)))") ==
          Outcome::not_met);
    CHECK(of(5, "significantly_below(region, low_share(ОГЭ))") == Outcome::met);
    CHECK(of(1, "any(p in held(ОГЭ), highest_in(cluster, low_share(p)))") == Outcome::met);
}

TEST_CASE("a school alone in its group has no place in it") {
    Territory territory;
    territory.school("s1");
    territory.add({.n = 10, .low = 3});
    CHECK(ask(territory, "lowest_in(cluster, low_share(ОГЭ))") == Outcome::unknown);
    CHECK(ask(territory, "percent_rank(cluster, low_share(ОГЭ)) <= 10 %") == Outcome::unknown);
}

TEST_CASE("levels: a set that the school's grades cannot take does not concern it") {
    Territory territory;
    territory.school("s1", model::SchoolType::primary);
    territory.add({.type = vpr, .grade = 4, .n = 10, .low = 3});
    CHECK(ask(territory, "any(p in held(ЕГЭ), low_share(p) >= 30 %)") == Outcome::not_applicable);
    CHECK(ask(territory, "count(p in held(ОГЭ), low_share(p) >= 30 %) >= 1") ==
          Outcome::not_applicable);
    CHECK(ask(territory, "mean_mark(ОГЭ) >= 3") == Outcome::not_applicable);
    CHECK(ask(territory, "any(p in held(ВПР, programme grade 4), low_share(p) >= 30 %)") ==
          Outcome::met);
    CHECK(ask(territory, "teaches grades 1..4") == Outcome::met);
    CHECK(ask(territory, "teaches grade 9") == Outcome::not_met);
}

TEST_CASE(
    "filters: subjects, grades of participants and of the programme, ГВЭ only where included") {
    Territory territory;
    territory.school("s1");
    territory.add(
        {.type = vpr, .subject = "russian", .grade = 5, .n = 10, .low = 3, .programme_grade = 4});
    territory.add({.type = vpr, .subject = "history", .grade = 6, .n = 10, .low = 0});
    territory.add(
        {.type = ProcedureType::gve, .subject = "russian", .grade = 9, .n = 10, .low = 10});
    const auto count = [&](const std::string& filter, int expected, const std::string& more = "") {
        CAPTURE(filter);
        CHECK(ask(territory,
                  "count(p in held(" + filter +
                      "), low_share(p) >= 0 %) = " + std::to_string(expected),
                  more) == Outcome::met);
    };
    count("ВПР", 2);
    count("ВПР, [russian]", 1);
    count("ВПР, programme grade 4", 1);
    count("ВПР, grades 5..6", 2);
    count("ВПР, ОГЭ", 3, "inclusion: {gve: included}\n");
    count("ГВЭ", 1);
    CHECK(ask(territory, "count(p in held(ВПР, grade 4), low_share(p) >= 0 %) >= 0") ==
          Outcome::unknown);
    CHECK(ask(territory, "low_share(ВПР, [history]) = 0 %") == Outcome::met);
    CHECK(ask(territory, "low_share(ВПР) = 15 %") == Outcome::met);
}

TEST_CASE("took: whether there is any result, even a small one; used to say whom a rule concerns") {
    Territory territory;
    territory.school("s1");
    territory.add({.year = 2023, .n = 3, .low = 1});
    CHECK(ask(territory, "took(ОГЭ)") == Outcome::not_met);
    CHECK(ask(territory, "took(ОГЭ, year before)") == Outcome::met);
    CHECK(ask(territory, "took(ОГЭ, year before)", "inclusion: {n_min: 10 participants}\n") ==
          Outcome::met);
    CHECK(ask(territory, "took(ВПР, year before)") == Outcome::not_met);
}

TEST_CASE("sums and means over sets; a member without a value makes them unknown unless skipped") {
    Territory territory;
    territory.school("s1");
    territory.add({.subject = "russian", .n = 10, .low = 2, .score_sum = 100, .score_max = 20});
    territory.add({.subject = "mathematics", .n = 20, .low = 1});
    CHECK(ask(territory, "sum(p in held(ОГЭ), low_share(p)) = 25 %") == Outcome::met);
    CHECK(ask(territory, "mean(p in held(ОГЭ), low_share(p)) = 12.5 %") == Outcome::met);
    CHECK(ask(territory, "min(p in held(ОГЭ), low_share(p)) = 5 %") == Outcome::met);
    CHECK(ask(territory, "max(p in held(ОГЭ), low_share(p)) = 20 %") == Outcome::met);
    CHECK(ask(territory, "mean(p in held(ОГЭ), score_share(p)) >= 0 %") == Outcome::unknown);
    CHECK(ask(territory, "mean(p in held(ОГЭ), score_share(p)) = 50 %",
              "inclusion: {missing_members: skip}\n") == Outcome::met);
}

TEST_CASE("official lists: who has no row is not listed, once somebody is") {
    Territory territory;
    territory.school("s1");
    territory.school("s2");
    CHECK(ask(territory, R"(in_list("l"))") == Outcome::unknown);
    territory.imported("s2", 2024, "l", {1, 1});
    CHECK(ask(territory, R"(in_list("l"))") == Outcome::not_met);
    CHECK(ask(territory, R"(in_list("l", year before))") == Outcome::unknown);
    territory.imported("s1", 2024, "l", {1, 1});
    CHECK(ask(territory, R"(in_list("l"))") == Outcome::met);
}

TEST_CASE("markers of objectivity are counted where somebody gave them") {
    Territory territory;
    territory.school("s1");
    CHECK(ask(territory, "objectivity_markers >= 1") == Outcome::unknown);
    territory.marker("s1", 2024, "russian", 4, false);
    CHECK(ask(territory, "objectivity_markers >= 1") == Outcome::not_met);
    territory.marker("s1", 2024, "mathematics", 4, true);
    CHECK(ask(territory, "objectivity_markers >= 1") == Outcome::met);
}

TEST_CASE("facts and their shares") {
    Territory territory;
    territory.school("s1");
    territory.fact("s1", 2024, "pupils", 200).fact("s1", 2024, "families_incomplete", 50);
    CHECK(ask(territory, "families_incomplete_share = 25 %") == Outcome::met);
    CHECK(ask(territory, R"(fact("families_incomplete") / fact("pupils") = 25 %)") == Outcome::met);
    CHECK(ask(territory, "families_incomplete_share(year before) >= 0 %") == Outcome::unknown);
}

}  // namespace opora::rules

// The packs of the territories: cluster-relative lists, official lists, growth and objectivity
// flags, analysis thresholds.

#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using model::Outcome;
using model::ProcedureType;
using model::Verdict;
using testing::Territory;

namespace {

constexpr ProcedureType vpr = ProcedureType::vpr;
using Values = std::vector<std::pair<std::string, std::string>>;

struct Judged {
    Pack pack;
    Conclusion conclusion;
    Outcome operator[](const std::string& rule) const {
        for (std::size_t i = 0; i < pack.rules.size(); ++i) {
            if (pack.rules[i].id == rule) return conclusion.outcomes[i];
        }
        throw std::runtime_error{"no such rule: " + rule};
    }
};

Judged judge(const Territory& territory, const std::string& id, int year, std::uint32_t school = 0,
             const Values& values = {}) {
    const Pack pack = testing::with(testing::shipped(id), values);
    const auto evidence = territory.evidence();
    return {pack, BoundPack{pack, evidence, {year}}.evaluate(school)};
}

/// Twelve schools of one cluster over three years; school s01 fails most, each next one fails less.
Territory cluster() {
    Territory territory;
    for (int i = 1; i <= 12; ++i) {
        const std::string id = i < 10 ? "s0" + std::to_string(i) : "s" + std::to_string(i);
        territory.school(id);
        for (const int year : {2022, 2023, 2024}) {
            territory.add(
                {.school = id, .year = year, .n = 200, .low = 120 - 8 * i, .good = 5 * i});
        }
    }
    return territory;
}

}  // namespace

TEST_CASE("adyge-khabl: worse than all, worst tenth, significantly worse than the cluster") {
    const Territory territory = cluster();
    CHECK(judge(territory, "adyge-khabl", 2024, 0).conclusion.verdict == Verdict::listed);
    CHECK(judge(territory, "adyge-khabl", 2024, 1).conclusion.verdict == Verdict::watch);
    CHECK(judge(territory, "adyge-khabl", 2024, 5).conclusion.verdict == Verdict::not_listed);
    const Values decile{{"cluster_reading", "worst_decile"}};
    CHECK(judge(territory, "adyge-khabl", 2024, 1, decile).conclusion.verdict == Verdict::listed);
    CHECK(judge(territory, "adyge-khabl", 2024, 2, decile).conclusion.verdict ==
          Verdict::not_listed);
    const Values significant{{"cluster_reading", "significantly_worse"}};
    CHECK(judge(territory, "adyge-khabl", 2024, 3, significant).conclusion.verdict ==
          Verdict::listed);
    CHECK(judge(territory, "adyge-khabl", 2024, 6, significant).conclusion.verdict ==
          Verdict::not_listed);
    const Values by_quality{{"measured_by", "quality"}};
    CHECK(judge(territory, "adyge-khabl", 2024, 0, by_quality).conclusion.verdict ==
          Verdict::listed);
}

TEST_CASE("adyge-khabl: a period that the data do not reach leaves the school unknown") {
    Territory territory;
    for (const char* id : {"s1", "s2"}) {
        territory.school(id);
        for (const int year : {2023, 2024}) {
            territory.add({.school = id, .year = year, .n = 100, .low = id[1] == '1' ? 50 : 10});
        }
    }
    CHECK(judge(territory, "adyge-khabl", 2024).conclusion.verdict == Verdict::unknown);
    CHECK(judge(territory, "adyge-khabl", 2024, 0, {{"period_years", "2"}}).conclusion.verdict ==
          Verdict::listed);
    CHECK(judge(territory, "adyge-khabl", 2024, 1).conclusion.verdict == Verdict::not_listed);
}

TEST_CASE("adyge-khabl: adverse conditions are a flag of their own, and a list only where chosen") {
    Territory territory = cluster();
    for (int i = 1; i <= 12; ++i) {
        const std::string id = i < 10 ? "s0" + std::to_string(i) : "s" + std::to_string(i);
        territory.fact(id, 2024, "pupils", 100)
            .fact(id, 2024, "families_incomplete", 5 * i)
            .fact(id, 2024, "registered", i)
            .fact(id, 2024, "russian_not_native", 2 * i)
            .fact(id, 2024, "parents_both_higher", 60 - 4 * i);
    }
    const auto last = judge(territory, "adyge-khabl", 2024, 11);
    CHECK(last["adverse_conditions"] == Outcome::met);
    CHECK(last["low_results"] == Outcome::not_met);
    CHECK(last.conclusion.verdict == Verdict::not_listed);
    CHECK(judge(territory, "adyge-khabl", 2024, 11, {{"list_scope", "low_or_adverse"}})
              .conclusion.verdict == Verdict::listed);
    CHECK(judge(cluster(), "adyge-khabl", 2024, 11)["adverse_conditions"] == Outcome::unknown);
}

TEST_CASE("packs without a rule take the official list and say so") {
    for (const char* id : {"pervomaysky-tomsk", "krasnoselsky", "pervomaysky-altai"}) {
        CAPTURE(id);
        const Pack pack = testing::shipped(id);
        CHECK(pack.decision.official_list);
        const std::string list =
            pack.document.id == "pervomaysky-tomsk" ? "official_list" : "official_list_low";
        Territory territory;
        territory.school("s1");
        territory.school("s2");
        CHECK(judge(territory, id, 2021).conclusion.verdict == Verdict::unknown);
        territory.imported("s1", 2021, list, {1, 1});
        CHECK(judge(territory, id, 2021).conclusion.verdict == Verdict::listed);
        if (pack.document.id != "krasnoselsky") {
            CHECK(judge(territory, id, 2021, 1).conclusion.verdict == Verdict::not_listed);
        }
    }
}

TEST_CASE("krasnoselsky: two categories; a school opened after its data waits for a check") {
    Territory territory;
    territory.school("s1").opened = model::SchoolYear{2021};
    territory.school("s2");
    territory.school("s3");
    territory.imported("s1", 2020, "official_list_low", {1, 1});
    territory.imported("s2", 2020, "official_list_low", {1, 1});
    territory.imported("s2", 2020, "official_list_adverse", {0, 1});
    territory.imported("s3", 2020, "official_list_adverse", {1, 1});
    const auto opened = judge(territory, "krasnoselsky", 2020, 0);
    CHECK(opened.conclusion.verdict == Verdict::unknown);
    CHECK(opened.conclusion.review == Review::opened_recently);
    CHECK(notes(opened.conclusion).front().starts_with("данные на проверке"));
    CHECK(judge(territory, "krasnoselsky", 2020, 1).conclusion.verdict == Verdict::listed);
    CHECK(judge(territory, "krasnoselsky", 2020, 2).conclusion.verdict == Verdict::listed);
    CHECK(judge(territory, "krasnoselsky", 2020, 1, {{"categories", "both"}}).conclusion.verdict ==
          Verdict::not_listed);
    CHECK(judge(territory, "krasnoselsky", 2020, 2, {{"categories", "low_only"}})
              .conclusion.verdict == Verdict::not_listed);
}

TEST_CASE(
    "pervomaysky-altai: growing schools and signs of non-objectivity are flags beside the list") {
    Territory territory;
    territory.school("s1");
    for (const int year : {2022, 2023, 2024}) {
        territory.add({.year = year, .n = 100, .low = 10, .good = 30 + 5 * (year - 2022)});
    }
    territory.marker("s1", 2024, "russian", 4, true);
    const auto grown = judge(territory, "pervomaysky-altai", 2024);
    CHECK(grown["growth"] == Outcome::met);
    CHECK(grown["objectivity_signs"] == Outcome::met);
    CHECK(judge(territory, "pervomaysky-altai", 2024, 0,
                {{"markers_min", "2"}})["objectivity_signs"] == Outcome::not_met);
    CHECK(judge(territory, "pervomaysky-altai", 2024, 0, {{"growth_limit", "5.1 pp"}})["growth"] ==
          Outcome::not_met);
    CHECK(judge(territory, "pervomaysky-altai", 2023)["growth"] == Outcome::unknown);
}

TEST_CASE("pervomaysky-altai: the ЕГЭ has no marks, so growth is judged without it") {
    struct Row {
        bool with_ege;
        bool with_oge;
        bool vpr_unmarked;
        Outcome growth;
    };
    for (const Row& row :
         {Row{false, true, false, Outcome::met}, Row{true, true, false, Outcome::met},
          Row{true, false, false, Outcome::unknown}, Row{true, true, true, Outcome::unknown}}) {
        CAPTURE(row.with_ege);
        CAPTURE(row.with_oge);
        CAPTURE(row.vpr_unmarked);
        Territory territory;
        territory.school("s1");
        for (const int year : {2022, 2023, 2024}) {
            const int good = 30 + 5 * (year - 2022);
            if (row.with_oge) territory.add({.year = year, .n = 100, .low = 10, .good = good});
            if (row.with_ege) {
                territory.add({.type = model::ProcedureType::ege,
                               .grade = 11,
                               .year = year,
                               .n = 40,
                               .low = 4,
                               .unmarked = true});
            }
            if (row.vpr_unmarked) {
                territory.add({.type = vpr, .grade = 5, .year = year, .n = 20, .unmarked = true});
            }
        }
        CHECK(judge(territory, "pervomaysky-altai", 2024)["growth"] == row.growth);
    }
}

TEST_CASE("fioko-2026: 10 points more of «2», differences with the journal, enough pupils") {
    struct Row {
        int before;
        int now;
        Outcome more;
        Outcome fewer;
    };
    for (const Row& row : {Row{10, 20, Outcome::met, Outcome::not_met},
                           Row{10, 19, Outcome::not_met, Outcome::not_met},
                           Row{10, 10, Outcome::not_met, Outcome::met},
                           Row{10, 5, Outcome::not_met, Outcome::met}}) {
        CAPTURE(row.now);
        Territory territory;
        territory.school("s1");
        territory.add({.type = vpr, .grade = 5, .year = 2025, .n = 100, .low = row.before});
        territory.add(
            {.type = vpr, .grade = 5, .year = 2026, .n = 100, .low = row.now, .far_apart = 0});
        const auto judged = judge(territory, "fioko-2026", 2026);
        CHECK(judged["more_twos"] == row.more);
        CHECK(judged["fewer_twos"] == row.fewer);
        CHECK(judged["far_from_journal"] == Outcome::not_met);
        CHECK(judged["histogram_readable"] == Outcome::met);
        CHECK(judged.conclusion.verdict == Verdict::not_listed);
    }
    Territory first_year;
    first_year.school("s1");
    first_year.add({.type = vpr, .grade = 5, .year = 2026, .n = 49, .low = 4, .far_apart = 1});
    const auto judged = judge(first_year, "fioko-2026", 2026);
    CHECK(judged["more_twos"] == Outcome::unknown);
    CHECK(judged["far_from_journal"] == Outcome::met);
    CHECK(judged["histogram_readable"] == Outcome::not_met);
}

TEST_CASE(
    "risk-indicators-1336: one graduate without the minimum; more than a quarter of a diagnosis") {
    Territory territory;
    territory.school("s1");
    territory.add({.n = 50, .low = 0});
    territory.add({.type = ProcedureType::diagnostics, .grade = 8, .n = 40, .low = 10});
    CHECK(judge(territory, "risk-indicators-1336", 2024).conclusion.verdict == Verdict::not_listed);
    territory.add({.subject = "mathematics", .n = 50, .low = 1});
    CHECK(judge(territory, "risk-indicators-1336", 2024)["gia_failed"] == Outcome::met);
    territory.add(
        {.type = ProcedureType::diagnostics, .subject = "physics", .grade = 8, .n = 40, .low = 11});
    CHECK(judge(territory, "risk-indicators-1336", 2024)["diagnostics_failed"] == Outcome::met);
}

}  // namespace opora::rules

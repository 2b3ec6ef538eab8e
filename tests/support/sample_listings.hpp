#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/model/listing.hpp"

/// Derivations such as the rules make, for tests of what is written about them. Schools and numbers
/// are invented.
namespace opora::testing {

using model::Derivation;
using model::Measurement;
using model::Missing;
using model::Outcome;
using model::Procedure;
using model::ProcedureType;

inline Procedure vpr(const char* subject, int grade, int year = 2024) {
    return {{year}, ProcedureType::vpr, {subject}, grade, grade, model::Period::main};
}
inline Procedure oge(const char* subject, int year = 2024) {
    return {{year}, ProcedureType::oge, {subject}, 9, 9, model::Period::main};
}
inline Procedure ege(const char* subject, int year = 2024) {
    return {{year}, ProcedureType::ege, {subject}, 11, 11, model::Period::main};
}

/// A share x/n of low results with its interval and source.
inline Derivation low_share(const Procedure& procedure, Measurement value, double low = 0,
                            double high = 0, std::vector<model::Source> sources = {}) {
    return {.kind = Derivation::Kind::indicator,
            .text = "low_share(p)",
            .indicator = "low_share",
            .procedure = procedure,
            .value = value,
            .unit = model::Unit::share,
            .interval_low = low,
            .interval_high = high,
            .has_interval = high > 0,
            .sources = std::move(sources)};
}

inline Derivation given(const std::string& text, Measurement value, model::Unit unit) {
    return {.kind = Derivation::Kind::parameter, .text = text, .value = value, .unit = unit};
}

inline Derivation compared(std::string text, Derivation left, std::string sign, Derivation right,
                           Outcome outcome) {
    return {.kind = Derivation::Kind::comparison,
            .text = std::move(text),
            .comparison = std::move(sign),
            .procedure = left.procedure,
            .outcome = outcome,
            .parts = {std::move(left), std::move(right)}};
}

inline Derivation at_least_30(Derivation share, Outcome outcome) {
    return compared("low_share(p) >= 30 %", std::move(share),
                    ">=", given("30 %", Measurement::of(3, 10, 0), model::Unit::share), outcome);
}

inline Derivation joined(std::string text, Outcome outcome, std::vector<Derivation> parts) {
    return {.kind = Derivation::Kind::logic,
            .text = std::move(text),
            .outcome = outcome,
            .parts = std::move(parts)};
}

/// Two of four procedures are low, one is near the threshold, one was not held.
inline model::Finding two_procedures() {
    Derivation count{
        .kind = Derivation::Kind::quantifier,
        .text = "count(p in held(VPR, OGE, EGE), low_share(p) >= 30 %)",
        .value = Measurement::of(2, 1, 4),
        .unit = model::Unit::count,
        .parts = {at_least_30(low_share(oge("russian"), Measurement::of(2, 19, 19), 0.0294, 0.3139,
                                        {{"ОГЭ 01.csv", 3, 21}}),
                              Outcome::not_met),
                  at_least_30(low_share(vpr("mathematics", 5), Measurement::of(8, 25, 25), 0.1721,
                                        0.5159, {{"Ф1 МА5.xlsx", 14, 38}}),
                              Outcome::met),
                  at_least_30(low_share(oge("mathematics"), Measurement::of(6, 19, 19), 0.1536,
                                        0.5399, {{"ОГЭ 22.csv", 3, 21}}),
                              Outcome::met),
                  at_least_30(low_share(ege("russian"), Measurement::absent(Missing::not_held)),
                              Outcome::unknown),
                  at_least_30(low_share(vpr("history", 6),
                                        Measurement::absent(Missing::too_few_results, 4)),
                              Outcome::unknown)}};
    return {.rule = "A",
            .clause = "1.1",
            .outcome = Outcome::met,
            .derivation = compared(
                "count(p in held(VPR, OGE, EGE), low_share(p) >= 30 %) >= 2", std::move(count),
                ">=", given("2", Measurement::of(2, 1, 0), model::Unit::count), Outcome::met)};
}

/// No procedure was low in both years; one has no earlier results.
inline model::Finding two_years() {
    const auto pair = [](const Procedure& procedure, Derivation now, Outcome now_low,
                         Derivation before, Outcome before_low, Outcome outcome) {
        Derivation both = joined(
            "low_share(p) >= 30 % and low_share(p, year before) >= 30 %", outcome,
            {at_least_30(std::move(now), now_low), at_least_30(std::move(before), before_low)});
        both.procedure = procedure;
        return both;
    };
    Derivation any{
        .kind = Derivation::Kind::quantifier,
        .text =
            "any(p in held(VPR, OGE, EGE), low_share(p) >= 30 % and low_share(p, year before) "
            ">= 30 %)",
        .outcome = Outcome::unknown,
        .parts = {pair(vpr("mathematics", 5),
                       low_share(vpr("mathematics", 5), Measurement::of(8, 25, 25), 0.1721, 0.5159,
                                 {{"Ф1 МА5.xlsx", 14, 38}}),
                       Outcome::met,
                       low_share(vpr("mathematics", 5, 2023), Measurement::of(2, 26, 26), 0.0214,
                                 0.2414, {{"Ф1 МА5 2023.xlsx", 14, 39}}),
                       Outcome::not_met, Outcome::not_met),
                  pair(oge("mathematics"),
                       low_share(oge("mathematics"), Measurement::of(6, 19, 19), 0.1536, 0.5399,
                                 {{"ОГЭ 22.csv", 3, 21}}),
                       Outcome::met,
                       low_share(oge("mathematics", 2023), Measurement::absent(Missing::no_data)),
                       Outcome::unknown, Outcome::unknown)}};
    return {
        .rule = "B", .clause = "1.1", .outcome = Outcome::unknown, .derivation = std::move(any)};
}

/// A mean of three years, computed and compared, and a share that must stay under its threshold.
inline model::Finding failures_and_quality() {
    const auto failed = [](int year, std::int64_t x, std::int64_t n) {
        return Derivation{.kind = Derivation::Kind::indicator,
                          .text = "below_minimum_share",
                          .indicator = "below_minimum_share",
                          .procedure = oge("mathematics", year),
                          .value = Measurement::of(x, n, n),
                          .unit = model::Unit::share};
    };
    Derivation mean{.kind = Derivation::Kind::arithmetic,
                    .text = "mean over window of sum(oge.below_minimum by subject)",
                    .value = Measurement::of(7, 200, 120),
                    .unit = model::Unit::share,
                    .parts = {failed(2022, 1, 40), failed(2023, 2, 40), failed(2024, 0, 40)}};
    Derivation quality{.kind = Derivation::Kind::indicator,
                       .text = "pooled over window of oge.quality",
                       .indicator = "quality",
                       .year = model::SchoolYear{2024},
                       .value = Measurement::of(2997, 7500, 7500),
                       .unit = model::Unit::share,
                       .interval_low = 0.3885,
                       .interval_high = 0.4108,
                       .has_interval = true,
                       .sources = {{"ОГЭ 22.csv", 3, 40}}};
    return {.rule = "oge",
            .clause = "VII 3.1",
            .outcome = Outcome::met,
            .derivation = joined(
                "mean over window of sum(oge.below_minimum by subject) >= failure_limit and pooled "
                "over window of oge.quality < quality_limit",
                Outcome::met,
                {compared("", std::move(mean), ">=",
                          given("failure_limit", Measurement::of(35, 1000, 0), model::Unit::share),
                          Outcome::met),
                 compared("", std::move(quality), "<",
                          given("quality_limit", Measurement::of(4, 10, 0), model::Unit::share),
                          Outcome::met)})};
}

inline model::Listing listed_school() {
    return {.school = {"edu000107"},
            .school_name = "Ручейковская СОШ",
            .verdict = model::Verdict::listed,
            .rules_met = {"A"},
            .notes = {"за один год"},
            .findings = {two_procedures(), two_years()}};
}

inline model::SchoolList sample_list() {
    model::Listing quiet{.school = {"edu000108"},
                         .school_name = "=Заречная ООШ",
                         .verdict = model::Verdict::not_listed,
                         .probability = 0.07,
                         .reliability = model::Reliability::none,
                         .findings = {}};
    return {.methodology = {"federal-2025"},
            .version = "1",
            .year = {2024},
            .snapshot = "4f1c2a7d90b3e5c8114f1c2a7d90b3e5c8114f1c2a7d90b3e5c8114f1c2a7d90",
            .listings = {listed_school(), std::move(quiet)}};
}

}  // namespace opora::testing

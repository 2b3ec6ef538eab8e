// Any text as the condition of a rule: it is refused with a place, or it is evaluated, twice, to
// the same outcome.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "opora/rules/checker.hpp"
#include "opora/rules/evaluate.hpp"
#include "opora/rules/parser.hpp"

namespace {

using namespace opora;

constexpr std::string_view declarations = R"(
document:
  {id: t, version: '1', title: t, issuer: t, source: t, level: school, evidence: K, in_force: {from: 2024-09-01}}
parameters:
  low_limit: {value: 30 %, title: t, evidence: K}
  years_min: {value: 3 years, title: t, evidence: K}
  reading: {value: pooled, other: [mean], title: t, evidence: K}
  counted: {value: [russian], other: [all], title: t, evidence: K}
windows:
  window: {years: years_min}
define:
  low(p): low_share(p) >= low_limit
expects:
  - ОГЭ, grade 9, subjects counted
rules:
  - id: r
    clause: c
    row: t
    title: t
    when: >-
      choose(reading, pooled -> any(p in held(ОГЭ), low(p)), mean -> mean over window of low_share(ОГЭ) > 1 %)
decision: {listing: r}
)";

indicators::Evidence small_evidence() {
    indicators::EvidenceInput input;
    input.territories = {{{"r"}, model::TerritoryLevel::region, "r", {}, ""}};
    for (const char* id : {"a", "b", "c"}) {
        model::School school;
        school.id = {id};
        school.territory = {"r"};
        input.schools.push_back(school);
    }
    indicators::CellBlock block;
    block.file = "f";
    block.cells.schools = {{"a"}, {"b"}};
    for (const int year : {2022, 2023, 2024}) {
        const auto procedure = static_cast<std::uint32_t>(block.cells.procedures.size());
        block.cells.procedures.push_back({{year}, model::ProcedureType::oge, {"russian"}, 9, 9});
        for (std::uint32_t school = 0; school < 2; ++school) {
            tally::CoreCell cell{.school = school, .procedure = procedure};
            cell.counts.participants = cell.counts.minimum_known = 10;
            cell.counts.marks = {3, 3, 4, 0};
            cell.counts.below_minimum = 3;
            block.cells.cells.push_back(cell);
        }
    }
    input.imported = {{{"a"}, {2024}, {"x"}, {1, 3}, std::nullopt}};
    input.blocks.push_back(std::move(block));
    return indicators::Evidence{std::move(input)};
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const rules::Pack base = rules::parse_pack(declarations, "t.yaml").value();
    static const indicators::Evidence evidence = small_evidence();
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    auto parsed = rules::parse_expression(text);
    if (!parsed) {
        if (parsed.error().offset > text.size()) std::abort();
        return 0;
    }
    rules::CheckContext context{.pack = base};
    auto condition = rules::check_condition(std::move(parsed).value(), context);
    if (!context.errors.empty() || context.broken) return 0;
    rules::Pack pack = base;
    pack.rules[0].when = std::move(condition);
    const rules::BoundPack bound{std::move(pack), evidence, {2024}};
    for (std::uint32_t i = 0; i < 3; ++i) {
        if (bound.evaluate(i).outcomes[0] != bound.derive(i)[0].outcome) std::abort();
    }
    return 0;
}

#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace opora::storage {

/// Names of the counts of a cell as columns of a tally file, in the order in which `each_field`
/// visits them.
constexpr std::array<std::string_view, 19> counts_fields{
    "participants", "no_result",     "mark_2",        "mark_3",           "mark_4",
    "mark_5",       "minimum_known", "below_minimum", "at_minimum_known", "at_minimum",
    "scored",       "score_sum",     "score_squares", "score_max",        "journaled",
    "lowered",      "confirmed",     "raised",        "far_apart"};

/// Which counts a tally file has columns for; the others are zero in all its cells.
using CountsPresent = std::array<bool, counts_fields.size()>;

/// Whether the field is a sum of 64 bits.
constexpr bool is_wide(std::size_t field) {
    return counts_fields[field] == "score_sum" || counts_fields[field] == "score_squares";
}

/// Visits the fields of CellCounts (const or not) in a fixed order.
template <class Counts, class Visit>
void each_field(Counts& counts, const Visit& visit) {
    visit(counts.participants);
    visit(counts.no_result);
    for (auto& count : counts.marks) visit(count);
    visit(counts.minimum_known);
    visit(counts.below_minimum);
    visit(counts.at_minimum_known);
    visit(counts.at_minimum);
    visit(counts.scored);
    visit(counts.score_sum);
    visit(counts.score_squares);
    visit(counts.score_max);
    visit(counts.journaled);
    visit(counts.lowered);
    visit(counts.confirmed);
    visit(counts.raised);
    visit(counts.far_apart);
}

}  // namespace opora::storage

#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "opora/indicators/evidence.hpp"
#include "opora/rules/drawn_cells.hpp"
#include "opora/statistics/beta_binomial.hpp"
#include "opora/statistics/lanes.hpp"

namespace opora::identification {

/// What is drawn from one model: a share of pupils, or the mean of their scores.
///
/// Marks are drawn by breaking a stick, so that every indicator of marks comes from one
/// distribution: `two` of all, `three` of the others, `four` of the rest. `low` of a work whose
/// threshold is mark 2 takes the place of `two`.
enum class ResultKind : std::uint8_t {
    low,
    two,
    three,
    four,
    score,
    at_minimum,
    no_result,
    lowered,
    confirmed,
    raised,
    far_apart,
    bottom_quartile,
};
constexpr std::size_t result_kinds = 12;
using KindSet = std::array<bool, result_kinds>;

constexpr std::size_t place(ResultKind kind) { return static_cast<std::size_t>(kind); }

/// How the value of an indicator follows from the kinds.
struct IndicatorFormula {
    enum class Form : std::uint8_t {
        itself,  ///< The value of `kind`.
        part_of_max,
        share_of_two,
        success,
        quality,
        mean_mark,
        learning_degree,
    };
    Form form = Form::itself;
    ResultKind kind = ResultKind::low;
};

/// By the place of the indicator (rules/drawn_cells.hpp).
IndicatorFormula formula_of(std::size_t indicator);

/// The kinds that the draws of these indicators need.
KindSet kinds_of(const std::array<bool, rules::drawn_indicators>& indicators);

/// The pupils of a cell that a share is counted over; std::nullopt where the cell has none, or
/// where the kind's draws come from another kind (`two` that is `low`).
std::optional<statistics::Counted> counted(ResultKind kind, const indicators::EvidenceCell& cell);

/// Whether the threshold of the work is mark 2: then `low` and `two` are one share.
bool low_is_two(const indicators::EvidenceCell& cell);

constexpr float not_drawn = -1;

/// Draws of the kinds of one cell: nullptr for a kind that nobody needs; a kind that the cell has
/// no draw of is negative in all lanes.
using KindLanes = std::array<const statistics::Lanes*, result_kinds>;

/// The values of an indicator in a cell, in its unit; negative where a kind is not drawn: then the
/// measured value holds.
void indicator_values(const IndicatorFormula& formula, const KindLanes& kinds,
                      const indicators::EvidenceCell& cell, statistics::Lanes& values);

}  // namespace opora::identification

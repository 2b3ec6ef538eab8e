#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "opora/model/assessment_result.hpp"
#include "opora/model/scale.hpp"

namespace opora::tally {

/// The scale of a procedure in a region: its own if it has one, else the recommended one; nullptr
/// when none is known.
const model::Scale* find_scale(std::span<const model::Scale> scales,
                               const model::Procedure& procedure, const model::TerritoryId& region);

/// The marks that a score can mean: one mark when everything that decides it is known, a span when
/// a side condition concerns tasks whose points are not. Both ends are inclusive.
struct MarkSpan {
    std::int32_t lowest = 2;
    std::int32_t highest = 5;

    bool contains(std::int32_t mark) const { return lowest <= mark && mark <= highest; }

    friend bool operator==(const MarkSpan&, const MarkSpan&) = default;
};

/// `tasks` and `points` are parallel: what is known of a pupil's tasks; both may be empty. Nothing
/// without a step table. A table that only knows the first score of the mark 3 gives 3..5 from
/// there on.
std::optional<MarkSpan> possible_marks(const model::Scale& scale, std::int32_t score,
                                       std::span<const model::Task> tasks,
                                       std::span<const std::optional<std::int16_t>> points);

/// The mark when exactly one is possible.
std::optional<std::int32_t> mark_of(const model::Scale& scale, std::int32_t score,
                                    std::span<const model::Task> tasks,
                                    std::span<const std::optional<std::int16_t>> points);

/// The lowest score that is enough: the test score for the purpose (ЕГЭ), else the first score of
/// the mark 3, which only a certificate asks for.
std::optional<std::int32_t> minimum_of(const model::Scale& scale, model::MinimumPurpose purpose);

}  // namespace opora::tally

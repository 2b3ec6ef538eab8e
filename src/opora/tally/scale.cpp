#include "opora/tally/scale.hpp"

#include <algorithm>

namespace opora::tally {

namespace {

bool covers(const model::Scale& scale, const model::Procedure& procedure) {
    if (scale.type != procedure.type || scale.subject != procedure.subject) return false;
    if (scale.programme_grade && *scale.programme_grade != procedure.programme_grade) return false;
    if (!scale.year_first && !scale.year_last) return false;
    if (scale.year_first && procedure.year < *scale.year_first) return false;
    return !scale.year_last || procedure.year <= *scale.year_last;
}

/// What is known of the points that a side condition counts.
struct PointSpan {
    std::int32_t lowest = 0;
    std::optional<std::int32_t> highest;  ///< Unknown when a task is not in the protocol.
};

PointSpan counted_points(const model::SideCondition& condition, std::span<const model::Task> tasks,
                         std::span<const std::optional<std::int16_t>> points) {
    PointSpan sum{0, 0};
    if (condition.tasks.empty()) sum.highest.reset();
    for (const std::string& number : condition.tasks) {
        const auto task = std::ranges::find(tasks, number, &model::Task::number);
        const auto place = static_cast<std::size_t>(task - tasks.begin());
        if (task == tasks.end() || place >= points.size()) {
            sum.highest.reset();
        } else if (points[place]) {
            sum.lowest += *points[place];
            if (sum.highest) *sum.highest += *points[place];
        } else if (sum.highest) {
            *sum.highest += task->points_max;
        }
    }
    return sum;
}

std::optional<MarkSpan> by_steps(const model::Scale& scale, std::int32_t score) {
    if (!scale.first_scores[0]) return std::nullopt;
    if (score < *scale.first_scores[0]) return MarkSpan{2, 2};
    if (!scale.first_scores[1] || !scale.first_scores[2]) return MarkSpan{3, 5};
    const std::int32_t mark = score >= *scale.first_scores[2]   ? 5
                              : score >= *scale.first_scores[1] ? 4
                                                                : 3;
    return MarkSpan{mark, mark};
}

}  // namespace

const model::Scale* find_scale(std::span<const model::Scale> scales,
                               const model::Procedure& procedure,
                               const model::TerritoryId& region) {
    const model::Scale* recommended = nullptr;
    for (const model::Scale& scale : scales) {
        if (!covers(scale, procedure)) continue;
        if (scale.region.value.empty()) {
            if (recommended == nullptr) recommended = &scale;
        } else if (scale.region == region) {
            return &scale;
        }
    }
    return recommended;
}

std::optional<MarkSpan> possible_marks(const model::Scale& scale, std::int32_t score,
                                       std::span<const model::Task> tasks,
                                       std::span<const std::optional<std::int16_t>> points) {
    const auto steps = by_steps(scale, score);
    if (!steps) return std::nullopt;

    // Conditions speak of the mark of the step table, not of a mark that another condition has
    // already lowered.
    MarkSpan marks = *steps;
    for (const model::SideCondition& condition : scale.conditions) {
        if (!steps->contains(condition.mark)) continue;
        const PointSpan sum = counted_points(condition, tasks, points);
        if (sum.lowest >= condition.points_min) continue;
        marks.lowest = std::min(marks.lowest, condition.mark_otherwise);
        const bool surely_missed = sum.highest && *sum.highest < condition.points_min;
        if (surely_missed && steps->lowest == steps->highest) {
            marks.highest = std::min(marks.highest, condition.mark_otherwise);
        }
    }
    return marks;
}

std::optional<std::int32_t> mark_of(const model::Scale& scale, std::int32_t score,
                                    std::span<const model::Task> tasks,
                                    std::span<const std::optional<std::int16_t>> points) {
    const auto marks = possible_marks(scale, score, tasks, points);
    if (!marks || marks->lowest != marks->highest) return std::nullopt;
    return marks->lowest;
}

std::optional<std::int32_t> minimum_of(const model::Scale& scale, model::MinimumPurpose purpose) {
    const auto found = std::ranges::find(scale.minima, purpose, &model::MinimumScore::purpose);
    if (found != scale.minima.end()) return found->score;
    return purpose == model::MinimumPurpose::certificate ? scale.first_scores[0] : std::nullopt;
}

}  // namespace opora::tally

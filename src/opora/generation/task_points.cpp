#include "opora/generation/task_points.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "opora/base/expects.hpp"

namespace opora::generation {
namespace {

/// A point that can be earned; the pupil earns those with the highest ease.
struct Point {
    double ease;
    std::size_t task;
};

double easiness(char difficulty) {
    if (difficulty == 'h') return -1.6;
    return difficulty == 'p' ? -0.8 : 0.0;
}

/// Tasks of which a mark demands points, and how many.
struct SideCondition {
    std::vector<std::size_t> tasks;
    std::int32_t points_min = 0;
};

SideCondition side_condition(const WorkForm& work, std::int32_t mark) {
    if (work.type != model::ProcedureType::oge) return {};
    // Russian: tasks 15 - 18 of this form are the criteria of literacy ГК1 - ГК4.
    if (work.subject == "russian" && mark >= 4) return {{14, 15, 16, 17}, mark == 4 ? 4 : 6};
    // Mathematics: geometry is 15 - 19 and 23 - 25.
    if (work.subject == "mathematics" && mark >= 3) return {{14, 15, 16, 17, 18, 22, 23, 24}, 2};
    return {};
}

std::int32_t sum_of(std::span<const std::int16_t> points, std::span<const std::size_t> tasks) {
    std::int32_t sum = 0;
    for (const std::size_t task : tasks) sum += points[task];
    return sum;
}

/// Moves single points into the demanded tasks; the sum stays.
void satisfy(const WorkForm& work, const SideCondition& condition,
             std::vector<std::int16_t>& points) {
    const auto demanded = [&](std::size_t task) {
        return std::ranges::find(condition.tasks, task) != condition.tasks.end();
    };
    while (sum_of(points, condition.tasks) < condition.points_min) {
        std::size_t giver = 0;
        while (giver < points.size() && (demanded(giver) || points[giver] == 0)) ++giver;
        const auto taker = std::ranges::find_if(condition.tasks, [&](std::size_t task) {
            return points[task] < work.tasks[task].points_max;
        });
        OPORA_EXPECTS(giver < points.size() && taker != condition.tasks.end());
        --points[giver];
        ++points[*taker];
    }
}

}  // namespace

std::vector<std::int16_t> draw_points(const WorkForm& work, std::int32_t score, Random& random) {
    OPORA_EXPECTS(0 <= score && score <= work.score_max && !work.tasks.empty());
    std::vector<Point> pool;
    pool.reserve(static_cast<std::size_t>(work.score_max));
    for (std::size_t task = 0; task < work.tasks.size(); ++task) {
        const double ease = easiness(work.tasks[task].difficulty) + 0.7 * random.normal();
        for (std::int32_t point = 0; point < work.tasks[task].points_max; ++point) {
            pool.push_back({ease - 0.4 * point + 0.5 * random.normal(), task});
        }
    }
    std::ranges::nth_element(pool, pool.begin() + score, std::greater{}, &Point::ease);
    std::vector<std::int16_t> points(work.tasks.size(), 0);
    for (std::int32_t i = 0; i < score; ++i) ++points[pool[static_cast<std::size_t>(i)].task];
    satisfy(work, side_condition(work, mark_of(work, score)), points);
    return points;
}

}  // namespace opora::generation

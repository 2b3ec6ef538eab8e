#include "opora/rules/significance.hpp"

#include <cmath>

#include "opora/statistics/wilson.hpp"

namespace opora::rules {

namespace {

constexpr double z_95 = 1.959964;

/// Sum and sum of squares of what the mean is taken of, over weighted counts.
struct Moments {
    double count = 0;
    double sum = 0;
    double squares = 0;
};

std::optional<Moments> moments(const indicators::ProcedureIndicator& indicator,
                               const indicators::EvidenceCell& cell) {
    const auto& counts = cell.counts;
    Moments all;
    if (indicator.code == "mean_mark") {
        for (int mark = 2; mark <= 5; ++mark) {
            const double pupils = counts.marks[static_cast<std::size_t>(mark - 2)];
            all.count += pupils;
            all.sum += pupils * mark;
            all.squares += pupils * mark * mark;
        }
        return all;
    }
    all = {static_cast<double>(counts.scored), static_cast<double>(counts.score_sum),
           static_cast<double>(counts.score_squares)};
    if (indicator.code == "mean_score") return all;
    if (indicator.code != "score_share" || counts.score_max <= 0) return std::nullopt;
    const double top = counts.score_max;
    return Moments{all.count, all.sum / top, all.squares / (top * top)};
}

}  // namespace

Interval share_interval_95(double share, std::int64_t n) {
    // Hour shares make fractional counts; the nearest whole number of pupils is taken.
    const auto interval = statistics::wilson_95(std::llround(share * static_cast<double>(n)), n);
    return {interval.low, interval.high};
}

std::optional<Interval> interval_95(const indicators::ProcedureIndicator& indicator,
                                    const indicators::EvidenceCell& cell) {
    const model::Measurement value = indicators::measure(indicator, cell, 1);
    if (!value.known() || value.n <= 0) return std::nullopt;
    if (indicator.uncertainty == indicators::Uncertainty::binomial) {
        return share_interval_95(value.ratio.value(), value.n);
    }
    const auto all = moments(indicator, cell);
    const double pupils = all ? all->count / cell.weight : 0;
    if (pupils < 2) return std::nullopt;
    const double mean = all->sum / all->count;
    const double variance =
        std::max(0.0, all->squares / all->count - mean * mean) * pupils / (pupils - 1);
    const double reach = z_95 * std::sqrt(variance / pupils);
    return Interval{mean - reach, mean + reach};
}

}  // namespace opora::rules

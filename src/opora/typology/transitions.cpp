#include "opora/typology/transitions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::typology {

namespace {

using model::SchoolGroup;
using model::TypologyRow;
using Shares = std::array<double, model::known_groups>;

/// The true result of a school, relative to the mean of the year.
double posterior_mean(const TypologyRow& row, const GridBorders& borders) {
    const double truth = borders.true_deviation * borders.true_deviation;
    const double error = *row.standard_error * *row.standard_error;
    return truth + error > 0 ? truth / (truth + error) * (*row.result - borders.mean) : 0;
}

/// Probabilities of the groups that a measurement of the true result would show in the year.
Shares shown(const TypologyRow& row, double truth, const GridBorders& borders) {
    const double error = *row.standard_error;
    const auto below = [&](double border) {
        const double gap = border - borders.mean - truth;
        if (error > 0) return statistics::normal_probability(gap / error);
        return gap > 0 ? 1.0 : 0.0;
    };
    const double low = below(borders.low);
    const double up_to_high = std::max(low, below(borders.high));
    const auto place = [](SchoolGroup group) { return static_cast<std::size_t>(group); };
    Shares shares{};
    shares[place(*row.adverse ? SchoolGroup::struggling : SchoolGroup::ineffective)] = low;
    shares[place(SchoolGroup::ordinary)] = up_to_high - low;
    shares[place(*row.adverse ? SchoolGroup::resilient : SchoolGroup::leading)] = 1 - up_to_high;
    return shares;
}

}  // namespace

model::TransitionMatrix transitions(const GridYear& before, const GridYear& after,
                                    model::SchoolYear from, model::SchoolYear to) {
    model::TransitionMatrix matrix{.from = from, .to = to};
    for (const TypologyRow& row : before.rows) {
        const auto next =
            std::ranges::lower_bound(after.rows, row.school, {}, &TypologyRow::school);
        if (next == after.rows.end() || next->school != row.school) continue;
        if (row.group == SchoolGroup::unknown || next->group == SchoolGroup::unknown) continue;
        ++matrix.counts[static_cast<std::size_t>(row.group)][static_cast<std::size_t>(next->group)];
        ++matrix.schools;
        if (row.group != next->group) ++matrix.changed;
        const double truth =
            (posterior_mean(row, before.borders) + posterior_mean(*next, after.borders)) / 2;
        const Shares first = shown(row, truth, before.borders);
        const Shares second = shown(*next, truth, after.borders);
        double same = 0;
        for (std::size_t i = 0; i < first.size(); ++i) same += first[i] * second[i];
        matrix.changed_by_chance += 1 - same;
    }
    return matrix;
}

}  // namespace opora::typology

// What the works of one cohort share because the same pupils wrote them.

#include <algorithm>
#include <vector>

#include "opora/statistics/nested_model.hpp"

namespace opora::statistics {

namespace {

/// Of a row's error, at least this part is its own.
constexpr double own_error_part = 0.05;

}  // namespace

double luck_tilt(double u) {
    constexpr double usual_correlation = 0.6;
    const double square = u * u;
    return 1 + usual_correlation * square / 2 +
           usual_correlation * usual_correlation * (square - 1) * (square - 1) / 6;
}

double luck_variance(const NestedRow& row, const NestedVariances& variances) {
    if (row.pupils <= 0) return 0;
    return std::min(variances.luck * row.tilt / row.pupils,
                    (1 - own_error_part) * row.observation.variance);
}

double own_error(const NestedRow& row, const NestedVariances& variances) {
    return row.observation.variance - luck_variance(row, variances);
}

void tilt_luck(std::span<NestedRow> rows, std::span<const double> expected) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::vector<double> sum;
        std::vector<double> count;
        std::size_t end = begin;
        for (; end < rows.size() && rows[end].block == rows[begin].block; ++end) {
            sum.resize(std::max<std::size_t>(sum.size(), rows[end].cohort + 1U), 0.0);
            count.resize(sum.size(), 0.0);
            sum[rows[end].cohort] += expected[end];
            count[rows[end].cohort] += 1;
        }
        for (; begin < end; ++begin) {
            const std::uint16_t cohort = rows[begin].cohort;
            rows[begin].tilt = luck_tilt(sum[cohort] / count[cohort]);
        }
    }
}

}  // namespace opora::statistics

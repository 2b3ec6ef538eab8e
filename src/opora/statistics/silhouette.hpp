#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "opora/statistics/rows.hpp"

namespace opora::statistics {

/// How well rows lie in their clusters, -1 to 1 (Rousseeuw 1987).
struct Silhouette {
    double mean = 0;                 ///< Over the rows looked at.
    std::vector<double> by_cluster;  ///< 0 for a cluster of which no row is looked at.
    double negative_share = 0;       ///< Rows nearer to another cluster than to their own.
    std::size_t rows = 0;            ///< Looked at.
    bool sampled = false;            ///< Fewer than all.
};

/// The distances between all rows, or between `rows_max` of them drawn by the stream (seed): they
/// serve every partition of the same rows.
///
/// s(i) = (b - a) / max(a, b), a the mean distance to the other rows of the own cluster, b the
/// least mean distance to the rows of another cluster; s = 0 in a cluster of one. In a sample all
/// of this is within the sample.
class SilhouetteDistances {
public:
    static constexpr std::size_t rows_max_default = 2000;

    explicit SilhouetteDistances(const Rows& rows, std::size_t rows_max = rows_max_default,
                                 std::uint64_t seed = 1);

    /// `labels` of all rows. std::nullopt where the rows looked at lie in fewer than two clusters.
    std::optional<Silhouette> of(std::span<const std::uint32_t> labels) const;

private:
    std::size_t rows_all_;
    std::vector<std::uint32_t> chosen_;  ///< Row numbers, in canonical order.
    std::vector<double> distances_;      ///< [chosen][chosen].
};

}  // namespace opora::statistics

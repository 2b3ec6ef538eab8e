#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/statistics/rows.hpp"

namespace opora::statistics {

struct KMeansOptions {
    std::size_t clusters = 2;
    int starts = 10;
    int iterations_max = 300;  ///< Of one start.
    std::uint64_t seed = 1;
};

/// Rows in groups around their means.
struct KMeans {
    std::vector<std::uint32_t> labels;  ///< By row; numbered as `canonical_labels` says.
    std::vector<double> centres;        ///< By cluster, then column: means of the members.
    double inertia = 0;                 ///< Sum of squared distances of the rows to their centres.
    int iterations = 0;                 ///< Of the best start.
    bool converged = false;             ///< No single row's move lowers the inertia.
};

/// Parts rows into clusters so that the sum of squared distances to the cluster means is small:
/// Lloyd's algorithm (1957/1982) from the k-means++ seeds of Arthur and Vassilvitskii (2007), the
/// best of several starts, distances spared by Hamerly's bounds (2010, «Making k-means even
/// faster»). Where it stops, single rows go over as long as that lowers the sum (Hartigan, Wong
/// 1979): row x leaves cluster a for b if d²(x, a) a / (a - 1) > d²(x, b) b / (b + 1), a and b the
/// sizes.
///
/// Starts draw from streams (seed, start). A cluster that loses all its rows begins anew at the row
/// that lies farthest from its centre. All sums run in the canonical order of rows: the same rows
/// in any order, and on any number of threads, give the same clusters bit for bit.
///
/// Errors: `clusters_none` (fewer than one wanted), `clusters_too_many` (more than rows),
/// `clusters_few_distinct` (more than different rows).
base::Result<KMeans> k_means(const Rows& rows, const KMeansOptions& options);

/// Number of the nearest of `centres`; of equally near ones the first.
std::uint32_t nearest_centre(std::span<const double> row, std::span<const double> centres);

/// Whether so many clusters of these rows can exist; the errors of `k_means`.
base::Result<base::Done> check_clusters(const Rows& rows, std::span<const std::uint32_t> order,
                                        std::size_t clusters);

}  // namespace opora::statistics

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "opora/statistics/rows.hpp"

namespace opora::statistics {

/// Partitions of some rows, one for every wanted number of clusters in its order; an empty one
/// where these rows do not have so many. `draw` numbers the resample, for streams of random
/// numbers.
using Partitioner =
    std::function<std::vector<std::vector<std::uint32_t>>(const Rows& rows, std::uint64_t draw)>;

/// How far a partition comes back when other rows of the same kind are clustered.
struct Stability {
    double agreement = 0;            ///< Mean adjusted Rand index over the resamples.
    double spread = 0;               ///< Its standard deviation between resamples.
    std::vector<double> by_cluster;  ///< Mean of the best Jaccard coefficient (Hennig 2007).
    int resamples = 0;               ///< That could be compared.
};

struct StabilityOptions {
    int resamples = 20;
    std::size_t rows_max = 1000;  ///< Rows drawn for a resample.
    std::uint64_t seed = 1;
};

/// Bootstrap stability (Hennig 2007, «Cluster-wise assessment of cluster stability»): rows are
/// drawn with replacement, as many as there are but not more than `rows_max`, clustered anew, and
/// the rows that were drawn are compared with their labels in `partitions`. One result for every
/// partition.
///
/// Resample r draws from the stream (seed, r) in the canonical order of rows, so that neither their
/// order nor the number of threads changes anything.
std::vector<Stability> stability(const Rows& rows,
                                 const std::vector<std::vector<std::uint32_t>>& partitions,
                                 const Partitioner& partition, const StabilityOptions& options);

}  // namespace opora::statistics

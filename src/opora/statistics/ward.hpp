#pragma once

#include <cstdint>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/statistics/rows.hpp"

namespace opora::statistics {

/// Two clusters become one.
struct WardMerge {
    std::uint32_t left = 0;   ///< A row of one of them.
    std::uint32_t right = 0;  ///< A row of the other.
    double height = 0;        ///< sqrt(2 a b / (a + b)) times the distance of the centres.
};

/// The whole tree of merges, from single rows to one cluster.
struct WardTree {
    std::size_t rows = 0;
    std::vector<WardMerge> merges;     ///< rows - 1 of them, by height.
    std::vector<std::uint32_t> order;  ///< Canonical order of the rows.
    std::size_t distinct = 0;          ///< Different rows.
};

/// A matrix of distances is kept: 32 MB for so many rows.
constexpr std::size_t ward_rows_max = 2000;

/// Agglomerative clustering by Ward's criterion (1963): always the two clusters whose union adds
/// least to the sum of squares within clusters. Heights are those of R's hclust with «ward.D2»
/// (Murtagh, Legendre 2014): squared distances by the recurrence of Lance and Williams (1967), the
/// root of them reported.
///
/// By chains of nearest neighbours (Murtagh 1983), n² steps. Ties go to the cluster that comes
/// first in the canonical order of rows.
///
/// Errors: `ward_too_many_rows` (over `ward_rows_max`), `ward_no_rows`.
base::Result<WardTree> ward(const Rows& rows);

/// The tree cut into so many clusters, numbered as `canonical_labels` says. Errors:
/// `clusters_none`, `clusters_too_many`, `clusters_few_distinct` as for k_means.
base::Result<std::vector<std::uint32_t>> cut(const WardTree& tree, std::size_t clusters);

/// Means of the members: by cluster, then column.
std::vector<double> cluster_means(const Rows& rows, const std::vector<std::uint32_t>& labels);

}  // namespace opora::statistics

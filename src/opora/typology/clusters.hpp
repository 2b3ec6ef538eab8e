#pragma once

#include <cstdint>
#include <optional>

#include "opora/base/result.hpp"
#include "opora/model/clustering.hpp"
#include "opora/typology/context_space.hpp"

namespace opora::typology {

/// How schools are grouped; every number is a visible parameter.
struct ClusterOptions {
    model::ClusterMethod method = model::ClusterMethod::k_means;
    std::optional<std::int32_t> clusters;  ///< Set by the user: not argued from the data.
    std::int32_t clusters_max = 8;         ///< The largest number that is tried.
    std::int32_t cluster_size_min = 3;     ///< A smaller cluster compares nobody.
    /// Mean adjusted Rand index over resamples from which a number of clusters counts as stable.
    double stability_min = 0.6;
    /// Among stable numbers silhouettes that differ by less are equal, and the smaller number wins.
    double silhouette_margin = 0.01;
    /// A school with gaps goes to the nearest cluster by what is known of it, if that is this share
    /// of the conditions or more.
    double known_share_min = 0.6;
    std::int32_t starts = 10;
    std::int32_t resamples = 20;
    std::uint64_t seed = 1;
};

/// Groups schools by context and says why into so many groups.
///
/// Schools whose conditions are all known make the clusters. For every number from 2 to
/// `clusters_max` (and at least five complete schools a cluster on average) the silhouette and the
/// stability under resampling are computed; chosen is the largest silhouette among the stable
/// numbers whose clusters all have `cluster_size_min` schools; without a stable one, the most
/// stable. Then schools with gaps are assigned, marked, or left out with a reason.
///
/// Errors: those of the methods (`ward_too_many_rows`, `clusters_too_many`,
/// `clusters_few_distinct`) and `clusters_few_schools` (too few complete schools for any two
/// groups).
base::Result<model::ContextClustering> cluster_schools(const indicators::Evidence& evidence,
                                                       const ContextSpace& space,
                                                       const ClusterOptions& options);

/// The clustering as rules compare in it.
indicators::Clustering for_rules(const indicators::Evidence& evidence,
                                 const model::ContextClustering& clustering,
                                 model::SchoolYear year);

}  // namespace opora::typology

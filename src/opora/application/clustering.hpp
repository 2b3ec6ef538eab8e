#pragma once

#include "opora/indicators/evidence.hpp"
#include "opora/typology/clusters.hpp"

namespace opora::application {

/// Groups of schools by their conditions in a year. Errors: those of `ContextSpace::make` and
/// `typology::cluster_schools`.
base::Result<model::ContextClustering> context_clustering(
    const indicators::Evidence& evidence, model::SchoolYear year,
    const typology::ClusterOptions& options = {}, const typology::SpaceOptions& space = {});

/// The evidence with the groups of the year as its clusters. Where they cannot be computed no
/// school is in a cluster, and `Clustering::how` says why.
indicators::Evidence with_computed_clusters(const indicators::Evidence& evidence,
                                            model::SchoolYear year);

}  // namespace opora::application

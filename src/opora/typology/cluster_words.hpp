#pragma once

#include <string>
#include <vector>

#include "opora/model/clustering.hpp"

namespace opora::typology {

/// What distinguishes a cluster, from its conditions: «сельские; малочисленные; неполные семьи:
/// много». At most four, the farthest from the mean of all schools first, none within 0.35 standard
/// deviations of it.
std::string cluster_words(const std::vector<model::ClusterFeature>& features);

/// Why so many groups, two or three sentences.
std::string count_explanation(const model::ContextClustering& clustering, double stability_min,
                              bool by_user);

}  // namespace opora::typology

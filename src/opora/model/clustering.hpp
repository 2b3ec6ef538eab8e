#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/identifier.hpp"

namespace opora::model {

enum class ClusterMethod : std::uint8_t { k_means, ward };

std::string_view code(ClusterMethod method);  ///< `kmeans`, `ward`.
std::optional<ClusterMethod> cluster_method(std::string_view text);

/// What the data say of a number of clusters.
struct ClusterCountTrial {
    std::int32_t clusters = 0;
    std::optional<double> silhouette;
    double stability = 0;         ///< Mean adjusted Rand index over resamples.
    double stability_spread = 0;  ///< Its standard deviation between resamples.
    std::int32_t resamples = 0;
    std::int32_t smallest = 0;  ///< Schools of the smallest cluster.
    std::string objection;  ///< Why this number is out of the question, Russian; empty: it is not.
};

/// A condition of the schools of a cluster.
struct ClusterFeature {
    std::string feature;
    std::string title;
    double mean = 0;      ///< Over the schools of the cluster that told it, in its own unit.
    double standard = 0;  ///< Its distance from the mean of all schools in standard deviations.
};

struct ContextCluster {
    std::int32_t number = 0;  ///< From 1, the largest first.
    std::int32_t schools = 0;
    std::string words;  ///< What distinguishes it, Russian.
    std::optional<double> silhouette;
    std::optional<double> stability;  ///< Mean best Jaccard coefficient over resamples.
    std::vector<ClusterFeature> features;
};

struct ClusterMember {
    SchoolId school;
    std::string name;
    std::optional<std::int32_t> cluster;  ///< None: not assigned, see `note`.
    double distance = 0;                  ///< To the mean of its cluster.
    double known_share = 0;               ///< Weight of the conditions that are known.
    std::string note;                     ///< Russian: assigned by what is known, or why not.
};

/// Schools grouped by context, and why into so many groups.
struct ContextClustering {
    ClusterMethod method = ClusterMethod::k_means;
    std::vector<ClusterCountTrial> trials;
    std::int32_t clusters_chosen = 0;
    std::string explanation;        ///< Why so many, Russian.
    std::int32_t schools_used = 0;  ///< Complete, on which the clusters were computed.
    bool silhouette_sampled = false;
    std::vector<ContextCluster> clusters;
    std::vector<ClusterMember> members;  ///< In the order of school ids.
    std::vector<std::string> left_out;   ///< Conditions that could not be used and why, Russian.
};

}  // namespace opora::model

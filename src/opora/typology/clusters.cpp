#include "opora/typology/clusters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "opora/statistics/cluster_stability.hpp"
#include "opora/statistics/k_means.hpp"
#include "opora/statistics/silhouette.hpp"
#include "opora/statistics/ward.hpp"
#include "opora/typology/cluster_words.hpp"

namespace opora::typology {

namespace {

using Labels = std::vector<std::uint32_t>;

/// Complete schools that a cluster has on average at the least.
constexpr std::int32_t schools_per_cluster = 5;
constexpr int resample_starts = 3;

/// Schools whose conditions are all known, as rows without gaps.
struct Complete {
    std::vector<std::uint32_t> space_rows;
    std::vector<double> values;
    std::size_t columns = 0;

    statistics::Rows rows() const { return {values, columns}; }
};

Complete complete_rows(const ContextSpace& space) {
    Complete complete{.columns = space.features().size()};
    for (std::uint32_t row = 0; row < space.schools().size(); ++row) {
        if (!space.complete(row)) continue;
        complete.space_rows.push_back(row);
        for (std::size_t j = 0; j < complete.columns; ++j) {
            complete.values.push_back(space.rows().value(row, j));
        }
    }
    return complete;
}

std::vector<std::int32_t> counts_to_try(std::size_t complete, const ClusterOptions& options) {
    const auto most = std::min<std::int64_t>(
        options.clusters_max, static_cast<std::int64_t>(complete) / schools_per_cluster);
    std::vector<std::int32_t> counts;
    for (std::int32_t k = 2; k <= most; ++k) counts.push_back(k);
    if (options.clusters && std::ranges::find(counts, *options.clusters) == counts.end()) {
        counts.push_back(*options.clusters);
        std::ranges::sort(counts);
    }
    return counts;
}

/// Partitions of rows for every count; an empty one where there is none.
std::vector<Labels> k_means_partitions(const statistics::Rows& rows,
                                       const std::vector<std::int32_t>& counts, int starts,
                                       std::uint64_t seed) {
    std::vector<Labels> partitions;
    for (const std::int32_t count : counts) {
        auto found = statistics::k_means(
            rows, {.clusters = static_cast<std::size_t>(count), .starts = starts, .seed = seed});
        partitions.push_back(found ? std::move(found->labels) : Labels{});
    }
    return partitions;
}

std::vector<Labels> ward_partitions(const statistics::Rows& rows,
                                    const std::vector<std::int32_t>& counts) {
    std::vector<Labels> partitions;
    const auto tree = statistics::ward(rows);
    for (const std::int32_t count : counts) {
        Labels labels;
        if (tree) {
            auto found = statistics::cut(*tree, static_cast<std::size_t>(count));
            if (found) labels = std::move(*found);
        }
        partitions.push_back(std::move(labels));
    }
    return partitions;
}

std::vector<Labels> partitions_of(const statistics::Rows& rows,
                                  const std::vector<std::int32_t>& counts,
                                  const ClusterOptions& options) {
    if (options.method == model::ClusterMethod::ward) return ward_partitions(rows, counts);
    return k_means_partitions(rows, counts, options.starts, options.seed);
}

statistics::Partitioner resample_partitioner(const std::vector<std::int32_t>& counts,
                                             const ClusterOptions& options) {
    return [&counts, &options](const statistics::Rows& rows, std::uint64_t draw) {
        if (options.method == model::ClusterMethod::ward) return ward_partitions(rows, counts);
        return k_means_partitions(rows, counts, resample_starts, options.seed + draw);
    };
}

std::int32_t smallest_cluster(const Labels& labels) {
    std::vector<std::int32_t> sizes(std::size_t{*std::ranges::max_element(labels)} + 1, 0);
    for (const std::uint32_t label : labels) ++sizes[label];
    return std::ranges::min(sizes);
}

/// What was computed for every number of clusters.
struct Trials {
    std::vector<std::int32_t> counts;
    std::vector<Labels> partitions;
    std::vector<std::optional<statistics::Silhouette>> silhouettes;
    std::vector<statistics::Stability> stabilities;
};

Trials tried(const Complete& complete, const ClusterOptions& options) {
    Trials trials{.counts = counts_to_try(complete.space_rows.size(), options)};
    trials.partitions = partitions_of(complete.rows(), trials.counts, options);
    const statistics::SilhouetteDistances distances{complete.rows()};
    for (const Labels& labels : trials.partitions) {
        trials.silhouettes.push_back(labels.empty() ? std::nullopt : distances.of(labels));
    }
    trials.stabilities = statistics::stability(
        complete.rows(), trials.partitions, resample_partitioner(trials.counts, options),
        {.resamples = options.resamples, .seed = options.seed});
    return trials;
}

model::ClusterCountTrial trial_of(const Trials& trials, std::size_t i,
                                  const ClusterOptions& options) {
    const statistics::Stability& stability = trials.stabilities[i];
    model::ClusterCountTrial trial{.clusters = trials.counts[i],
                                   .stability = stability.agreement,
                                   .stability_spread = stability.spread,
                                   .resamples = stability.resamples};
    if (trials.partitions[i].empty()) {
        trial.objection = "столько групп различных условий нет";
        return trial;
    }
    if (trials.silhouettes[i]) trial.silhouette = trials.silhouettes[i]->mean;
    trial.smallest = smallest_cluster(trials.partitions[i]);
    if (trial.smallest < options.cluster_size_min) {
        trial.objection = fmt::format("есть группа, где школ: {}", trial.smallest);
    } else if (!trial.silhouette || trial.resamples == 0) {
        trial.objection = "качество разбиения нельзя оценить";
    } else if (trial.stability < options.stability_min) {
        trial.objection = "не повторяется на других выборках школ";
    }
    return trial;
}

/// Place in `trials` of the number of clusters to take.
std::optional<std::size_t> chosen_trial(const std::vector<model::ClusterCountTrial>& trials,
                                        const ClusterOptions& options) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        if (options.clusters) {
            if (trials[i].clusters == *options.clusters) return i;
            continue;
        }
        if (!trials[i].objection.empty()) continue;
        if (!best ||
            *trials[i].silhouette > *trials[*best].silhouette + options.silhouette_margin) {
            best = i;
        }
    }
    if (best || options.clusters) return best;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const bool possible = trials[i].silhouette && trials[i].resamples > 0 &&
                              trials[i].smallest >= options.cluster_size_min;
        if (possible && (!best || trials[i].stability > trials[*best].stability)) best = i;
    }
    return best;
}

base::Error too_few_schools(std::size_t complete, std::size_t all) {
    return {.code = "clusters_few_schools",
            .message = fmt::format(
                "группы нельзя составить: полностью известны условия только у {} из {} школ, а "
                "нужно хотя бы {} и не меньше двух различных групп",
                complete, all, 2 * schools_per_cluster)};
}

/// Assigns schools to the clusters of the complete ones.
class Assignment {
public:
    Assignment(const indicators::Evidence& evidence, const ContextSpace& space,
               const Complete& complete, const Labels& labels, const ClusterOptions& options)
        : evidence_{evidence},
          space_{space},
          options_{options},
          labels_of_row_(space.schools().size(), indicators::nothing),
          centres_{statistics::cluster_means(complete.rows(), labels)} {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            labels_of_row_[complete.space_rows[i]] = labels[i];
        }
    }

    std::vector<model::ClusterMember> members() {
        std::vector<model::ClusterMember> all;
        all.reserve(space_.schools().size());
        for (std::uint32_t row = 0; row < space_.schools().size(); ++row) {
            all.push_back(member(row));
        }
        return all;
    }

    /// By row of the space.
    const Labels& labels() const { return labels_of_row_; }

private:
    double distance(std::uint32_t row, std::uint32_t cluster) const {
        double sum = 0;
        double known = 0;
        for (std::size_t j = 0; j < space_.features().size(); ++j) {
            if (!space_.rows().knows(row, j)) continue;
            const double apart =
                space_.rows().value(row, j) - centres_[cluster * space_.features().size() + j];
            sum += apart * apart;
            known += 1;
        }
        return std::sqrt(sum * static_cast<double>(space_.features().size()) / known);
    }

    std::uint32_t nearest(std::uint32_t row) const {
        const auto clusters =
            static_cast<std::uint32_t>(centres_.size() / space_.features().size());
        std::uint32_t best = 0;
        for (std::uint32_t i = 1; i < clusters; ++i) {
            if (distance(row, i) < distance(row, best)) best = i;
        }
        return best;
    }

    model::ClusterMember member(std::uint32_t row) {
        const model::School& school = evidence_.schools()[space_.schools()[row]];
        model::ClusterMember member{.school = school.id, .name = school.name};
        member.known_share = space_.known_share(row);
        std::uint32_t& label = labels_of_row_[row];
        if (label == indicators::nothing) {
            const std::size_t all = space_.features().size();
            const auto known = static_cast<std::size_t>(
                std::lround(member.known_share * static_cast<double>(all)));
            if (known == 0 || member.known_share < options_.known_share_min) {
                member.note = fmt::format("не отнесена: известно {} из {} условий", known, all);
                return member;
            }
            label = nearest(row);
            member.note = fmt::format("отнесена по известным условиям: {} из {}", known, all);
        }
        member.cluster = static_cast<std::int32_t>(label) + 1;
        member.distance = distance(row, label);
        return member;
    }

    const indicators::Evidence& evidence_;
    const ContextSpace& space_;
    const ClusterOptions& options_;
    Labels labels_of_row_;
    std::vector<double> centres_;
};

std::vector<model::ContextCluster> described(const ContextSpace& space, const Labels& labels,
                                             const Trials& trials, std::size_t chosen) {
    const std::size_t columns = space.features().size();
    const auto count = static_cast<std::size_t>(
        *std::ranges::max_element(trials.partitions[chosen]) + std::uint32_t{1});
    std::vector<model::ContextCluster> clusters(count);
    std::vector<double> sums(count * columns, 0);
    std::vector<double> known(count * columns, 0);
    for (std::uint32_t row = 0; row < labels.size(); ++row) {
        if (labels[row] == indicators::nothing) continue;
        ++clusters[labels[row]].schools;
        for (std::size_t j = 0; j < columns; ++j) {
            if (!space.rows().knows(row, j)) continue;
            sums[labels[row] * columns + j] += space.rows().value(row, j);
            known[labels[row] * columns + j] += 1;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        model::ContextCluster& cluster = clusters[i];
        cluster.number = static_cast<std::int32_t>(i) + 1;
        for (std::size_t j = 0; j < columns; ++j) {
            const SpaceFeature& feature = space.features()[j];
            const double standard = sums[i * columns + j] / known[i * columns + j];
            cluster.features.push_back({std::string{feature.feature.code},
                                        std::string{feature.feature.title},
                                        feature.mean + standard * feature.deviation, standard});
        }
        cluster.words = cluster_words(cluster.features);
        if (trials.silhouettes[chosen]) {
            cluster.silhouette = trials.silhouettes[chosen]->by_cluster[i];
        }
        if (trials.stabilities[chosen].resamples > 0) {
            cluster.stability = trials.stabilities[chosen].by_cluster[i];
        }
    }
    return clusters;
}

/// Why the number that the user asked for cannot be had.
std::optional<base::Error> objection(const Complete& complete, const ClusterOptions& options) {
    if (options.method == model::ClusterMethod::ward) {
        const auto tree = statistics::ward(complete.rows());
        if (!tree) return tree.error();
        if (!options.clusters) return std::nullopt;
        const auto labels = statistics::cut(*tree, static_cast<std::size_t>(*options.clusters));
        return labels ? std::nullopt : std::optional{labels.error()};
    }
    if (!options.clusters) return std::nullopt;
    const auto order = statistics::canonical_order(complete.rows());
    const auto possible = statistics::check_clusters(complete.rows(), order,
                                                     static_cast<std::size_t>(*options.clusters));
    return possible ? std::nullopt : std::optional{possible.error()};
}

}  // namespace

base::Result<model::ContextClustering> cluster_schools(const indicators::Evidence& evidence,
                                                       const ContextSpace& space,
                                                       const ClusterOptions& options) {
    const Complete complete = complete_rows(space);
    if (options.clusters && *options.clusters < 1) {
        return base::Unexpected{base::Error{.code = "clusters_none",
                                            .message = "число групп должно быть не меньше одной",
                                            .found = std::to_string(*options.clusters)}};
    }
    if (complete.space_rows.empty()) {
        return base::Unexpected{too_few_schools(0, space.schools().size())};
    }
    if (const auto error = objection(complete, options)) return base::Unexpected{*error};
    const Trials trials = tried(complete, options);
    model::ContextClustering result{.method = options.method};
    for (std::size_t i = 0; i < trials.counts.size(); ++i) {
        result.trials.push_back(trial_of(trials, i, options));
    }
    const auto chosen = chosen_trial(result.trials, options);
    if (!chosen) {
        return base::Unexpected{
            too_few_schools(complete.space_rows.size(), space.schools().size())};
    }
    Assignment assignment{evidence, space, complete, trials.partitions[*chosen], options};
    result.clusters_chosen = trials.counts[*chosen];
    result.schools_used = static_cast<std::int32_t>(complete.space_rows.size());
    result.silhouette_sampled = trials.silhouettes[*chosen] && trials.silhouettes[*chosen]->sampled;
    result.members = assignment.members();
    result.clusters = described(space, assignment.labels(), trials, *chosen);
    result.explanation =
        count_explanation(result, options.stability_min, options.clusters.has_value());
    for (const UnusedFeature& unused : space.unused()) {
        result.left_out.push_back(fmt::format("{}: {}", unused.feature.title, unused.reason));
    }
    return result;
}

indicators::Clustering for_rules(const indicators::Evidence& evidence,
                                 const model::ContextClustering& clustering,
                                 model::SchoolYear year) {
    indicators::Clustering result;
    result.of_school.assign(evidence.schools().size(), indicators::nothing);
    for (const model::ClusterMember& member : clustering.members) {
        const auto school = evidence.find_school(member.school);
        if (school && member.cluster) {
            result.of_school[*school] = static_cast<std::uint32_t>(*member.cluster - 1);
        }
    }
    for (const model::ContextCluster& cluster : clustering.clusters) {
        result.names.push_back(fmt::format("группа {}: {}", cluster.number, cluster.words));
    }
    result.how = fmt::format(
        "группы по условиям {} года, {}", model::title(year),
        clustering.method == model::ClusterMethod::ward ? "метод Уорда" : "метод k-средних");
    return result;
}

}  // namespace opora::typology

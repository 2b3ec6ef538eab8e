#include "opora/rules/cluster_words.hpp"

#include <string_view>
#include <vector>

namespace opora::rules {

namespace {

constexpr std::size_t schools_named_max = 30;

/// `highest_in(cluster, …)`, `percent_rank(cluster, …) >= …` or `cluster(…)`: an expression that
/// begins with a look at the cluster, not a quantifier that it is a part of.
bool compares_in_cluster(const model::Derivation& node) {
    const std::string_view text = node.text;
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos || text.find(' ') < open) return false;
    return text.substr(0, open) == "cluster" || text.substr(open).starts_with("(cluster,");
}

void find(model::Derivation& node, std::vector<model::Derivation*>& found) {
    if (compares_in_cluster(node)) found.push_back(&node);
    for (model::Derivation& part : node.parts) find(part, found);
}

}  // namespace

std::string cluster_words(const indicators::Evidence& evidence, indicators::SchoolNumber school) {
    const indicators::Clustering& clustering = evidence.clustering();
    const std::uint32_t cluster = evidence.cluster(school);
    if (cluster == indicators::nothing) {
        return "школа не отнесена ни к одной группе (" + clustering.how + ")";
    }
    std::string members;
    std::size_t count = 0;
    for (indicators::SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        if (evidence.cluster(i) != cluster) continue;
        if (count++ >= schools_named_max) continue;
        members += (members.empty() ? "" : ", ") + evidence.schools()[i].id.value;
    }
    if (count > schools_named_max) {
        members += " и ещё " + std::to_string(count - schools_named_max);
    }
    return clustering.names[cluster] + " (" + clustering.how + "); школ: " + std::to_string(count) +
           " — " + members;
}

void name_clusters(model::Derivation& derivation, const indicators::Evidence& evidence,
                   indicators::SchoolNumber school) {
    std::vector<model::Derivation*> found;
    find(derivation, found);
    if (found.empty()) return;
    const std::string words = cluster_words(evidence, school);
    for (model::Derivation* node : found) node->among = words;
}

}  // namespace opora::rules

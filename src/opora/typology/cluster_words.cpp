#include "opora/typology/cluster_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace opora::typology {

namespace {

constexpr double noticeable = 0.35;
constexpr std::size_t words_max = 4;

/// How the two ends of a condition are called, where «много» and «мало» would not be Russian.
struct Ends {
    std::string_view feature;
    std::string_view low;
    std::string_view high;
};

constexpr std::array<Ends, 5> named_ends{{
    {"settlement", "сельские", "городские"},
    {"log_pupils", "малочисленные", "многочисленные"},
    {"log_distance", "близко к центру", "далеко от центра"},
    {"advanced_programme", "", "гимназии и лицеи"},
    {"special_school", "", "вечерние, коррекционные, интернаты"},
}};

std::string words_of(const model::ClusterFeature& feature) {
    const bool high = feature.standard > 0;
    const auto* ends = std::ranges::find(named_ends, feature.feature, &Ends::feature);
    if (ends != named_ends.end()) return std::string{high ? ends->high : ends->low};
    return fmt::format("{}: {}", feature.title, high ? "больше среднего" : "меньше среднего");
}

std::string number_text(double value) {
    std::string text = fmt::format("{:.2f}", value);
    std::ranges::replace(text, '.', ',');
    return text;
}

const model::ClusterCountTrial* trial_of(const model::ContextClustering& clustering,
                                         std::int32_t clusters) {
    const auto found =
        std::ranges::find(clustering.trials, clusters, &model::ClusterCountTrial::clusters);
    return found == clustering.trials.end() ? nullptr : &*found;
}

/// Kaufman and Rousseeuw (1990, table 2.4): how much structure a silhouette speaks of.
std::string_view structure_words(double silhouette) {
    if (silhouette > 0.70) return "Группы выражены сильно.";
    if (silhouette > 0.50) return "Группы выражены.";
    if (silhouette > 0.25) return "Группы выражены слабо: границы между ними условны.";
    return "Естественных групп почти нет: условия школ меняются плавно, границы групп условны, и "
           "для сравнения надёжнее ближайшие школы.";
}

}  // namespace

std::string cluster_words(const std::vector<model::ClusterFeature>& features) {
    std::vector<const model::ClusterFeature*> far;
    for (const model::ClusterFeature& feature : features) {
        if (std::fabs(feature.standard) >= noticeable) far.push_back(&feature);
    }
    std::ranges::stable_sort(far, [](const auto* a, const auto* b) {
        return std::fabs(a->standard) > std::fabs(b->standard);
    });
    std::string words;
    std::size_t used = 0;
    for (const model::ClusterFeature* feature : far) {
        const std::string own = words_of(*feature);
        if (own.empty() || used == words_max) continue;
        words += (words.empty() ? "" : "; ") + own;
        ++used;
    }
    return words.empty() ? "условия близки к средним" : words;
}

std::string count_explanation(const model::ContextClustering& clustering, double stability_min,
                              bool by_user) {
    const auto* chosen = trial_of(clustering, clustering.clusters_chosen);
    if (chosen == nullptr || !chosen->silhouette) {
        return fmt::format("Групп: {}; задано пользователем.", clustering.clusters_chosen);
    }
    const std::string measured =
        fmt::format("силуэт {}, устойчивость {}", number_text(*chosen->silhouette),
                    number_text(chosen->stability));
    const std::string structure{structure_words(*chosen->silhouette)};
    if (by_user) {
        return fmt::format("Групп: {}; задано пользователем ({}). {}", clustering.clusters_chosen,
                           measured, structure);
    }
    if (chosen->stability >= stability_min) {
        return fmt::format(
            "Групп: {} ({}). Это наибольший силуэт среди чисел групп, которые повторяются на "
            "других выборках школ (устойчивость не ниже {}). {}",
            clustering.clusters_chosen, measured, number_text(stability_min), structure);
    }
    return fmt::format(
        "Групп: {} ({}). Ни одно число групп не повторяется на других выборках школ "
        "(устойчивость ниже {}); взято самое устойчивое. {}",
        clustering.clusters_chosen, measured, number_text(stability_min), structure);
}

}  // namespace opora::typology

#include "opora/generation/latent_scale.hpp"

#include <algorithm>
#include <cmath>

#include "opora/generation/random.hpp"

namespace opora::generation {

LatentScale latent_scale(const WorkForm& work) {
    const double total_deviation = std::sqrt(
        1.0 + school_deviation * school_deviation + procedure_deviation * procedure_deviation +
        occasion_deviation * occasion_deviation + year_deviation * year_deviation);
    const double sufficient = -normal_quantile(work.failing) * total_deviation;
    const double excellent = normal_quantile(1.0 - work.excellent) * total_deviation;
    // Scores are rounded, so that a border lies half a point below its first score.
    const double border_low = work.mark_from[0] - 0.5;
    const double border_high = work.mark_from[2] - 0.5;
    LatentScale scale;
    scale.sufficient = sufficient;
    scale.spread = (border_high - border_low) / (excellent + sufficient);
    scale.mean = border_low + scale.spread * sufficient;
    return scale;
}

double failing_probability(const LatentScale& scale, double effect) {
    return normal_probability(-(scale.sufficient + effect));
}

std::int32_t score_of(const WorkForm& work, const LatentScale& scale, double theta) {
    const double score = std::floor(scale.mean + scale.spread * theta + 0.5);
    return static_cast<std::int32_t>(std::clamp(score, 0.0, static_cast<double>(work.score_max)));
}

}  // namespace opora::generation

#pragma once

#include <cstdint>

#include "opora/generation/work.hpp"

namespace opora::generation {

/// How a work sees the latent scale: score = round(mean + spread * theta), kept within 0..maximum.
///
/// theta = school + procedure + pupil; the pupil part is standard normal, so that a school whose
/// school and procedure parts sum to e fails with probability Phi(-(k + e)) exactly, k being
/// `sufficient`.
struct LatentScale {
    double sufficient = 0;  ///< k: pupils below -k get a mark 2.
    double mean = 0;
    double spread = 0;
};

/// The scale on which `work.failing` and `work.excellent` hold over the pupils of ordinary schools.
LatentScale latent_scale(const WorkForm& work);

/// Phi(-(k + effect)).
double failing_probability(const LatentScale& scale, double effect);

std::int32_t score_of(const WorkForm& work, const LatentScale& scale, double theta);

constexpr double school_deviation = 0.33;     ///< Of ordinary schools' effects, context included.
constexpr double procedure_deviation = 0.14;  ///< Of a work in a school, the same every year.
constexpr double occasion_deviation = 0.10;   ///< Of a work in a school in one year.
constexpr double year_deviation = 0.06;       ///< Of a school in one year.

}  // namespace opora::generation

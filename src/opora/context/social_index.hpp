#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/indicators/context_table.hpp"
#include "opora/model/school_context.hpp"

namespace opora::context {

/// One share of the social passport that the index is made of.
struct IndexComponent {
    std::string code;   ///< Of a context feature: `families_incomplete_share`.
    std::string title;  ///< Russian.
    int sign = 1;       ///< +1: more is more favourable, -1: less is.
    double weight = 1;  ///< Expert weight, > 0; the sum does not matter.
};

/// The components of a reading with equal expert weights: no source gives any, a table of the
/// user's own replaces them.
std::vector<IndexComponent> index_components(model::IndexReading reading);

/// Shares of the reference schools, and their results for the regression.
struct IndexInput {
    std::vector<IndexComponent> components;
    std::vector<std::optional<double>> shares;   ///< [school][component].
    std::vector<std::optional<double>> results;  ///< By school: mean standard score.

    std::size_t schools() const { return results.size(); }
    const std::optional<double>& share(std::size_t school, std::size_t component) const {
        return shares[school * components.size() + component];
    }
};

/// What a component contributes. The index is, before it is standardised,
///
///     sum over known k of c_k v_k / sum over known k of |c_k|
///
/// with v_k = sign (x - mean) / sd, for expert weights (x - min) / (max - min) or 1 minus it.
struct IndexCoefficient {
    IndexComponent component;
    std::int64_t known = 0;  ///< Schools that gave the share.
    std::optional<double> mean, deviation, low, high;
    std::optional<double> coefficient;  ///< c_k; none for a component that is left out.
    std::optional<double> se;           ///< Regression only; robust (HC1).
    std::string note;                   ///< Why it is left out, or a sign against expectation.
};

/// The index of all reference schools by one method.
struct SocialIndex {
    model::IndexMethod method = model::IndexMethod::equal;
    std::vector<IndexCoefficient> coefficients;
    std::optional<double> variance_share;  ///< Of the first component.
    std::optional<double> r2;              ///< Of the regression.
    std::vector<model::SchoolIndex> schools;
    std::string reason;  ///< Why no school has an index; empty when some have.
};

/// Shares of weight below which an index is marked incomplete (DOMAIN 2.2).
constexpr double complete_weight = 0.75;
/// Fewer schools have no common scale.
constexpr std::int64_t index_schools_min = 3;

/// Missing components are left out and the weights of the others renormalised; a missing component
/// is never 0. z and percentile refer to the schools whose index is complete.
SocialIndex social_index(const IndexInput& input, model::IndexMethod method);

/// Spearman's correlation of two indices of the same schools, over those that have both.
struct Agreement {
    std::int64_t schools = 0;
    std::optional<double> spearman;
};
Agreement agreement(std::span<const model::SchoolIndex> one,
                    std::span<const model::SchoolIndex> other);

}  // namespace opora::context

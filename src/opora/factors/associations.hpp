#pragma once

#include <optional>
#include <span>
#include <vector>

#include "opora/model/risk_profile.hpp"

namespace opora::factors {

/// Which factors go together with the results of the schools. It is never said that a factor causes
/// them: schools differ in much else.
///
/// For each factor Spearman's correlation of its computed index with `results` (by school, in the
/// order of the profiles; higher is better) over the schools that have both, with a 95 % interval
/// (statistics/correlation_interval.hpp). Over all factors that have a p-value the false-discovery
/// rate is held by Benjamini and Hochberg: found are those with an adjusted p within
/// `cuts.false_discovery`. What curators decided is left out: they know the results.
///
/// No number, and the reason, for a factor whose signs are results themselves, for fewer than
/// association_schools_min schools, and where the index or the results do not vary.
std::vector<model::FactorAssociation> associations(const model::FactorCatalogue& catalogue,
                                                   std::span<const model::RiskProfile> profiles,
                                                   std::span<const std::optional<double>> results);

}  // namespace opora::factors

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "opora/identification/territory_prior.hpp"
#include "opora/rules/evaluate.hpp"

namespace opora::identification {

/// Probabilities that the true results of the candidates meet the listing of a pack.
struct ListingProbabilities {
    std::vector<std::optional<double>> of;  ///< By candidate.
    std::int64_t draws = 0;                 ///< At most, of one candidate.
    double simulation_error = 0;            ///< The largest standard error from the draws.
    model::PriorSource prior = model::PriorSource::territory;
};

/// By seeded simulation: the true values of all results that the listing reads are drawn from the
/// posterior of every candidate, and the rules of the pack judge each draw.
///
/// 64 draws of everybody, and more of those whom they do not agree on, until the standard error is
/// 1/64 or there are 1,024; above 2,000 candidates 32, 1/32 and 256. A pack that compares (ranks,
/// means of territories) judges them in worlds of all the others (rules/drawn_worlds.hpp): 512
/// worlds, fewer above 1,000 candidates but never below 32. Streams depend on year, school, teacher
/// and round of draws alone, so that neither order nor threads change anything. std::nullopt for a
/// pack whose listing chance has no part in. `wanted`: whose probability is asked for (by
/// candidate).
std::optional<ListingProbabilities> listing_probabilities(
    const rules::BoundPack& pack, TerritoryPrior& prior,
    const std::function<bool(indicators::CandidateNumber)>& wanted, unsigned threads = 0);

}  // namespace opora::identification

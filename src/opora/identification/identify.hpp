#pragma once

#include <functional>
#include <string>

#include "opora/identification/territory_prior.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/listing.hpp"
#include "opora/rules/evaluate.hpp"

namespace opora::identification {

struct ListOptions {
    std::string snapshot;  ///< Of the data, as the caller knows it.
    /// Whose findings get their derivation; without it nobody's.
    std::function<bool(const model::Listing&)> derive;
    /// Who is left out of the list altogether (another territory); without it nobody is.
    std::function<bool(const model::School&)> include;
    /// Of the same evidence and year: gives the listings their probabilities; without it they have
    /// none.
    TerritoryPrior* prior = nullptr;
};

/// The list that a pack makes of the evidence: a listing for every school (or teacher), in the
/// order of the candidates.
model::SchoolList identify(const rules::BoundPack& pack, const indicators::Evidence& evidence,
                           const ListOptions& options);

/// Whether a listing stands on the list itself.
bool is_listed(const model::Listing& listing);

}  // namespace opora::identification

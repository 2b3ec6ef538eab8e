#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/matching/candidate_search.hpp"
#include "opora/model/pairing.hpp"

namespace opora::matching {

/// A school and a leader by their ids, as people name them.
struct NamedPair {
    model::SchoolId school;
    model::SchoolId leader;

    friend auto operator<=>(const NamedPair&, const NamedPair&) = default;
};

/// Whom leaders are wanted for and what people have already settled.
struct PairingRequest {
    std::vector<model::SchoolId> schools;    ///< Weak schools; in any order.
    std::vector<NamedPair> pins;             ///< Pairs that stand, whatever the limits say.
    std::vector<NamedPair> bans;             ///< Pairs that must not be.
    std::vector<model::SchoolId> withdrawn;  ///< Neither supported nor leaders.
    /// How many of the closest leaders are looked at first. More are looked at where the proof asks
    /// for it, so that the proposal does not depend on this number.
    std::size_t candidates_first = 50;
};

/// Why a request cannot be carried out: unknown schools, two leaders pinned to one school, a pin
/// that is banned or withdrawn, more pins than a leader has places. Codes `pair_…`.
base::Errors troubles(const CandidateSearch& search, const PairingRequest& request);

/// The pairs of most schools and, among those, of the smallest sum of context distances, around
/// what is pinned. `request` must be without troubles.
///
/// Each school is offered its closest candidates first. Prices of leaders are never negative, so
/// that a candidate beyond the list, costing at least as much as its last one, cannot enter an
/// optimum while u_i stays below that cost; where it does not, the list is made longer and the
/// problem solved again. What comes out is optimal over all pairs that the limits allow.
model::PairingProposal propose(CandidateSearch& search, const PairingRequest& request);

/// What the withdrawal of each school and leader of a proposal would change, one at a time, pins
/// of the others kept.
std::vector<model::WithdrawalEffect> withdrawal_effects(CandidateSearch& search,
                                                        const PairingRequest& request,
                                                        const model::PairingProposal& proposal);

}  // namespace opora::matching

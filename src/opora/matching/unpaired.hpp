#pragma once

#include <functional>

#include "opora/matching/candidate_search.hpp"
#include "opora/model/pairing.hpp"

namespace opora::matching {

/// Why a school stays without a leader: the first condition after which nobody is left.
///
/// `allowed` says which leaders people have not ruled out for it. Compares the school with every
/// other one, so it is asked for those without a leader only.
model::UnpairedSchool unpaired(const CandidateSearch& search, std::uint32_t school,
                               const std::function<bool(std::uint32_t)>& allowed);

}  // namespace opora::matching

#pragma once

#include <string>

#include "opora/model/listing.hpp"

namespace opora::wording {

/// How many of the listed and of the others chance alone is expected to have put on the wrong side,
/// and on what that estimate rests; empty for a list without probabilities.
std::string uncertainty_sentences(const model::SchoolList& list);

}  // namespace opora::wording

#pragma once

#include <string>

#include "opora/model/listing.hpp"
#include "opora/wording/explain.hpp"

namespace opora::documents {

/// A listing with its whole derivation as JSON (`explain --format json`): English snake_case names,
/// shares both exact (numerator, denominator) and as a number, a missing value by the code of its
/// reason. Ends with a line end.
std::string explanation_json(const model::Listing& listing, const wording::ListHeading& heading);

/// A list with the findings of every school, derivations included where they were made.
std::string list_json(const model::SchoolList& list);

}  // namespace opora::documents

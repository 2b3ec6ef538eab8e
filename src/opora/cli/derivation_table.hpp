#pragma once

#include "opora/model/listing.hpp"
#include "opora/wording/table.hpp"

namespace opora::cli {

/// The derivations of a list, a row for every node, parents before parts: columns in docs/data.md.
wording::Table derivation_table(const model::SchoolList& list);

}  // namespace opora::cli

#pragma once

#include <span>
#include <vector>

#include "opora/model/context_facts.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::application {

/// Reference values of what aggregate forms tell of territories: every indicator of the catalogue
/// that the fields of the form give (of marks: low_share, quality, success, mean_mark …; of scores:
/// mean_score, score_share; of the comparison with the journal: lowered_share, confirmed_share,
/// raised_share). Sorted by territory and procedure, as the forms come.
std::vector<model::ReferenceValue> references_of(std::span<const ports::TerritoryForm> forms);

}  // namespace opora::application

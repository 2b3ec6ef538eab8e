#pragma once

#include "opora/application/factor_associations.hpp"
#include "opora/wording/table.hpp"

namespace opora::cli {

/// One row for each school and factor: for programs.
wording::Table profile_rows(const application::ProfileReport& report);

/// One row for each school and piece of evidence. Answers of few people have no numbers.
wording::Table basis_rows(const application::ProfileReport& report);

/// For people: the schools with their heaviest factors.
wording::Table schools_table(const application::ProfileReport& report);

/// For people: the profile of the first school, its own combination of causes first.
wording::Table profile_table(const application::ProfileReport& report);

/// For people: what the profile of the first school rests on.
wording::Table basis_table(const application::ProfileReport& report);

/// Which factors go together with results: one row a factor.
wording::Table association_table(const application::AssociationReport& report);

/// The factors of a catalogue, and its parameters.
wording::Table catalogue_table(const model::FactorCatalogue& catalogue);
wording::Table parameter_table(const model::FactorCatalogue& catalogue);

}  // namespace opora::cli

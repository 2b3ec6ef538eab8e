#pragma once

#include "opora/identification/territory_prior.hpp"

namespace opora::identification {

/// The rows of a kind of results: one for every cell of the last years that has the kind. Yearly
/// marks stay out: they are given by the school's own teachers.
///
/// A block is a programme grade, a series a work of it across years (subject, type, period), a
/// cohort the pupils of one grade in one year. A group is a candidate.
KindModel kind_rows(const indicators::Evidence& evidence, model::SchoolYear year, ResultKind kind);

/// Mean and spread between schools that are imported for the items of the rows, on the scale of
/// effects; an empty entry where there are none.
std::vector<std::optional<statistics::Moments>> imported_moments(
    const indicators::Evidence& evidence, const KindModel& model, ResultKind kind);

}  // namespace opora::identification

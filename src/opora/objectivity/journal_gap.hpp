#pragma once

#include <vector>

#include "opora/objectivity/material.hpp"

namespace opora::objectivity {

/// O4: marks of ВПР against marks of the journal: lowered, confirmed, raised.
///
/// Pupils with the same mark of the work are compared: in the region, a share pi_m of the pupils
/// with mark m is lowered, confirmed or raised; a school with n_m of them is expected to have
/// sum n_m pi_m, whatever the level of its marks. Chi-square = (O - E)' V^-1 (O - E) with
/// V = sum n_m (diag pi_m - pi_m pi_m'), over the kinds that occur in the region but one. Schools
/// differ in strictness anyway: V is multiplied by 1 + (n - 1) rho, rho being such that the median
/// school of the region is the median of the distribution (the excess of a Dirichlet-multinomial,
/// estimated so that a few schools do not hide themselves).
///
/// Needs 20 pupils with both marks and a journal in ten schools of the region. observed and
/// expected: share of confirmed marks; second: share of marks below the journal.
std::vector<Row> journal_gaps(const Material& material);

}  // namespace opora::objectivity

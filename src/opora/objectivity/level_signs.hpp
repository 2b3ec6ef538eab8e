#pragma once

#include <vector>

#include "opora/objectivity/standings.hpp"

namespace opora::objectivity {

/// O2: a mean above the group. The lower bound of the school's 95 % interval lies above the upper
/// bound of the group's, and the school is further out than schools differ anyway:
/// p = P(Z >= (y - mean) / sqrt(between + within / n)). The group is the ordinary schools of the
/// region or of the cluster; gymnasiums and lyceums are not tested.
///
/// observed and expected: mean score (mark) of the school and of the group.
std::vector<Row> above_group(const Material& material);

/// O3: the standing of a cohort falls when it moves on: ВПР of one grade to ВПР of the next, ВПР 8
/// to ОГЭ, ВПР 10 to ЕГЭ in the subject, by more than one standard deviation of school means and
/// below the 2.5 % quantile of the changes of all schools of the region. p is that of the change
/// among all changes: N(median, between + sampling variances). The row names the earlier result.
///
/// observed and expected: change of the school and median change, in standard deviations.
std::vector<Row> cohort_falls(const Material& material);

/// O5: ВПР above and the state examination of the same year and subject below the region, with a
/// residual in the regression of the examination on ВПР over all schools that is low beyond chance.
/// ВПР of grades 5-8 are compared with ОГЭ, of grade 10 with ЕГЭ. The predictor is shrunken by its
/// reliability, so that small schools do not flatten the slope.
///
/// observed and expected: standing of the school in the examination and the one that its ВПР leads
/// to expect; second_observed: its standing in ВПР.
std::vector<Row> examination_gaps(const Material& material);

}  // namespace opora::objectivity

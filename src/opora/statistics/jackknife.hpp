#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// A value with its standard error and its interval at 95 %.
struct Estimate {
    double value = 0;
    double standard_error = 0;
    double low = 0;
    double high = 0;
};

/// value ± t * standard error, t the 97.5 % quantile of Student's distribution with so many degrees
/// of freedom (at least 1; Cornish-Fisher expansion, Abramowitz and Stegun 26.7.5, within 1 % from
/// 3 degrees on).
Estimate with_interval(double value, double standard_error, std::int64_t freedom);

double student_quantile_975(std::int64_t freedom);

/// Delete-a-group jackknife (Kott 2001; Shao, Tu 1995, §2.3): units are dealt into groups, each
/// `without[g]` is the statistic computed without group g, and
/// standard error² = (G - 1) / G * sum (without - mean of without)². Groups without a value are
/// left out. None for fewer than two groups.
std::optional<Estimate> jackknife(double value, std::span<const std::optional<double>> without);

/// How many groups for so many units: every unit one up to 60, then 60.
std::size_t jackknife_groups(std::size_t units);

}  // namespace opora::statistics

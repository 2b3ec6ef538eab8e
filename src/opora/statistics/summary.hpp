#pragma once

#include <span>

namespace opora::statistics {

/// Sum in the given order with Neumaier's compensation (1974): the error does not grow with the
/// number of terms.
double sum(std::span<const double> values);

/// Of at least one value.
double mean(std::span<const double> values);

/// Standard deviation with n - 1, of at least two values, in two passes.
double standard_deviation(std::span<const double> values);

/// The quantile of order 0 <= p <= 1 of at least one value: type 7 of Hyndman and Fan (1996), the
/// default of R and of spreadsheets: linear between order statistics at 1 + (n - 1) p.
double quantile(std::span<const double> values, double p);

/// The same of values in ascending order.
double quantile_of_sorted(std::span<const double> values, double p);

}  // namespace opora::statistics

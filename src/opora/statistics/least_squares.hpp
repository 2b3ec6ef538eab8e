#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::statistics {

struct Coefficient {
    bool left_out = false;  ///< A linear combination of the columns before it: no estimate.
    double estimate = 0;
    double se = 0;
};

struct LeastSquaresFit {
    std::vector<Coefficient> coefficients;  ///< By column.
    double residual_variance = 0;           ///< With n minus the number of kept columns.
    double r2 = 0;                          ///< About the mean.
    std::int64_t rows = 0;
    std::int64_t clusters = 0;
};

/// Ordinary least squares of `y` on the columns of `x` (by rows, a column of ones included if there
/// is to be an intercept), by Cholesky's method on scaled columns.
///
/// Standard errors are robust to any dependence within clusters: the sandwich
/// (X'X)^-1 (sum_g X_g'e_g e_g'X_g) (X'X)^-1 times G/(G-1) (n-1)/(n-p) (Liang, Zeger 1986; the CR1
/// of Stata and of R's sandwich::vcovCL). A cluster for every row gives the heteroscedasticity-
/// consistent errors HC1. `clusters[i]` may be any number; equal numbers are one cluster.
///
/// Errors: `regression_too_few_rows` (not more rows than columns), `regression_one_cluster`,
/// `regression_no_spread` (y does not vary).
base::Result<LeastSquaresFit> fit_least_squares(std::span<const double> x, std::size_t columns,
                                                std::span<const double> y,
                                                std::span<const std::uint32_t> clusters);

}  // namespace opora::statistics

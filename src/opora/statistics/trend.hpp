#pragma once

#include <optional>
#include <span>

namespace opora::statistics {

/// A value measured in one year.
struct YearValue {
    int year = 0;
    double value = 0;
    double standard_error = 0;
};

/// A straight line through the values of one group over years, by least squares with equal weights.
///
/// y_t = a + b (t - mean t) + d_t + e_t: e_t is the known sampling error s_t, d_t a good or a bad
/// year, ~ N(0, shock). b = sum c_t y_t with c_t = (t - mean t) / S, S = sum (t - mean t)², hence
///
///     var b = sum c_t² s_t² + shock / S.
struct Trend {
    int years = 0;
    double slope = 0;              ///< b, per year.
    double sampling_variance = 0;  ///< sum c_t² s_t²
    double spread = 0;             ///< S
    double residual_squares = 0;   ///< sum of squared residuals.
    double residual_noise = 0;  ///< What sampling alone gives: sum s_t² (1 - h_t), h_t leverage.

    double variance(double shock) const { return sampling_variance + shock / spread; }
    int freedom() const { return years - 2; }
};

/// None for fewer than two different years.
std::optional<Trend> trend_of(std::span<const YearValue> values);

/// The variance of good and bad years, by moments over the residuals of all groups:
/// shock = max(0, (sum of residual squares - sum of residual noise) / sum of freedom). None when
/// no group has three years: chance years and growth cannot be told apart then.
std::optional<double> year_shock(std::span<const Trend> trends);

}  // namespace opora::statistics

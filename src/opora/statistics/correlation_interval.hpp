#pragma once

#include <cstdint>
#include <optional>

namespace opora::statistics {

/// How sure a rank correlation is.
struct CorrelationInterval {
    double low;  ///< 95 %.
    double high;
    double p_value;  ///< Two-sided, of no correlation at all.
};

/// Interval and test of Spearman's correlation r over n pairs on Fisher's scale z = atanh r.
///
/// Interval: tanh(z ± 1.959964 sqrt((1 + r²/2) / (n - 3))), Bonett and Wright (2000, Psychometrika
/// 65, 23-28). Test: z sqrt((n - 3) / 1.06) against the standard normal, Fieller, Hartley and
/// Pearson (1957, Biometrika 44, 470-481). Both are approximations that suit n >= 10 and moderate
/// ties. r of ±1 stands for the largest value below it that z can tell. None for n < 5.
std::optional<CorrelationInterval> correlation_interval(double r, std::int64_t n);

}  // namespace opora::statistics

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace opora::statistics {

/// How more spread than chance gives is taken into account.
enum class Overdispersion : std::uint8_t {
    none,
    multiplicative,  ///< Limits are widened by the same factor for all.
    additive,        ///< Groups truly differ by `between`, beyond their sampling errors.
};

/// A result of a group with its standard error, > 0.
struct FunnelPoint {
    double value = 0;
    double standard_error = 0;
};

/// A funnel plot (Spiegelhalter 2005, Statist. Med. 24, 1185-1202): limits around a target within
/// which a group's result is what chance and the usual spread between groups give.
///
/// z_i = (y_i - target) / s_i, winsorised at the 10 % and 90 % quantiles; phi = mean of z². Without
/// overdispersion (phi <= 1 or, additive, I phi <= I - 1) the limits are target ± z_p s.
/// Multiplicative: target ± z_p s sqrt(phi). Additive: target ± z_p sqrt(s² + between),
///     between = (I phi - (I - 1)) / (sum w - sum w² / sum w),  w = 1 / s²   (ibid., section 3).
struct Funnel {
    double target = 0;
    double phi = 1;
    double between = 0;
    Overdispersion overdispersion = Overdispersion::additive;

    /// Standard deviation of results around the target for a standard error.
    double deviation(double standard_error) const;
    double z(const FunnelPoint& point) const;
};

/// At least one point; the order of points changes nothing.
Funnel funnel(std::span<const FunnelPoint> points, double target, Overdispersion overdispersion);

/// Half-widths of the two usual limits in deviations: 95 % and 99.8 %.
constexpr double funnel_warning = 1.959963984540054;
constexpr double funnel_alarm = 3.090232306167813;

}  // namespace opora::statistics

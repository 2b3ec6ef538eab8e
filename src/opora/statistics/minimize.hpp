#pragma once

#include <array>
#include <functional>

namespace opora::statistics {

/// A lowest point that was found and the value there.
struct Minimum {
    double at = 0;
    double value = 0;
};

struct PlaneMinimum {
    std::array<double, 2> at{};
    double value = 0;
    int evaluations = 0;
};

/// The lowest point of a function of one variable between `low` and `high`, the ends included:
/// Brent's method (Brent 1973, *Algorithms for Minimization without Derivatives*, ch. 5), to a
/// relative precision of `tolerance`. Finds the global one if the function falls, then rises.
Minimum minimize_between(const std::function<double(double)>& function, double low, double high,
                         double tolerance = 1e-10);

/// A lowest point of a function of two variables that are not negative: the simplex method of
/// Nelder and Mead (1965), points outside being moved to the border, begun again at its result with
/// a small simplex until that gains less than `gain`.
PlaneMinimum minimize_in_quadrant(const std::function<double(std::array<double, 2>)>& function,
                                  std::array<double, 2> start, double gain = 1e-9);

}  // namespace opora::statistics

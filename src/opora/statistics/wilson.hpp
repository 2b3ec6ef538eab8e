#pragma once

#include <cstdint>

namespace opora::statistics {

/// A closed interval of a share, both ends in 0..1.
struct Interval {
    double low;
    double high;
};

/// Wilson's score interval for a share of x out of n at 95 % (Wilson 1927; z = 1.959964).
/// Requires 0 <= x <= n and n > 0. Never leaves 0..1; contains x/n.
Interval wilson_95(std::int64_t x, std::int64_t n);

}  // namespace opora::statistics

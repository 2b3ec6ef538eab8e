#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace opora::statistics {

/// A stream of numbers that depends on its key alone: (seed, what it is for, school, year …).
///
/// SplitMix64 (Steele, Lea, Flood 2014, «Fast splittable pseudorandom number generators», figure
/// 17). Every school draws from streams of its own, so that its data do not depend on who was
/// generated before it or on how many threads there are. The distributions are written out here,
/// because those of the standard library differ between implementations.
class Random {
public:
    explicit Random(std::initializer_list<std::uint64_t> key);

    std::uint64_t bits() {
        state_ += golden_gamma;
        return mixed(state_);
    }
    /// 0 < u < 1, never an end.
    double uniform();
    double uniform(double low, double high);
    /// 0 <= k < count.
    std::int32_t below(std::int32_t count);
    /// low <= k <= high.
    std::int32_t between(std::int32_t low, std::int32_t high);
    bool chance(double probability);
    /// Standard normal, by the inverse of its distribution function.
    double normal();
    double normal(double mean, double deviation);

private:
    static constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ULL;

    static constexpr std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

    std::uint64_t state_;
};

/// A text as a part of a key: FNV-1a, 64 bits.
std::uint64_t text_key(std::string_view text);

/// Inverse of the standard normal distribution function, 0 < p < 1: Acklam's rational approximation
/// (2003), relative error below 1.15e-9.
double normal_quantile(double p);

/// Standard normal distribution function.
double normal_probability(double z);

/// 1 / (1 + exp(-x)).
double logistic(double x);

}  // namespace opora::statistics

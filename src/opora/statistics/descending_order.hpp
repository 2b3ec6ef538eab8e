#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace opora::statistics {

/// Sorts numbers again and again without new memory.
class DescendingOrder {
public:
    /// The places of the values from the highest to the lowest, equal values in the order of their
    /// places; valid until the next call. Values are finite, fewer than 2^32.
    ///
    /// A radix sort (Knuth, The Art of Computer Programming 3, 5.2.5) by digits of 11 bits: its
    /// cost is the number of values and not that times its logarithm, and it never guesses a
    /// branch.
    std::span<const std::uint32_t> of(std::span<const double> values);

private:
    struct Entry {
        std::uint64_t key;
        std::uint32_t place;
    };
    std::vector<Entry> entries_;
    std::vector<Entry> sorted_;
    std::vector<std::uint32_t> order_;
};

}  // namespace opora::statistics

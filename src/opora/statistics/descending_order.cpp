#include "opora/statistics/descending_order.hpp"

#include <array>
#include <bit>

namespace opora::statistics {

namespace {

constexpr int digit_bits = 11;
constexpr std::size_t digits = 6;  // 6 * 11 >= 64 bits.
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;

using Counts = std::array<std::array<std::uint32_t, digit_values>, digits>;

/// Grows as the value falls. The bits of positive doubles grow with them, those of negative ones
/// grow as they fall; adding zero makes the two zeros one.
std::uint64_t falling_key(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    return (bits & sign) != 0 ? bits : ~(bits | sign);
}

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
    return (key >> (digit * digit_bits)) & (digit_values - 1);
}

}  // namespace

std::span<const std::uint32_t> DescendingOrder::of(std::span<const double> values) {
    Counts counts{};
    entries_.resize(values.size());
    sorted_.resize(values.size());
    order_.resize(values.size());
    for (std::uint32_t place = 0; place < values.size(); ++place) {
        const std::uint64_t key = falling_key(values[place]);
        entries_[place] = {key, place};
        for (std::size_t digit = 0; digit < digits; ++digit) ++counts[digit][digit_of(key, digit)];
    }
    for (std::size_t digit = 0; digit < digits; ++digit) {
        std::uint32_t begin = 0;
        for (std::uint32_t& count : counts[digit]) {
            const std::uint32_t here = count;
            count = begin;
            begin += here;
        }
        for (const Entry& entry : entries_) {
            sorted_[counts[digit][digit_of(entry.key, digit)]++] = entry;
        }
        entries_.swap(sorted_);
    }
    for (std::size_t i = 0; i < values.size(); ++i) order_[i] = entries_[i].place;
    return order_;
}

}  // namespace opora::statistics

#include "opora/intake/kinds/rebuilt_counts.hpp"

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/base/rational.hpp"

namespace opora::intake {

namespace {

using base::Rational;

/// Half of the last printed digit: 12 stands for 11.5..12.5, 12.5 for 12.45..12.55. Cells with more
/// digits than a print has are taken as exact to four.
Rational rounding_of(const base::Fraction& percent) {
    return Rational{1, 2 * std::min<std::int64_t>(percent.denominator, 10'000)};
}

std::int32_t whole(const Rational& number) {
    return static_cast<std::int32_t>(base::floor(number));
}

}  // namespace

std::optional<RebuiltCounts> rebuilt_counts(std::int32_t n,
                                            std::span<const base::Fraction> percents) {
    OPORA_EXPECTS(n > 0 && !percents.empty());
    Rational sum = 0;
    Rational slack = 0;
    for (const base::Fraction& percent : percents) {
        if (percent.numerator < 0) return std::nullopt;
        sum += exact(percent);
        slack += rounding_of(percent);
    }
    const bool shares = sum <= 2;
    const Rational hundred = shares ? 1 : 100;
    // Beyond all rounding: one more percent is forgiven, for prints that were rounded twice. Shares
    // are not whole numbers, so that the rounding of such a print says nothing.
    const Rational tolerance = (shares ? Rational{0} : slack) + hundred / 100;
    if (abs(sum - hundred) > tolerance) return std::nullopt;

    RebuiltCounts rebuilt;
    std::vector<Rational> remainders;
    for (const base::Fraction& percent : percents) {
        const Rational quota = exact(percent) * n / hundred;
        rebuilt.counts.push_back(whole(quota));
        remainders.emplace_back(quota - rebuilt.counts.back());
    }
    std::vector<std::size_t> order(percents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    std::int32_t rest = n - std::accumulate(rebuilt.counts.begin(), rebuilt.counts.end(), 0);
    for (std::size_t i = 0; rest > 0; i = (i + 1) % order.size(), --rest)
        ++rebuilt.counts[order[i]];
    // Percents that were all rounded up may give too many: the smallest remainders give back.
    for (std::size_t i = order.size(); rest < 0; i = i == 1 ? order.size() : i - 1) {
        if (rebuilt.counts[order[i - 1]] > 0) {
            --rebuilt.counts[order[i - 1]];
            ++rest;
        }
    }
    for (std::size_t i = 0; i < percents.size(); ++i) {
        const Rational back = Rational{rebuilt.counts[i], n} * hundred;
        if (abs(back - exact(percents[i])) > rounding_of(percents[i])) rebuilt.fits = false;
    }
    return rebuilt;
}

std::int64_t rebuilt_count(std::int64_t n, const base::Fraction& percent) {
    return static_cast<std::int64_t>(base::round_half_up(exact(percent) * n / 100));
}

}  // namespace opora::intake

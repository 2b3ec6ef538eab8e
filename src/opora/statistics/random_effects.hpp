#pragma once

#include <cstdint>

namespace opora::statistics {

/// What groups with different sampling variances have in common: y_j ~ N(mean, between + v_j).
///
/// The variance between groups is estimated by moments (DerSimonian, Laird 1986, Control. Clin.
/// Trials 7, 177-188): between = max(0, (Q - (k-1)) / (W - W2/W)), Q = sum w (y - ȳ_w)², w = 1/v,
/// W = sum w, W2 = sum w². Values are visited twice in one order: `look` takes what the first walk
/// sums up, `weigh` what the second does.
class RandomEffects {
public:
    void look(double value, double variance);
    /// After all `look`, before the first `weigh`.
    void settle();
    void weigh(double value, double variance);

    std::int64_t groups() const { return groups_; }
    double between() const { return between_; }
    /// Mean weighted by 1 / (between + v), and its variance; after all `weigh`.
    double mean() const { return weighted_ / weights_; }
    double mean_variance() const { return 1 / weights_; }

private:
    std::int64_t groups_ = 0;
    double shift_ = 0;  ///< The first value, taken off every value against cancellation.
    double w_ = 0;
    double w2_ = 0;
    double wy_ = 0;
    double wyy_ = 0;
    double between_ = 0;
    double weights_ = 0;
    double weighted_ = 0;
};

}  // namespace opora::statistics

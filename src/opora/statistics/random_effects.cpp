#include "opora/statistics/random_effects.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::statistics {

void RandomEffects::look(double value, double variance) {
    OPORA_EXPECTS(variance > 0);
    if (groups_++ == 0) shift_ = value;
    const double w = 1 / variance;
    const double y = value - shift_;
    w_ += w;
    w2_ += w * w;
    wy_ += w * y;
    wyy_ += w * y * y;
}

void RandomEffects::settle() {
    if (groups_ < 2) return;
    const double scatter = wyy_ - wy_ * wy_ / w_;
    const double freedom = static_cast<double>(groups_ - 1);
    const double unit = w_ - w2_ / w_;
    between_ = unit > 0 ? std::max(0.0, (scatter - freedom) / unit) : 0.0;
}

void RandomEffects::weigh(double value, double variance) {
    const double w = 1 / (between_ + variance);
    weights_ += w;
    weighted_ += w * value;
}

}  // namespace opora::statistics

#pragma once

#include <optional>

#include "opora/indicators/catalogue.hpp"

namespace opora::rules {

struct Interval {
    double low;
    double high;
};

/// The two-sided 95 % interval of a share (Wilson) or of a mean (normal, spread from the school's
/// own results; of `mean_mark`, `mean_score`, `score_share`). std::nullopt where the counts do not
/// give one.
///
/// The only place where rules leave exact ratios: a condition that uses it is marked as resting on
/// a model.
std::optional<Interval> interval_95(const indicators::ProcedureIndicator& indicator,
                                    const indicators::EvidenceCell& cell);

/// Wilson's interval of a share of n pupils.
Interval share_interval_95(double share, std::int64_t n);

}  // namespace opora::rules

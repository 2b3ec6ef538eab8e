#include "opora/factors/sign_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "opora/base/russian.hpp"
#include "opora/statistics/wilson.hpp"

namespace opora::factors {

namespace {

using base::Fraction;
using model::FactorCuts;
using model::FactorLevel;
using model::FactorSign;
using model::SignReading;

__extension__ using Wide = __int128;

/// part/whole <= share.
bool within(std::int64_t part, std::int64_t whole, const Fraction& share) {
    return Wide{part} * share.denominator <= Wide{share.numerator} * whole;
}

bool has_interval(const FactorSign& sign, const model::Measurement& value) {
    return sign.share_of_people && value.known() && value.ratio.denominator > 0 &&
           0 <= value.ratio.numerator && value.ratio.numerator <= value.ratio.denominator;
}

void add_interval(const FactorSign& sign, SignReading& reading) {
    if (!has_interval(sign, reading.value)) return;
    const Fraction& ratio = reading.value.ratio;
    const auto interval = statistics::wilson_95(ratio.numerator, ratio.denominator);
    reading.interval_low = interval.low;
    reading.interval_high = interval.high;
}

/// The end of the interval that speaks against the factor, and the one that speaks for it.
struct Ends {
    double best;
    double worst;
};
Ends ends_of(const FactorSign& sign, const SignReading& reading) {
    const double low = *reading.interval_low;
    const double high = *reading.interval_high;
    return sign.higher_is_worse ? Ends{low, high} : Ends{high, low};
}

// Cut-offs of the sign's own.

FactorLevel level_by_limits(const FactorSign& sign, const Fraction& value) {
    const auto reached = [&](const Fraction& limit) {
        return sign.higher_is_worse ? !less(value, limit) : !less(limit, value);
    };
    if (reached(*sign.high_from)) return FactorLevel::high;
    return reached(*sign.middle_from) ? FactorLevel::middle : FactorLevel::low;
}

FactorLevel level_by_limits(const FactorSign& sign, double value) {
    const auto reached = [&](const Fraction& limit) {
        return sign.higher_is_worse ? value >= limit.value() : value <= limit.value();
    };
    if (reached(*sign.high_from)) return FactorLevel::high;
    return reached(*sign.middle_from) ? FactorLevel::middle : FactorLevel::low;
}

void judge_by_limits(const FactorSign& sign, SignReading& reading) {
    reading.level = level_by_limits(sign, reading.value.ratio);
    reading.range = {*reading.level, *reading.level};
    if (!reading.interval_low) return;
    const Ends ends = ends_of(sign, reading);
    reading.range = {std::min(*reading.level, level_by_limits(sign, ends.best)),
                     std::max(*reading.level, level_by_limits(sign, ends.worst))};
}

// Comparison with the other schools.

/// The schools with a value, the worst first; equal values stand together.
class Order {
public:
    Order(const FactorSign& sign, const std::vector<model::Measurement>& values) : sign_{sign} {
        for (const model::Measurement& value : values) {
            if (value.known()) sorted_.push_back(value.ratio);
        }
        std::ranges::sort(sorted_, [this](const Fraction& left, const Fraction& right) {
            return worse(left, right);
        });
    }

    std::int64_t schools() const { return std::ssize(sorted_); }
    bool all_equal() const { return sorted_.empty() || !worse(sorted_.front(), sorted_.back()); }

    /// Schools with a value at least as bad, the school of this value included.
    std::int64_t as_bad(const Fraction& value) const {
        return std::ranges::upper_bound(sorted_, value,
                                        [this](const Fraction& left, const Fraction& right) {
                                            return worse(left, right);
                                        }) -
               sorted_.begin();
    }
    /// The same for a value that a school might have instead of its own.
    std::int64_t as_bad(double value, const Fraction& own) const {
        const auto at_least = [&](const Fraction& other) {
            return sign_.higher_is_worse ? other.value() >= value : other.value() <= value;
        };
        const auto end = std::ranges::partition_point(sorted_, at_least);
        return end - sorted_.begin() + (at_least(own) ? 0 : 1);
    }

    /// Shares pooled over their people; other numbers averaged over the schools.
    double together(bool pooled) const {
        double numerator = 0;
        double denominator = 0;
        for (const Fraction& value : sorted_) {
            numerator += pooled ? static_cast<double>(value.numerator) : value.value();
            denominator += pooled ? static_cast<double>(value.denominator) : 1;
        }
        return numerator / denominator;
    }

private:
    bool worse(const Fraction& left, const Fraction& right) const {
        return sign_.higher_is_worse ? less(right, left) : less(left, right);
    }

    const FactorSign& sign_;
    std::vector<Fraction> sorted_;
};

FactorLevel level_by_rank(std::int64_t as_bad, std::int64_t schools, const FactorCuts& cuts) {
    if (within(as_bad, schools, cuts.territory_high)) return FactorLevel::high;
    return within(as_bad, schools, cuts.territory_middle) ? FactorLevel::middle : FactorLevel::low;
}

/// Whether even the better end of the interval is worse than all schools together.
bool certainly_worse(const FactorSign& sign, const SignReading& reading) {
    const Ends ends = ends_of(sign, reading);
    return sign.higher_is_worse ? ends.best > *reading.territory : ends.best < *reading.territory;
}

void judge_by_rank(const FactorSign& sign, const Order& order, const FactorCuts& cuts,
                   SignReading& reading) {
    const Fraction& own = reading.value.ratio;
    reading.as_bad = order.as_bad(own);
    FactorLevel level = level_by_rank(reading.as_bad, order.schools(), cuts);
    reading.range = {level, level};
    if (reading.interval_low) {
        const Ends ends = ends_of(sign, reading);
        const auto at = [&](double value) {
            return level_by_rank(order.as_bad(value, own), order.schools(), cuts);
        };
        if (level == FactorLevel::high && !certainly_worse(sign, reading)) {
            level = FactorLevel::middle;
            reading.reason = "отличие от всех школ вместе может быть случайным";
        }
        reading.range = {std::min(level, at(ends.best)), std::max(level, at(ends.worst))};
    }
    reading.level = level;
}

std::string too_few_schools(std::int64_t schools, std::int64_t least) {
    return fmt::format("сравнивать не с кем: значение есть у {}, нужно {}",
                       base::counted(schools, {"школы", "школ", "школ"}), least);
}

}  // namespace

bool less(const Fraction& left, const Fraction& right) {
    return Wide{left.numerator} * right.denominator < Wide{right.numerator} * left.denominator;
}

std::vector<SignReading> read_sign(const FactorSign& sign, const SignValues& values,
                                   const FactorCuts& cuts) {
    const Order order{sign, values.values};
    const double together = order.schools() > 0 ? order.together(sign.share_of_people) : 0;
    std::vector<SignReading> readings;
    readings.reserve(values.values.size());
    for (const model::Measurement& value : values.values) {
        SignReading& reading = readings.emplace_back(SignReading{.code = sign.code,
                                                                 .title = sign.title,
                                                                 .weight = sign.weight,
                                                                 .value = value,
                                                                 .unit = values.unit});
        if (!value.known()) {
            reading.reason = model::title(value.missing);
            continue;
        }
        add_interval(sign, reading);
        reading.schools = order.schools();
        reading.territory = together;
        if (sign.high_from) {
            judge_by_limits(sign, reading);
        } else if (order.schools() < cuts.schools_min) {
            reading.reason = too_few_schools(order.schools(), cuts.schools_min);
        } else if (order.all_equal()) {
            reading.reason = "у всех школ одно и то же значение, сравнение ничего не говорит";
        } else {
            judge_by_rank(sign, order, cuts, reading);
        }
    }
    return readings;
}

}  // namespace opora::factors

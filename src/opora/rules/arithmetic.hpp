#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "opora/rules/expression.hpp"
#include "opora/rules/number.hpp"
#include "opora/rules/value.hpp"

namespace opora::rules {

/// Computes with values that may be missing or ranges. `undecided` is set where the fast number
/// cannot tell.
template <class Number>
class Arithmetic {
public:
    using Result = Value<Number>;

    bool undecided = false;

    static Number whole(std::int64_t number) { return number_of_fraction<Number>({number, 1}); }

    /// Which absence the result of two operands shows: «not applicable» first, then the one of the
    /// year asked for.
    static Result first_missing(const Result& left, const Result& right) {
        if (left.missing == model::Missing::not_applicable) return left;
        if (right.missing == model::Missing::not_applicable) return right;
        if (!left.known() && !right.known()) return left.earlier ? right : left;
        return left.known() ? right : left;
    }

    static Result plus(const Result& left, const Result& right) {
        Result sum = Result::of(add(left.low, right.low), left.n);
        if (left.ranged || right.ranged) {
            sum.ranged = true;
            sum.high = add(left.top(), right.top());
        }
        return sum;
    }

    static Result minus(const Result& value) {
        Result opposite = Result::of(negate(value.top()), value.n);
        if (value.ranged) {
            opposite.ranged = true;
            opposite.high = negate(value.low);
        }
        return opposite;
    }

    /// The smaller or the larger of two.
    Result better(const Result& left, const Result& right, bool smallest) {
        const auto pick = [&](const Number& a, const Number& b) {
            return (order(a, b) <= 0) == smallest ? a : b;
        };
        Result best = Result::of(pick(left.low, right.low), left.n);
        if (left.ranged || right.ranged) {
            best.ranged = true;
            best.high = pick(left.top(), right.top());
        }
        return best;
    }

    Result combine(Operation operation, const Result& left, const Result& right) {
        if (!left.known() || !right.known()) return first_missing(left, right);
        if (operation == Operation::sum) return plus(left, right);
        if (operation == Operation::difference) return plus(left, minus(right));
        // A count that is known only as a range is not multiplied: what follows from it is not
        // known.
        if (left.ranged || right.ranged) return Result::absent(model::Missing::no_data);
        if (operation != Operation::quotient) return Result::of(multiply(left.low, right.low));
        if (sign_of(right.low) == 0) return Result::absent(model::Missing::no_data);
        return Result::of(divide(left.low, right.low));
    }

    Result absolute(const Result& value) {
        if (!value.known()) return value;
        if (value.ranged) return Result::absent(model::Missing::no_data);
        return sign_of(value.low) < 0 ? minus(value) : value;
    }

    /// To a multiple of `step`, which is positive: half up, down or up.
    Result rounded(Operation operation, const Result& value, const Result& step) {
        if (!value.known() || !step.known()) return first_missing(value, step);
        if (value.ranged || step.ranged || sign_of(step.low) <= 0) {
            return Result::absent(model::Missing::no_data);
        }
        Number steps = divide(value.low, step.low);
        if (operation == Operation::round_half_up) {
            steps = add(steps, number_of_fraction<Number>({1, 2}));
        }
        const bool up = operation == Operation::ceiling;
        const auto below = whole_below(up ? negate(steps) : steps);
        if (!below) {
            undecided = true;
            return Result::absent(model::Missing::no_data);
        }
        return Result::of(multiply(up ? negate(*below) : *below, step.low), value.n);
    }

    Result divided(const Result& value, std::int64_t count) const {
        Result part = value;
        part.low = divide(value.low, whole(count));
        if (part.ranged) part.high = divide(value.high, whole(count));
        return part;
    }

    /// Least squares: sum (t - T)(x - X) / sum (t - T)^2, with t in years. With k points both sums
    /// are taken k^2 times, so that years stay whole numbers.
    static Result slope(const std::vector<std::pair<int, Number>>& points) {
        const auto count = static_cast<std::int64_t>(points.size());
        if (count < 2) return Result::absent(model::Missing::no_data, true);
        std::int64_t years = 0;
        for (const auto& [year, value] : points) years += year;
        Number top = whole(0);
        std::int64_t bottom = 0;
        for (const auto& [year, value] : points) {
            const std::int64_t distance = count * year - years;
            bottom += distance * distance;
            top = add(top, multiply(value, whole(distance * count)));
        }
        return Result::of(divide(top, whole(bottom)), count);
    }

    /// Decided when every value of the ranges answers alike.
    Truth compared(Comparison comparison, const Result& left, const Result& right) {
        switch (comparison) {
            case Comparison::less:
                return above(right, left, false);
            case Comparison::less_equal:
                return above(right, left, true);
            case Comparison::greater:
                return above(left, right, false);
            case Comparison::greater_equal:
                return above(left, right, true);
            case Comparison::equal:
                break;
        }
        const Truth first = above(left, right, true);
        const Truth second = above(right, left, true);
        if (first == Truth::not_met || second == Truth::not_met) return Truth::not_met;
        return first == Truth::met && second == Truth::met ? Truth::met : Truth::unknown;
    }

    int sign_of(const Number& number) {
        const auto decided = sign(number);
        if (!decided) undecided = true;
        return decided.value_or(0);
    }

private:
    Truth above(const Result& high, const Result& low, bool equal_counts) {
        const auto holds = [&](const Number& left, const Number& right) {
            const int sign = order(left, right);
            return sign > 0 || (sign == 0 && equal_counts);
        };
        if (holds(high.low, low.top())) return Truth::met;
        if (!high.ranged && !low.ranged) return Truth::not_met;
        return holds(high.top(), low.low) ? Truth::unknown : Truth::not_met;
    }

    int order(const Number& left, const Number& right) {
        const auto decided = compare(left, right);
        if (!decided) undecided = true;
        return decided.value_or(0);
    }
};

}  // namespace opora::rules

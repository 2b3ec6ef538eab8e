#include "opora/statistics/minimize.hpp"

#include <algorithm>
#include <cmath>

namespace opora::statistics {

namespace {

constexpr double golden = 0.3819660112501051;  // (3 - sqrt 5) / 2

/// The three best points so far, `best` first, and the last two steps.
struct BrentState {
    Minimum best, second, third;
    double step = 0;
    double step_before = 0;

    /// Step to the vertex of the parabola through the three points, if it may be trusted.
    bool parabolic_step(double low, double high, double tolerance) {
        if (std::abs(step_before) <= tolerance) return false;
        const double x = best.at;
        double r = (x - second.at) * (best.value - third.value);
        double q = (x - third.at) * (best.value - second.value);
        double p = (x - third.at) * q - (x - second.at) * r;
        q = 2 * (q - r);
        if (q > 0) p = -p;
        q = std::abs(q);
        const bool trusted = std::abs(p) < std::abs(0.5 * q * step_before) && p > q * (low - x) &&
                             p < q * (high - x);
        if (!trusted) return false;
        step_before = step;
        step = p / q;
        const double to = x + step;
        if (to - low < 2 * tolerance || high - to < 2 * tolerance) {
            step = x < 0.5 * (low + high) ? tolerance : -tolerance;
        }
        return true;
    }

    void golden_step(double low, double high) {
        step_before = best.at < 0.5 * (low + high) ? high - best.at : low - best.at;
        step = golden * step_before;
    }

    void take(const Minimum& point, double& low, double& high) {
        if (point.value <= best.value) {
            (point.at < best.at ? high : low) = best.at;
            third = second;
            second = best;
            best = point;
            return;
        }
        (point.at < best.at ? low : high) = point.at;
        if (point.value <= second.value || second.at == best.at) {
            third = second;
            second = point;
        } else if (point.value <= third.value || third.at == best.at || third.at == second.at) {
            third = point;
        }
    }
};

using Point = std::array<double, 2>;

struct Corner {
    Point at{};
    double value = 0;
};

class Simplex {
public:
    Simplex(const std::function<double(Point)>& function, Point start, double step)
        : function_{function} {
        corners_[0] = corner(start);
        corners_[1] = corner({start[0] + step * (start[0] + 0.1), start[1]});
        corners_[2] = corner({start[0], start[1] + step * (start[1] + 0.1)});
    }

    void run(double precision) {
        constexpr int steps_max = 400;
        for (int i = 0; i < steps_max; ++i) {
            sort();
            if (small(precision)) return;
            improve();
        }
        sort();
    }

    const Corner& best() const { return corners_[0]; }
    int evaluations() const { return evaluations_; }

private:
    Corner corner(Point at) {
        ++evaluations_;
        for (double& coordinate : at) coordinate = std::max(coordinate, 0.0);
        return {at, function_(at)};
    }

    void sort() { std::ranges::stable_sort(corners_, {}, &Corner::value); }

    /// No wider than `precision`, or so small that the values differ by their rounding alone.
    bool small(double precision) const {
        double size = 0;
        for (std::size_t k = 0; k < 2; ++k) {
            const double scale = corners_[0].at[k] + 1e-3;
            for (std::size_t i = 1; i < 3; ++i) {
                size = std::max(size, std::abs(corners_[i].at[k] - corners_[0].at[k]) / scale);
            }
        }
        const double rounding = 1e-14 * std::abs(corners_[0].value);
        return size < precision ||
               (size < 1e-4 && corners_[2].value - corners_[0].value < rounding);
    }

    /// The point beyond (or before) the middle of the two best, seen from the worst.
    Corner moved(double factor) {
        Point at;
        for (std::size_t k = 0; k < 2; ++k) {
            const double middle = 0.5 * (corners_[0].at[k] + corners_[1].at[k]);
            at[k] = middle + factor * (corners_[2].at[k] - middle);
        }
        return corner(at);
    }

    void improve() {
        const Corner reflected = moved(-1);
        if (reflected.value < corners_[0].value) {
            const Corner expanded = moved(-2);
            corners_[2] = expanded.value < reflected.value ? expanded : reflected;
            return;
        }
        if (reflected.value < corners_[1].value) {
            corners_[2] = reflected;
            return;
        }
        const bool outside = reflected.value < corners_[2].value;
        const Corner contracted = moved(outside ? -0.5 : 0.5);
        if (contracted.value < (outside ? reflected.value : corners_[2].value)) {
            corners_[2] = contracted;
            return;
        }
        for (std::size_t i = 1; i < 3; ++i) {
            corners_[i] = corner({0.5 * (corners_[0].at[0] + corners_[i].at[0]),
                                  0.5 * (corners_[0].at[1] + corners_[i].at[1])});
        }
    }

    const std::function<double(Point)>& function_;
    std::array<Corner, 3> corners_{};
    int evaluations_ = 0;
};

}  // namespace

Minimum minimize_between(const std::function<double(double)>& function, double low, double high,
                         double tolerance) {
    const Minimum ends[] = {{low, function(low)}, {high, function(high)}};
    BrentState state;
    const double start = low + golden * (high - low);
    state.best = state.second = state.third = {start, function(start)};
    constexpr int steps_max = 200;
    for (int i = 0; i < steps_max; ++i) {
        const double absolute = tolerance * std::abs(state.best.at) + 1e-14;
        const double middle = 0.5 * (low + high);
        if (std::abs(state.best.at - middle) <= 2 * absolute - 0.5 * (high - low)) break;
        if (!state.parabolic_step(low, high, absolute)) state.golden_step(low, high);
        const double step =
            std::abs(state.step) >= absolute ? state.step : std::copysign(absolute, state.step);
        const double at = state.best.at + step;
        state.take({at, function(at)}, low, high);
    }
    for (const Minimum& end : ends) {
        if (end.value <= state.best.value) state.best = end;
    }
    return state.best;
}

PlaneMinimum minimize_in_quadrant(const std::function<double(Point)>& function, Point start,
                                  double gain) {
    constexpr int rounds_max = 8;
    PlaneMinimum found{start, function(start), 1};
    double step = 0.5;
    double precision = 1e-3;
    for (int round = 0; round < rounds_max; ++round) {
        Simplex simplex{function, found.at, step};
        simplex.run(precision);
        found.evaluations += simplex.evaluations();
        const double gained = found.value - simplex.best().value;
        if (gained > 0) {
            found.at = simplex.best().at;
            found.value = simplex.best().value;
        }
        if (round > 0 && gained < gain + 1e-13 * std::abs(found.value)) break;
        step = round == 0 ? 2e-3 : 1e-4;
        precision = 1e-7;
    }
    return found;
}

}  // namespace opora::statistics

#include "opora/statistics/concentration.hpp"

#include <algorithm>

namespace opora::statistics {

namespace {

/// The point of the curve at a given abscissa.
double at(const std::vector<LorenzPoint>& curve, double x, double LorenzPoint::*from,
          double LorenzPoint::*to) {
    for (std::size_t i = 1; i < curve.size(); ++i) {
        if (curve[i].*from < x) continue;
        const double step = curve[i].*from - curve[i - 1].*from;
        const double part = step > 0 ? (x - curve[i - 1].*from) / step : 0;
        return curve[i - 1].*to + part * (curve[i].*to - curve[i - 1].*to);
    }
    return 1;
}

}  // namespace

std::optional<Concentration> concentration(std::span<const UnitCount> units) {
    std::vector<UnitCount> sorted;
    double members = 0;
    double counted = 0;
    for (const UnitCount& unit : units) {
        if (unit.members <= 0) continue;
        sorted.push_back(unit);
        members += unit.members;
        counted += unit.counted;
    }
    if (members <= 0 || counted <= 0) return std::nullopt;
    const auto ahead = [](const UnitCount& a, const UnitCount& b) {
        const double left = a.counted * b.members;
        const double right = b.counted * a.members;
        return left != right ? left > right : a.members > b.members;
    };
    std::ranges::sort(sorted, ahead);

    Concentration result;
    result.curve.push_back({0, 0});
    double members_so_far = 0;
    double counted_so_far = 0;
    double area = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        members_so_far += sorted[i].members;
        counted_so_far += sorted[i].counted;
        const bool tied = i + 1 < sorted.size() && sorted[i].counted * sorted[i + 1].members ==
                                                       sorted[i + 1].counted * sorted[i].members;
        if (tied) continue;
        const LorenzPoint before = result.curve.back();
        const LorenzPoint point{members_so_far / members, counted_so_far / counted};
        area += (point.members_share - before.members_share) *
                (point.counted_share + before.counted_share) / 2;
        result.curve.push_back(point);
    }
    result.gini = std::max(0.0, 2 * area - 1);
    result.in_worst_quarter =
        at(result.curve, 0.25, &LorenzPoint::members_share, &LorenzPoint::counted_share);
    result.members_holding_half =
        at(result.curve, 0.5, &LorenzPoint::counted_share, &LorenzPoint::members_share);
    return result;
}

}  // namespace opora::statistics

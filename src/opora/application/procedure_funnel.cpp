#include "opora/application/procedure_funnel.hpp"

#include <algorithm>
#include <cmath>

#include "opora/application/indicator_report.hpp"
#include "opora/base/expects.hpp"
#include "opora/statistics/funnel.hpp"

namespace opora::application {

namespace {

constexpr std::size_t schools_min = 3;
constexpr int steps = 60;

void count(const indicators::Evidence& evidence, const FunnelRequest& request,
           FunnelReport& report) {
    const auto* indicator = indicators::find_procedure_indicator(request.indicator);
    OPORA_EXPECTS(indicator != nullptr);
    std::int64_t counted = 0;
    for (const indicators::EvidenceCell& cell : evidence.cells()) {
        if (cell.procedure != request.procedure) continue;
        const model::School& school = evidence.school_of(cell.candidate);
        if (request.territory && !lies_in(evidence, school, *request.territory)) continue;
        const model::Measurement value = measure(*indicator, cell, 1);
        if (!value.known() || value.ratio.denominator <= 0) continue;
        const auto [x, n] = value.ratio;
        report.schools.push_back({.school = evidence.candidates()[cell.candidate].school,
                                  .x = x,
                                  .n = n,
                                  .share = value.ratio.value(),
                                  .interval = statistics::wilson_95(x, n)});
        counted += x;
        report.pupils += n;
    }
    if (report.pupils > 0) {
        report.target = static_cast<double>(counted) / static_cast<double>(report.pupils);
    }
}

/// Errors are those of the target, so that a school with 0 % has one.
double error_of(double target, std::int64_t n) {
    return std::sqrt(target * (1 - target) / static_cast<double>(n));
}

FunnelLine line_at(const statistics::Funnel& funnel, std::int64_t n) {
    const double deviation = funnel.deviation(error_of(funnel.target, n));
    const auto limit = [&](double z) {
        return std::clamp(funnel.target + z * deviation, 0.0, 1.0);
    };
    return {.n = n,
            .low_998 = limit(-statistics::funnel_alarm),
            .low_95 = limit(-statistics::funnel_warning),
            .high_95 = limit(statistics::funnel_warning),
            .high_998 = limit(statistics::funnel_alarm)};
}

void lay(const FunnelRequest& request, FunnelReport& report) {
    std::vector<statistics::FunnelPoint> points;
    std::int64_t most = 0;
    for (const FunnelSchool& one : report.schools) {
        points.push_back({one.share, error_of(report.target, one.n)});
        most = std::max(most, one.n);
    }
    const auto funnel =
        statistics::funnel(points, report.target,
                           request.usual_spread ? statistics::Overdispersion::additive
                                                : statistics::Overdispersion::none);
    for (std::size_t i = 0; i < points.size(); ++i) {
        report.schools[i].z = funnel.z(points[i]);
        report.schools[i].position = model::funnel_position(report.schools[i].z);
    }
    for (int i = 1; i <= steps; ++i) {
        const std::int64_t n = (most * i + steps - 1) / steps;
        if (report.limits.empty() || report.limits.back().n < n) {
            report.limits.push_back(line_at(funnel, n));
        }
    }
}

}  // namespace

FunnelReport procedure_funnel(const indicators::Evidence& evidence, const FunnelRequest& request) {
    FunnelReport report;
    count(evidence, request, report);
    if (report.schools.size() < schools_min) {
        report.reason = "границы не строятся: результаты есть меньше чем у трёх школ";
    } else if (report.target <= 0 || report.target >= 1) {
        report.reason = "границы не строятся: у всех школ одинаковое значение";
    } else {
        lay(request, report);
    }
    return report;
}

}  // namespace opora::application

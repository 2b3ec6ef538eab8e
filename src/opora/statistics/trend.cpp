#include "opora/statistics/trend.hpp"

#include <algorithm>

namespace opora::statistics {

std::optional<Trend> trend_of(std::span<const YearValue> values) {
    if (values.empty()) return std::nullopt;
    const auto count = static_cast<double>(values.size());
    double year = 0;
    double value = 0;
    for (const YearValue& one : values) {
        year += one.year / count;
        value += one.value / count;
    }
    Trend trend{.years = static_cast<int>(values.size())};
    for (const YearValue& one : values) trend.spread += (one.year - year) * (one.year - year);
    if (!(trend.spread > 0)) return std::nullopt;
    for (const YearValue& one : values) {
        const double c = (one.year - year) / trend.spread;
        trend.slope += c * one.value;
        trend.sampling_variance += c * c * one.standard_error * one.standard_error;
    }
    for (const YearValue& one : values) {
        const double residual = one.value - value - trend.slope * (one.year - year);
        const double leverage = 1 / count + (one.year - year) * (one.year - year) / trend.spread;
        trend.residual_squares += residual * residual;
        trend.residual_noise += one.standard_error * one.standard_error * (1 - leverage);
    }
    return trend;
}

std::optional<double> year_shock(std::span<const Trend> trends) {
    double excess = 0;
    double freedom = 0;
    for (const Trend& trend : trends) {
        if (trend.freedom() <= 0) continue;
        excess += trend.residual_squares - trend.residual_noise;
        freedom += trend.freedom();
    }
    if (freedom == 0) return std::nullopt;
    return std::max(0.0, excess / freedom);
}

}  // namespace opora::statistics

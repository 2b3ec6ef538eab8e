#include "opora/application/growth.hpp"

#include <algorithm>
#include <cmath>

#include "opora/application/indicator_report.hpp"
#include "opora/application/school_results.hpp"
#include "opora/statistics/false_discovery.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/random_effects.hpp"
#include "opora/statistics/trend.hpp"

namespace opora::application {

namespace {

using model::SchoolGrowth;
using statistics::Trend;

constexpr double z95 = 1.959963984540054;

/// Schools with their results of the window.
std::vector<SchoolGrowth> with_years(const indicators::Evidence& evidence,
                                     const GrowthOptions& options) {
    std::vector<SchoolGrowth> all(evidence.schools().size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].school = evidence.schools()[i].id;
    for (int back = options.window - 1; back >= 0; --back) {
        const model::SchoolYear year = options.year - back;
        const auto results = school_results(evidence, year);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!results[i] || !(results[i]->standard_error > 0)) continue;
            const double value = results[i]->value;
            const double error = results[i]->standard_error;
            all[i].years.push_back({year, value, error, value - z95 * error > 0});
        }
    }
    if (options.territory) {
        std::erase_if(all, [&](const SchoolGrowth& one) {
            const auto number = evidence.find_school(one.school);
            return !lies_in(evidence, evidence.schools()[*number], *options.territory);
        });
    }
    return all;
}

std::optional<Trend> trend_of(const SchoolGrowth& school) {
    std::vector<statistics::YearValue> values;
    for (const model::YearResult& one : school.years) {
        values.push_back({one.year.ending, one.value, one.standard_error});
    }
    return statistics::trend_of(values);
}

/// A school whose change is known, with its line.
struct Known {
    SchoolGrowth* school;
    Trend trend;
};

/// From the slope per year to the change from the first known year to the last.
void tell_changes(std::vector<Known>& known, double shock) {
    for (auto& [school, trend] : known) {
        const double span = school->years.back().year.ending - school->years.front().year.ending;
        school->change = trend.slope * span;
        school->change_error = std::sqrt(trend.variance(shock)) * span;
        school->low = *school->change - z95 * *school->change_error;
        school->high = *school->change + z95 * *school->change_error;
        school->p = statistics::normal_probability(-*school->change / *school->change_error);
    }
}

void shrink(std::vector<Known>& known) {
    if (known.size() < 2) return;
    const auto variance = [](const Known& one) {
        return *one.school->change_error * *one.school->change_error;
    };
    statistics::RandomEffects effects;
    for (const Known& one : known) effects.look(*one.school->change, variance(one));
    effects.settle();
    for (const Known& one : known) effects.weigh(*one.school->change, variance(one));
    for (Known& one : known) {
        const double kept = effects.between() / (effects.between() + variance(one));
        one.school->shrunken = kept * *one.school->change + (1 - kept) * effects.mean();
    }
}

void judge(std::vector<Known>& known, const GrowthOptions& options) {
    std::vector<double> p;
    for (const Known& one : known) p.push_back(*one.school->p);
    const std::vector<double> q = statistics::benjamini_hochberg(p);
    for (std::size_t i = 0; i < known.size(); ++i) {
        SchoolGrowth& school = *known[i].school;
        school.q = q[i];
        school.growing = q[i] <= options.level && *school.change >= options.change_min;
    }
}

}  // namespace

GrowthReport find_growth(const LoadedEvidence& loaded, const GrowthOptions& options) {
    GrowthReport report{.options = options,
                        .schools = with_years(loaded.evidence, options),
                        .snapshot = loaded.snapshot};
    std::vector<Known> known;
    std::vector<Trend> trends;
    for (SchoolGrowth& school : report.schools) {
        school.stably_high = std::ranges::count(school.years, true, &model::YearResult::high) >=
                             options.high_years_min;
        if (const auto trend = trend_of(school)) {
            known.push_back({&school, *trend});
            trends.push_back(*trend);
        } else {
            school.reason = school.years.empty() ? "нет сравнимых результатов за эти годы"
                                                 : "результаты известны только за один год";
        }
    }
    if (known.empty()) return report;
    const auto shock = statistics::year_shock(trends);
    if (shock) report.year_deviation = std::sqrt(*shock);
    tell_changes(known, shock.value_or(0));
    shrink(known);
    judge(known, options);
    return report;
}

}  // namespace opora::application

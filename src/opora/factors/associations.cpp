#include "opora/factors/associations.hpp"

#include <fmt/format.h>

#include "opora/base/expects.hpp"
#include "opora/base/russian.hpp"
#include "opora/statistics/correlation.hpp"
#include "opora/statistics/correlation_interval.hpp"
#include "opora/statistics/false_discovery.hpp"

namespace opora::factors {

namespace {

using model::FactorAssociation;
using model::RiskProfile;

/// The index of a factor and the result, school by school.
struct Pairs {
    std::vector<double> index;
    std::vector<double> result;
};

Pairs pairs_of(std::size_t factor, std::span<const RiskProfile> profiles,
               std::span<const std::optional<double>> results) {
    Pairs pairs;
    for (std::size_t school = 0; school < profiles.size(); ++school) {
        const model::FactorAssessment& assessment = profiles[school].factors[factor];
        if (!assessment.computed || !results[school]) continue;
        pairs.index.push_back(assessment.index.value());
        pairs.result.push_back(*results[school]);
    }
    return pairs;
}

FactorAssociation association_of(const model::RiskFactor& factor, const Pairs& pairs,
                                 const model::FactorCuts& cuts) {
    FactorAssociation one{.factor = factor.code, .schools = std::ssize(pairs.index)};
    if (factor.from_results) {
        one.reason = "признаки фактора сами взяты из результатов, связь была бы предрешена";
        return one;
    }
    if (one.schools < cuts.association_schools_min) {
        one.reason = fmt::format("и фактор, и результат известны у {}, нужно {}",
                                 base::counted(one.schools, {"школы", "школ", "школ"}),
                                 cuts.association_schools_min);
        return one;
    }
    one.correlation = statistics::spearman(pairs.index, pairs.result);
    if (!one.correlation) {
        one.reason = "у всех школ фактор или результат одинаков";
        return one;
    }
    const auto interval = statistics::correlation_interval(*one.correlation, one.schools);
    if (!interval) {
        one.reason = "школ слишком мало, чтобы оценить точность";
        return one;
    }
    one.low = interval->low;
    one.high = interval->high;
    one.p_value = interval->p_value;
    return one;
}

void hold_false_discovery(std::vector<FactorAssociation>& all, double rate) {
    std::vector<double> p;
    for (const FactorAssociation& one : all) {
        if (one.p_value) p.push_back(*one.p_value);
    }
    const std::vector<double> adjusted = statistics::benjamini_hochberg(p);
    std::size_t next = 0;
    for (FactorAssociation& one : all) {
        if (!one.p_value) continue;
        one.adjusted = adjusted[next++];
        one.found = *one.adjusted <= rate;
    }
}

}  // namespace

std::vector<FactorAssociation> associations(const model::FactorCatalogue& catalogue,
                                            std::span<const RiskProfile> profiles,
                                            std::span<const std::optional<double>> results) {
    OPORA_EXPECTS(profiles.size() == results.size());
    std::vector<FactorAssociation> all;
    for (std::size_t i = 0; i < catalogue.factors.size(); ++i) {
        all.push_back(
            association_of(catalogue.factors[i], pairs_of(i, profiles, results), catalogue.cuts));
    }
    hold_false_discovery(all, catalogue.cuts.false_discovery.value());
    return all;
}

}  // namespace opora::factors

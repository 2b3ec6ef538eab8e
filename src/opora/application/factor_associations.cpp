#include "opora/application/factor_associations.hpp"

#include <algorithm>

#include "opora/application/contextual.hpp"
#include "opora/application/evidence_loading.hpp"
#include "opora/factors/associations.hpp"
#include "opora/indicators/standard_scores.hpp"

namespace opora::application {

namespace {

using Results = std::vector<std::optional<double>>;

/// By number of the school.
Results standard_results_of(const indicators::Evidence& evidence, model::SchoolYear year) {
    Results results(evidence.schools().size());
    const indicators::StandardScores scores{evidence, year};
    const auto variance = indicators::standard_variance(scores);
    if (!variance) return results;
    for (const auto& result : indicators::standard_results(scores, *variance))
        results[result.candidate] = result.value;
    return results;
}

Results contextual_results_of(const indicators::Evidence& evidence,
                              const AssociationRequest& request, std::string& note) {
    Results results(evidence.schools().size());
    const ContextualReport report =
        contextual_report(evidence, {.year = request.year, .territory = request.territory});
    note = report.model.reason;
    for (std::size_t i = 0; i < report.numbers.size(); ++i)
        results[report.numbers[i]] = report.schools[i].effect.effect;
    return results;
}

}  // namespace

base::Result<AssociationReport, base::Errors> factor_associations(
    const Adapters& adapters, ports::Store& store, const AssociationRequest& request) {
    const LoadedEvidence loaded = load_evidence(store);
    ProfileReport profiles = OPORA_TRY(risk_profiles(
        adapters, store, loaded.evidence,
        {.directory = request.directory, .year = request.year, .territory = request.territory}));
    AssociationReport report{.catalogue = std::move(profiles.catalogue)};
    const Results all = request.result == ComparedResult::standard
                            ? standard_results_of(loaded.evidence, request.year)
                            : contextual_results_of(loaded.evidence, request, report.note);
    Results results;
    for (const model::School& school : profiles.schools) {
        results.push_back(all[*loaded.evidence.find_school(school.id)]);
        report.schools += results.back() ? 1 : 0;
    }
    report.associations = factors::associations(*report.catalogue, profiles.profiles, results);
    return report;
}

}  // namespace opora::application

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/methodologies.hpp"
#include "opora/identification/territory_prior.hpp"
#include "opora/model/listing.hpp"
#include "opora/model/scale.hpp"

namespace opora::application {

/// The evidence of a source, loaded once and shared by the methodologies that judge it.
class Basis {
public:
    /// `scales` are the official ones; only packs that leave out results with computed signs of
    /// non-objective assessment look at them.
    explicit Basis(const ports::DataSource& source, std::span<const model::Scale> scales = {})
        : source_{source}, scales_{scales} {}

    /// Schools as the pack wants them: with or without the results of merged schools.
    const LoadedEvidence& schools(const rules::Pack& pack);
    /// The candidates of the pack: schools, or teachers by the classes they taught; in the clusters
    /// that it wants, those of the year where they are computed.
    const indicators::Evidence& candidates(const rules::Pack& pack, model::SchoolYear year);
    /// The same candidates as the pack judges them in a year: with `marked_results: all_excluded`
    /// the results of this and of all earlier years that carry computed signs are marked.
    const indicators::Evidence& judged(const rules::Pack& pack, model::SchoolYear year);
    /// What the judged candidates of the pack have in common in a year: the prior of all
    /// probabilities.
    identification::TerritoryPrior& prior(const rules::Pack& pack, model::SchoolYear year);

private:
    using Needs = std::pair<bool, bool>;        // Follow successors, histograms.
    using NeedsOfYear = std::pair<Needs, int>;  // 0: no computed clusters.

    const indicators::Evidence& clustered(const rules::Pack& pack, model::SchoolYear year);

    const ports::DataSource& source_;
    std::span<const model::Scale> scales_;
    std::map<Needs, LoadedEvidence> schools_;
    std::map<NeedsOfYear, indicators::Evidence> clustered_;
    std::map<NeedsOfYear, indicators::Evidence> teachers_;
    std::map<std::pair<const indicators::Evidence*, int>, indicators::Evidence> judged_;
    std::map<std::pair<const indicators::Evidence*, int>, identification::TerritoryPrior> priors_;
};

/// Whether the methodology leaves out results with computed signs of non-objective assessment: then
/// its list depends on the official borders of marks.
bool judges_by_scales(const rules::Pack& pack);

/// The evidence in which teachers are the candidates, by the classes they taught.
indicators::Evidence teacher_evidence(const ports::DataSource& source,
                                      const LoadedEvidence& schools);

struct IdentifyOptions {
    model::SchoolYear year;
    std::optional<model::TerritoryId> territory;
    bool probabilities = true;                          ///< Without them the list is there at once.
    std::function<bool(const model::Listing&)> derive;  ///< Whose findings get their derivation.
};

/// The list of one methodology.
model::SchoolList identify(Basis& basis, const Methodology& methodology,
                           const IdentifyOptions& options);

/// The listings of one school with all derivations: one for the school, or one for each of its
/// teachers. An error when the school is not in the register.
base::Result<model::SchoolList> explain(Basis& basis, const Methodology& methodology,
                                        model::SchoolYear year, const model::SchoolId& school,
                                        const std::optional<model::TeacherId>& teacher);

/// What one changed list differs in: a candidate whose verdict became another.
struct VerdictChange {
    const model::Listing* before = nullptr;
    const model::Listing* after = nullptr;
};

/// Candidates whose verdicts differ between two lists of the same candidates.
std::vector<VerdictChange> changes(const model::SchoolList& before, const model::SchoolList& after);

/// Resolves a school by id, ВПР login or exam centre code.
std::optional<model::SchoolId> resolve_school(const indicators::Evidence& evidence,
                                              const std::string& text);

}  // namespace opora::application

#include "opora/application/score_histograms.hpp"

#include <algorithm>
#include <map>

#include "opora/objectivity/borders.hpp"
#include "opora/tally/scale.hpp"

namespace opora::application {

namespace {

void add(std::vector<std::int32_t>& sum, const std::vector<std::int32_t>& counts) {
    sum.resize(std::max(sum.size(), counts.size()));
    for (std::size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
}

/// Official borders of works of a school.
class BorderFinder {
public:
    BorderFinder(const indicators::Evidence& evidence, std::span<const model::Scale> scales,
                 const ObjectivityFindings& findings, indicators::SchoolNumber school,
                 model::SchoolYear year)
        : evidence_{evidence},
          scales_{scales},
          school_{school},
          table_{
              {.evidence = evidence, .details = findings.details, .scales = scales, .year = year}} {
        const auto place = evidence.territory(school, indicators::Scope::region);
        if (place != indicators::nothing) region_ = evidence.territories()[place].id;
    }

    void set(ScoreHistogram& histogram) const {
        const model::Scale* scale = tally::find_scale(scales_, histogram.procedure, region_);
        if (histogram.procedure.type == model::ProcedureType::ege) {
            if (scale == nullptr) return;
            histogram.first_scores[0] =
                tally::minimum_of(*scale, model::MinimumPurpose::certificate);
        } else if (const auto number = evidence_.find_procedure(histogram.procedure)) {
            histogram.first_scores = table_.of(school_, *number).first_scores;
        }
        const bool known = std::ranges::any_of(histogram.first_scores,
                                               [](const auto& score) { return score.has_value(); });
        if (!known) return;
        histogram.borders_of = scale != nullptr ? "официальная шкала " + scale->edition
                                                : "по официальным отметкам в протоколах";
    }

private:
    const indicators::Evidence& evidence_;
    std::span<const model::Scale> scales_;
    indicators::SchoolNumber school_;
    objectivity::BorderTable table_;
    model::TerritoryId region_;
};

}  // namespace

std::vector<ScoreHistogram> score_histograms(ports::Store& store, const LoadedEvidence& loaded,
                                             std::span<const model::Scale> scales,
                                             const ObjectivityFindings& findings,
                                             indicators::SchoolNumber school,
                                             model::SchoolYear year) {
    const indicators::Evidence& evidence = loaded.evidence;
    ports::CellFilter filter{.schools = {evidence.schools()[school].id}, .procedures = {}};
    for (const indicators::EvidenceCell& cell : evidence.cells_of(school)) {
        const model::Procedure& procedure = evidence.procedures()[cell.procedure];
        if (procedure.year == year) filter.procedures.push_back(procedure);
    }
    if (filter.procedures.empty()) return {};
    std::map<model::Procedure, std::vector<std::int32_t>> counts;
    for (std::uint32_t file = 0; file < loaded.facts.size(); ++file) {
        if (evidence.cells_in_force()[file] == 0) continue;
        for (const ports::Histogram& one :
             store.fact_store().histograms(loaded.facts[file].identity, filter)) {
            const auto given = evidence.given_by(file, one.school, one.procedure);
            if (holds(given, tally::FieldGroup::scores)) add(counts[one.procedure], one.counts);
        }
    }
    const BorderFinder borders{evidence, scales, findings, school, year};
    std::vector<ScoreHistogram> histograms;
    for (auto& [procedure, by_score] : counts) {
        if (std::ranges::all_of(by_score, [](std::int32_t n) { return n == 0; })) continue;
        histograms.push_back({.procedure = procedure,
                              .counts = std::move(by_score),
                              .first_scores = {},
                              .borders_of = {}});
        borders.set(histograms.back());
    }
    return histograms;
}

}  // namespace opora::application

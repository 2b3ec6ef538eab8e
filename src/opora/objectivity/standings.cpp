#include "opora/objectivity/standings.hpp"

#include <algorithm>
#include <cmath>

#include "opora/statistics/random_effects.hpp"

namespace opora::objectivity {

namespace {

SchoolMean of_marks(const tally::CellCounts& counts) {
    SchoolMean own;
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        own.n += counts.marks[i];
        sum += counts.marks[i] * static_cast<double>(i + 2);
    }
    if (own.n == 0) return own;
    own.mean = sum / static_cast<double>(own.n);
    for (std::size_t i = 0; i < 4; ++i) {
        const double apart = static_cast<double>(i + 2) - own.mean;
        own.squares += counts.marks[i] * apart * apart;
    }
    return own;
}

SchoolMean of_scores(const tally::CellCounts& counts) {
    SchoolMean own{.n = counts.scored};
    if (own.n == 0) return own;
    const auto sum = static_cast<double>(counts.score_sum);
    own.mean = sum / static_cast<double>(own.n);
    own.squares = std::max(0.0, static_cast<double>(counts.score_squares) - sum * own.mean);
    return own;
}

/// Sums over the schools of one group that the model is made of.
struct Sums {
    double squares = 0;
    double freedom = 0;
    double mean_sum = 0;
    double mean_squares = 0;
    statistics::RandomEffects effects;
};

}  // namespace

std::optional<SchoolMean> Standings::mean_of(const EvidenceCell& cell, bool by_scores) {
    const SchoolMean own = by_scores ? of_scores(cell.counts) : of_marks(cell.counts);
    return own.n > 0 ? std::optional{own} : std::nullopt;
}

std::size_t Standings::place(SchoolNumber school, ProcedureNumber procedure) const {
    const std::size_t group = scope_.by_reference
                                  ? group_of(material_, school)
                                  : material_.evidence.territory(school, indicators::Scope::region);
    return group * material_.evidence.procedures().size() + procedure;
}

Standings::Standings(const Material& material, const Scope& scope)
    : material_{material}, scope_{scope} {
    const indicators::Evidence& evidence = material.evidence;
    std::size_t groups = evidence.territories().size() + 1;
    for (SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        groups = std::max<std::size_t>(groups, std::size_t{group_of(material, i)} + 1);
    }
    models_.resize(groups * evidence.procedures().size());
    std::vector<Sums> sums(models_.size());

    std::vector<const EvidenceCell*> cells;
    for (const EvidenceCell& cell : evidence.cells()) {
        const model::Procedure& procedure = evidence.procedures()[cell.procedure];
        const bool wanted = scope.first <= procedure.year && procedure.year <= scope.last &&
                            procedure.period == model::Period::main;
        if (!wanted) continue;
        if (scope.ordinary_only && is_special(evidence.schools()[cell.candidate])) continue;
        cells.push_back(&cell);
    }
    for (GroupModel& model : models_) model.by_scores = false;
    for (const EvidenceCell* cell : cells) {
        if (cell->counts.scored > 0)
            models_[place(cell->candidate, cell->procedure)].by_scores = true;
    }
    const auto each = [&](const auto& visit) {
        for (const EvidenceCell* cell : cells) {
            const std::size_t slot = place(cell->candidate, cell->procedure);
            const auto own = mean_of(*cell, models_[slot].by_scores);
            if (own && own->n >= participants_min) visit(models_[slot], sums[slot], *own);
        }
    };
    each([](GroupModel& model, Sums& sum, const SchoolMean& own) {
        ++model.schools;
        sum.squares += own.squares;
        sum.freedom += static_cast<double>(own.n - 1);
        sum.mean_sum += own.mean;
    });
    for (std::size_t i = 0; i < models_.size(); ++i) {
        if (sums[i].freedom > 0) models_[i].within = sums[i].squares / sums[i].freedom;
    }
    const auto variance = [](const GroupModel& model, const SchoolMean& own) {
        return model.within / static_cast<double>(own.n);
    };
    each([&](GroupModel& model, Sums& sum, const SchoolMean& own) {
        if (!model.comparable()) return;
        const double apart = own.mean - sum.mean_sum / static_cast<double>(model.schools);
        sum.mean_squares += apart * apart;
        sum.effects.look(own.mean, variance(model, own));
    });
    for (std::size_t i = 0; i < models_.size(); ++i) {
        GroupModel& model = models_[i];
        if (!model.comparable()) continue;
        sums[i].effects.settle();
        model.between = sums[i].effects.between();
        model.school_deviation =
            std::sqrt(sums[i].mean_squares / static_cast<double>(model.schools - 1));
    }
    each([&](GroupModel& model, Sums& sum, const SchoolMean& own) {
        if (model.comparable()) sum.effects.weigh(own.mean, variance(model, own));
    });
    for (std::size_t i = 0; i < models_.size(); ++i) {
        if (!models_[i].comparable()) continue;
        models_[i].mean = sums[i].effects.mean();
        models_[i].mean_variance = sums[i].effects.mean_variance();
    }
}

Standings::Answer Standings::standing(SchoolNumber school, ProcedureNumber procedure) const {
    const EvidenceCell* cell = material_.evidence.cell(school, procedure);
    const GroupModel& model = group(school, procedure);
    const auto own = cell == nullptr ? std::nullopt : mean_of(*cell, model.by_scores);
    if (!own) return {{}, Untested::no_scores};
    if (own->n < participants_min) return {{}, Untested::few_participants};
    if (model.schools < schools_min) return {{}, Untested::few_schools};
    if (!model.comparable() || model.school_deviation <= 0) return {{}, Untested::no_spread};
    const double unit = model.school_deviation;
    return {Standing{(own->mean - model.mean) / unit,
                     model.within / (static_cast<double>(own->n) * unit * unit), own->n},
            Untested::none};
}

}  // namespace opora::objectivity

#include "opora/identification/territory_prior.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"
#include "opora/identification/kind_rows.hpp"

namespace opora::identification {

namespace {

/// From so many schools on a territory speaks for itself.
constexpr std::size_t schools_for_own_prior = 50;

std::size_t groups_with_rows(const statistics::NestedRows& rows) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.groups(); ++i) count += rows.of(i).empty() ? 0 : 1;
    return count;
}

}  // namespace

void TerritoryPrior::need(const KindSet& kinds) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!kinds[i] || models_[i]) continue;
        const auto kind = static_cast<ResultKind>(i);
        KindModel model = kind_rows(evidence_, year_, kind);
        statistics::NestedFitOptions options{.imported = {}, .seed = i};
        const std::size_t schools = groups_with_rows(model.rows);
        sources_[i] = model::PriorSource::territory;
        if (schools < schools_for_own_prior) {
            sources_[i] = model::PriorSource::few_schools;
            auto imported = imported_moments(evidence_, model, kind);
            const bool any =
                std::ranges::any_of(imported, [](const auto& one) { return one.has_value(); });
            if (any) {
                options.imported = std::move(imported);
                sources_[i] = model::PriorSource::imported;
            }
        }
        model.priors = statistics::fit_nested(model.rows, options);
        models_[i] = std::move(model);
    }
}

model::PriorSource TerritoryPrior::source(const KindSet& kinds) const {
    model::PriorSource weakest = model::PriorSource::territory;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!kinds[i]) continue;
        OPORA_EXPECTS(models_[i].has_value());
        // A kind that no cell has plays no part.
        if (!models_[i]->rows.rows.empty()) weakest = std::max(weakest, sources_[i]);
    }
    return weakest;
}

}  // namespace opora::identification

#include <algorithm>
#include <map>

#include "opora/indicators/evidence.hpp"

namespace opora::indicators {

void Evidence::place_histograms(std::span<const tally::Histogram> histograms) {
    // Reference distribution: all participants of the region in one procedure.
    std::map<std::pair<TerritoryNumber, ProcedureNumber>, std::vector<std::int64_t>> reference;
    const auto place_of = [this](const tally::Histogram& histogram) {
        const auto school = find_school(histogram.school);
        const auto procedure = find_procedure(histogram.procedure);
        const bool known = school && procedure;
        return std::tuple{known, known ? heirs_[*school] : 0, known ? *procedure : 0};
    };
    for (const tally::Histogram& histogram : histograms) {
        const auto [known, school, procedure] = place_of(histogram);
        if (!known) continue;
        auto& sum = reference[{territory(school, Scope::region), procedure}];
        if (sum.size() < histogram.counts.size()) sum.resize(histogram.counts.size(), 0);
        for (std::size_t i = 0; i < histogram.counts.size(); ++i) sum[i] += histogram.counts[i];
    }
    for (const tally::Histogram& histogram : histograms) {
        const auto [known, school, procedure] = place_of(histogram);
        if (!known) continue;
        const auto& sum = reference[{territory(school, Scope::region), procedure}];
        std::int64_t everyone = 0;
        for (const std::int64_t count : sum) everyone += count;
        // The border is the smallest score at or below which a quarter of the region stands.
        std::int64_t below = 0;
        std::size_t border = 0;
        while (border < sum.size() && 4 * (below += sum[border]) < everyone) ++border;

        const auto own = cells_of(school);
        const auto cell = std::ranges::lower_bound(own, procedure, {}, &EvidenceCell::procedure);
        if (cell == own.end() || cell->procedure != procedure) continue;
        EvidenceCell& target = cells_[static_cast<std::size_t>(&*cell - cells_.data())];
        for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
            target.bottom_quartile_known += histogram.counts[i];
            if (i <= border) target.bottom_quartile += histogram.counts[i];
        }
    }
}

Evidence Evidence::with_histograms(std::span<const tally::Histogram> histograms) && {
    place_histograms(histograms);
    return std::move(*this);
}

}  // namespace opora::indicators

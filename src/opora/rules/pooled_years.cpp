#include "opora/rules/pooled_years.hpp"

#include <algorithm>
#include <numeric>

namespace opora::rules {

namespace {

using indicators::EvidenceCell;

void multiply(tally::CellCounts& counts, std::int32_t times) {
    const tally::CellCounts once = counts;
    for (std::int32_t i = 1; i < times; ++i) merge(counts, once);
}

/// Hour shares of teachers are brought to a common denominator first.
void add(EvidenceCell& into, const EvidenceCell& other) {
    tally::CellCounts added = other.counts;
    const bool other_scale = into.counts.score_max > 0 && added.score_max > 0 &&
                             into.counts.score_max != added.score_max;
    if (other_scale) {
        added.scored = 0;
        added.score_sum = 0;
        added.score_squares = 0;
        added.score_max = 0;
    }
    const std::int32_t weight = std::lcm(into.weight, other.weight);
    multiply(into.counts, weight / into.weight);
    multiply(added, weight / other.weight);
    into.bottom_quartile = into.bottom_quartile * (weight / into.weight) +
                           other.bottom_quartile * (weight / other.weight);
    into.bottom_quartile_known = into.bottom_quartile_known * (weight / into.weight) +
                                 other.bottom_quartile_known * (weight / other.weight);
    into.weight = weight;
    merge(into.counts, added);
}

}  // namespace

const PooledCell* PooledYears::find(std::uint32_t cell) const {
    const auto place = std::ranges::lower_bound(cells, cell, {}, &PooledCell::cell);
    return place != cells.end() && place->cell == cell ? &*place : nullptr;
}

PooledYears pool_years(const indicators::Evidence& evidence, std::int64_t n_min, int years) {
    const auto cells = evidence.cells();
    std::vector<EvidenceCell> changed{cells.begin(), cells.end()};
    std::vector<PooledCell> pooled;
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        EvidenceCell& cell = changed[i];
        PooledCell parts{.cell = i, .parts = {i}};
        const model::SchoolYear year = evidence.procedures()[cell.procedure].year;
        for (int back = 1; back < years; ++back) {
            const bool enough = cell.counts.participants >= n_min * cell.weight;
            if (enough || cell.counts.participants == 0) break;
            const auto before = evidence.in_year(cell.procedure, year - back);
            const EvidenceCell* earlier = before ? evidence.cell(cell.candidate, *before) : nullptr;
            if (earlier == nullptr || earlier->counts.participants == 0) continue;
            add(cell, *earlier);
            parts.parts.push_back(static_cast<std::uint32_t>(earlier - cells.data()));
        }
        if (parts.parts.size() > 1) pooled.push_back(std::move(parts));
    }
    const auto candidates = evidence.candidates();
    return {evidence.with_candidates({candidates.begin(), candidates.end()}, std::move(changed)),
            std::move(pooled)};
}

}  // namespace opora::rules

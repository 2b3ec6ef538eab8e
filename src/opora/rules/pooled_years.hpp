#pragma once

#include <cstdint>
#include <vector>

#include "opora/indicators/evidence.hpp"

namespace opora::rules {

/// A cell that was put together with the same work of earlier years: numbers of all the cells that
/// it is now, its own first.
struct PooledCell {
    std::uint32_t cell = 0;
    std::vector<std::uint32_t> parts;
};

/// Evidence whose small cells are pooled over years; cells keep their numbers.
struct PooledYears {
    indicators::Evidence evidence;
    std::vector<PooledCell> cells;  ///< Sorted by cell.

    const PooledCell* find(std::uint32_t cell) const;
};

/// Every cell with fewer than `n_min` participants is put together with the same work of the year
/// before, then of the year before that, until there are enough, over `years` years at most (its
/// own included). A year without the work is passed over. The earlier cells stay what they are, and
/// so do the totals of territories. Scores are put together only when the largest score is the
/// same.
PooledYears pool_years(const indicators::Evidence& evidence, std::int64_t n_min, int years);

}  // namespace opora::rules

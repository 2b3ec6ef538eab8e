#include "opora/tally/tally_results.hpp"

#include "opora/tally/cell_counter.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::tally {

std::vector<Cell> tally_results(const model::ResultTable& results) {
    const RowGroups groups{results};
    CellCounter counter{results, groups};
    std::vector<Cell> cells;
    cells.reserve(groups.size());
    for (std::size_t group = 0; group < groups.size(); ++group)
        cells.push_back(counter.count(group));
    return cells;
}

}  // namespace opora::tally

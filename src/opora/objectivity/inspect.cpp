#include "opora/objectivity/inspect.hpp"

#include <algorithm>

#include "opora/objectivity/border_spike.hpp"
#include "opora/objectivity/class_signs.hpp"
#include "opora/objectivity/journal_gap.hpp"
#include "opora/objectivity/level_signs.hpp"

namespace opora::objectivity {

Inspection inspect(const Material& material, double level) {
    Inspection inspection{.level = level};
    for (const auto find : {border_spikes, above_group, cohort_falls, journal_gaps,
                            examination_gaps, homogeneous_classes, passing_gains}) {
        const std::vector<Row> some = find(material);
        inspection.rows.insert(inspection.rows.end(), some.begin(), some.end());
    }
    inspection.schools = conclude(inspection.rows, level, material.details.class_names());
    return inspection;
}

std::vector<indicators::MarkedCell> marked_cells(const Inspection& inspection) {
    std::vector<indicators::MarkedCell> cells;
    for (const Row& row : inspection.rows) {
        if (row.marked && row.procedure != indicators::nothing) {
            cells.push_back({row.school, row.procedure});
        }
    }
    std::ranges::sort(cells);
    cells.erase(std::ranges::unique(cells).begin(), cells.end());
    return cells;
}

}  // namespace opora::objectivity

#include "opora/objectivity/inspect.hpp"

#include <algorithm>
#include <array>

#include "opora/base/parallel.hpp"
#include "opora/objectivity/border_spike.hpp"
#include "opora/objectivity/class_signs.hpp"
#include "opora/objectivity/journal_gap.hpp"
#include "opora/objectivity/level_signs.hpp"

namespace opora::objectivity {

Inspection inspect(const Material& material, double level) {
    Inspection inspection{.level = level};
    using Find = std::vector<Row> (*)(const Material&);
    constexpr std::array<Find, model::objectivity_signs> finders{
        border_spikes,    homogeneous_classes, above_group,  cohort_falls,
        examination_gaps, journal_gaps,        passing_gains};
    std::array<std::vector<Row>, finders.size()> found;
    const std::size_t worth_a_thread = material.evidence.schools().size() < 500 ? 100 : 1;
    base::in_parallel(finders.size(), worth_a_thread, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) found[i] = finders[i](material);
    });
    std::size_t count = 0;
    for (const auto& some : found) count += some.size();
    inspection.rows.reserve(count);
    for (auto& some : found) {
        inspection.rows.insert(inspection.rows.end(), some.begin(), some.end());
        some = {};
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

#include "opora/intake/bulk/bulk_schools_again.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "opora/intake/bulk/bulk_header.hpp"
#include "opora/intake/bulk/bulk_names.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/headings.hpp"

namespace opora::intake {

namespace {

/// The cells of a row in the order in which a refused row keeps them: by slot, the present ones.
std::vector<std::string> cells_of(const TableRow& row, const BulkHeader& header) {
    std::vector<std::string> by_slot(header.slot_count());
    for (std::size_t i = 0; i < row.cells.size() && i < header.slots.size(); ++i)
        by_slot[header.slots[i]] = row.cells[i];
    std::vector<std::string> cells;
    for (std::size_t slot = 0; slot < header.unread_slot(); ++slot) {
        if (slot == static_cast<std::size_t>(BulkColumn::participant) &&
            looks_like_name(by_slot[slot])) {
            by_slot[slot].clear();
        }
        if (header.present[slot]) cells.push_back(std::move(by_slot[slot]));
    }
    return cells;
}

base::Error alone(const ports::ImportBatch& batch) {
    return {.code = "failed_rows_alone",
            .message =
                "строк у школ с ошибками слишком много, чтобы выписать их все: в файле "
                "строк с ошибками только они сами. Исправляйте их в исходном файле и "
                "загружайте его целиком",
            .place = {.file = batch.file}};
}

}  // namespace

base::Result<base::Done> add_schools_of_refused(TableReader& table, const BulkContext& context,
                                                ports::ImportBatch& batch) {
    auto& rows = batch.failed.rows;
    if (rows.empty()) return base::Done{};
    std::set<std::int64_t> refused;
    std::set<std::string> schools;
    for (const ports::FailedRow& row : rows) {
        refused.insert(row.row);
        // The school's column is always there and comes first.
        if (!row.cells.empty()) schools.emplace(trimmed(row.cells.front()));
    }
    // A row whose school is not known may belong to any of them.
    const bool any_school = std::ranges::any_of(
        batch.errors, [](const base::Error& one) { return one.code == "unknown_school"; });
    TableRow row;
    bool more = OPORA_TRY(table.next(row));
    while (more && is_comment(row)) more = OPORA_TRY(table.next(row));
    const BulkHeader header =
        OPORA_TRY(read_bulk_header(row.cells, context, batch.file, table.sheet()));
    const std::size_t alone_rows = rows.size();
    while (OPORA_TRY(table.next(row))) {
        if (is_comment(row) || refused.contains(row.number)) continue;
        std::vector<std::string> cells = cells_of(row, header);
        if (!any_school && !schools.contains(std::string{trimmed(cells.front())})) continue;
        if (rows.size() >= bulk_schools_rows_max) {
            rows.resize(alone_rows);
            batch.warnings.push_back(alone(batch));
            return base::Done{};
        }
        rows.push_back({.sheet = table.sheet(),
                        .row = row.number,
                        .cells = std::move(cells),
                        .reason = {},
                        .refused = false});
    }
    std::ranges::stable_sort(rows, {}, &ports::FailedRow::row);
    return base::Done{};
}

}  // namespace opora::intake

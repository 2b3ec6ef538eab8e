#include <utility>

#include "opora/intake/bulk/bulk_assembly.hpp"
#include "opora/intake/bulk/bulk_row_reader.hpp"
#include "opora/intake/bulk/read_bulk.hpp"
#include "opora/intake/tables/sheet_notes.hpp"

namespace opora::intake {

namespace {

constexpr std::size_t rows_of_part = 100'000;

bool is_comment(const TableRow& row) {
    for (const std::string& cell : row.cells) {
        if (!trimmed(cell).empty()) return trimmed(cell).starts_with('#');
    }
    return false;
}

/// Puts the cells of a row into their slots. A table cuts blanks at the end of a row, so missing
/// cells are blank.
bool place_cells(const TableRow& row, const BulkHeader& header, BulkRowReader& reader) {
    const auto slots = reader.cells();
    for (std::string_view& cell : slots) cell = {};
    for (std::size_t column = 0; column < row.cells.size() && column < header.slots.size();
         ++column) {
        slots[header.slots[column]] = row.cells[column];
    }
    return row.cells.size() <= header.slots.size();
}

}  // namespace

base::Result<ports::ImportBatch> read_bulk_table(TableReader& table, const std::string& file_name,
                                                 const BulkContext& context) {
    TableRow row;
    bool more = OPORA_TRY(table.next(row));
    while (more && is_comment(row)) more = OPORA_TRY(table.next(row));
    if (!more) row.cells.clear();
    const BulkHeader header =
        OPORA_TRY(read_bulk_header(row.cells, context, file_name, table.sheet()));
    const std::int64_t first_line = row.number + 1;

    BulkNames names{context};
    BulkRowReader reader{header, names, context};
    std::vector<BulkPart> parts;
    std::int64_t lines_before = 0;
    while (more) {
        reader.begin(rows_of_part);
        std::int64_t line = 0;
        for (std::size_t count = 0; count < rows_of_part; ++count) {
            more = OPORA_TRY(table.next(row));
            if (!more) break;
            line = row.number - first_line + 1 - lines_before;
            if (is_comment(row)) continue;
            if (place_cells(row, header, reader)) {
                reader.take(line);
            } else {
                reader.refuse(line, "wrong_cell_count", "в строке больше значений, чем столбцов");
            }
        }
        parts.push_back(reader.end());
        parts.back().lines = line;
        lines_before += line;
    }
    ports::ImportBatch batch = assemble_bulk(std::move(parts), first_line, header, names);
    const base::Errors notes = sheet_warnings(table, first_line - 1, file_name);
    batch.warnings.insert(batch.warnings.end(), notes.begin(), notes.end());
    return batch;
}

}  // namespace opora::intake

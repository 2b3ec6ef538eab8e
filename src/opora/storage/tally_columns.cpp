#include "opora/storage/tally_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/ports/storage_error.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

constexpr std::size_t cells_max = 1'000'000'000;  // A damaged number stops here.
constexpr std::array<std::string_view, 6> heads{"cell",   "school",    "procedure",
                                                "origin", "row_first", "row_last"};

}  // namespace

void corrupt_tally() {
    throw ports::StorageError{"corrupt", "Таблица итогов повреждена и будет построена заново."};
}

TallyFooter footer_of(const ParquetMetadata& metadata) {
    TallyFooter footer;
    for (std::string& school : read_lines_text(metadata.value("opora.schools"))) {
        footer.schools.push_back({std::move(school)});
    }
    for (const std::string& text : read_lines_text(metadata.value("opora.procedures"))) {
        footer.procedures.push_back(read_procedure_text(text));
    }
    for (const std::string& name : read_lines_text(metadata.value("opora.counts"))) {
        const auto found = std::ranges::find(counts_fields, name);
        if (found == counts_fields.end()) corrupt_tally();
        footer.present[static_cast<std::size_t>(found - counts_fields.begin())] = true;
    }
    footer.cells = metadata.number("opora.cells");
    if (footer.cells > cells_max) corrupt_tally();
    return footer;
}

std::string core_columns(const CountsPresent& present, bool or_zero) {
    std::string columns = fmt::format("{}", fmt::join(heads, ", "));
    for (std::size_t field = 0; field < counts_fields.size(); ++field) {
        if (!present[field]) continue;
        const std::string_view count = counts_fields[field];
        columns += or_zero ? fmt::format(", coalesce({}, 0)", count) : fmt::format(", {}", count);
    }
    return columns;
}

std::size_t core_column_count(const CountsPresent& present) {
    return heads.size() + static_cast<std::size_t>(std::ranges::count(present, true));
}

CoreChunk::CoreChunk(const DuckdbChunk& chunk, const CountsPresent& present) {
    std::size_t column = 0;
    for (const std::int32_t*& head : head_) head = chunk.values<std::int32_t>(column++);
    for (std::size_t field = 0; field < counts_fields.size(); ++field) {
        if (!present[field]) continue;
        if (is_wide(field)) {
            wide_[field] = chunk.values<std::int64_t>(column++);
        } else {
            narrow_[field] = chunk.values<std::int32_t>(column++);
        }
    }
}

void CoreChunk::place(std::size_t row, tally::CoreCells& core) const {
    const std::size_t place = static_cast<std::uint32_t>(head_[0][row]);
    if (place >= core.cells.size()) corrupt_tally();
    read(row, core, core.cells[place]);
}

void CoreChunk::read(std::size_t row, const tally::CoreCells& core, tally::CoreCell& cell) const {
    cell.school = static_cast<std::uint32_t>(head_[1][row]);
    cell.procedure = static_cast<std::uint32_t>(head_[2][row]);
    if (cell.school >= core.schools.size() || cell.procedure >= core.procedures.size()) {
        corrupt_tally();
    }
    cell.origin = head_[3][row] == 0 ? tally::Origin::protocol : tally::Origin::aggregate;
    cell.row_first = head_[4][row];
    cell.row_last = head_[5][row];
    std::size_t field = 0;
    each_field(cell.counts, [&](auto& count) {
        if constexpr (sizeof count == sizeof(std::int64_t)) {
            if (wide_[field] != nullptr) count = wide_[field][row];
        } else {
            if (narrow_[field] != nullptr) count = narrow_[field][row];
        }
        ++field;
    });
    const bool rows = cell.origin == tally::Origin::protocol;
    cell.counts.listed = rows ? cell.counts.participants : 0;
}

}  // namespace opora::storage

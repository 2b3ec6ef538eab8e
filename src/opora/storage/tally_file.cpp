#include "opora/storage/tally_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>

#include "opora/ports/storage_error.hpp"
#include "opora/storage/cell_codec.hpp"
#include "opora/storage/counts_fields.hpp"
#include "opora/storage/parquet_metadata.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

constexpr std::size_t cells_max = 1'000'000'000;  // A damaged number stops here.
constexpr std::size_t head_columns = 6;  // cell, school, procedure, origin, row_first, row_last

[[noreturn]] void corrupt() {
    throw ports::StorageError{"corrupt", "Таблица итогов повреждена и будет построена заново."};
}

/// The core cells of a chunk, read column by column into place.
class CoreChunk {
public:
    CoreChunk(const DuckdbChunk& chunk, const CountsPresent& present) {
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

    std::size_t place(std::size_t row) const { return static_cast<std::uint32_t>(head_[0][row]); }

    void read(std::size_t row, tally::CoreCell& cell) const {
        cell.school = static_cast<std::uint32_t>(head_[1][row]);
        cell.procedure = static_cast<std::uint32_t>(head_[2][row]);
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

private:
    std::array<const std::int32_t*, head_columns> head_{};
    std::array<const std::int32_t*, counts_fields.size()> narrow_{};
    std::array<const std::int64_t*, counts_fields.size()> wide_{};
};

/// Fresh memory of a million cells costs as much as reading them, unless it comes in large pages.
/// Advice only.
void prefer_large_pages(void* memory, std::size_t bytes) {
    constexpr std::size_t page = 4096;
    constexpr std::size_t large = 8 << 20;
    if (bytes < large) return;
    auto* const end = static_cast<std::byte*>(memory) + bytes;
    std::size_t room = bytes;
    void* begin = std::align(page, page, memory, room);
    if (begin != nullptr)
        ::madvise(begin, static_cast<std::size_t>(end - static_cast<std::byte*>(begin)),
                  MADV_HUGEPAGE);
}

template <class Id>
std::string among(std::string_view column, const std::vector<Id>& wanted,
                  const std::vector<Id>& all) {
    std::vector<std::ptrdiff_t> numbers;
    for (const Id& id : wanted) {
        const auto found = std::ranges::lower_bound(all, id);
        if (found != all.end() && *found == id) numbers.push_back(found - all.begin());
    }
    if (numbers.empty()) return "false";
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
    // The span lets whole groups of rows be passed over, the list alone does not; a list of all
    // that lie in the span only costs its making.
    std::string span = fmt::format("{} BETWEEN {} AND {}", column, numbers.front(), numbers.back());
    if (numbers.back() - numbers.front() + 1 == std::ssize(numbers)) return span;
    return fmt::format("{} AND {} IN ({})", span, column, fmt::join(numbers, ","));
}

}  // namespace

TallyFile::TallyFile(DuckdbSession& session, std::filesystem::path path)
    : session_{session}, path_{std::move(path)} {
    const ParquetMetadata metadata = read_metadata(session, path_);
    for (std::string& school : read_lines_text(metadata.value("opora.schools"))) {
        schools_.push_back({std::move(school)});
    }
    for (const std::string& text : read_lines_text(metadata.value("opora.procedures"))) {
        procedures_.push_back(read_procedure_text(text));
    }
    for (const std::string& name : read_lines_text(metadata.value("opora.counts"))) {
        const auto found = std::ranges::find(counts_fields, name);
        if (found == counts_fields.end()) corrupt();
        present_[static_cast<std::size_t>(found - counts_fields.begin())] = true;
    }
    cells_ = metadata.number("opora.cells");
    if (cells_ > cells_max) corrupt();
}

std::string TallyFile::core_columns() const {
    std::string columns = "cell, school, procedure, origin, row_first, row_last";
    for (std::size_t field = 0; field < counts_fields.size(); ++field) {
        if (present_[field]) columns += fmt::format(", {}", counts_fields[field]);
    }
    return columns;
}

tally::CoreCells TallyFile::core_cells() const {
    tally::CoreCells core{schools_, procedures_, {}};
    core.cells.reserve(cells_);
    prefer_large_pages(core.cells.data(), cells_ * sizeof(tally::CoreCell));
    core.cells.resize(cells_);
    DuckdbRows rows = session_.stream(
        fmt::format("SELECT {} FROM read_parquet({})", core_columns(), sql_text(path_.string())));
    std::size_t read = 0;
    while (const DuckdbChunk chunk = rows.next()) {
        const CoreChunk columns{chunk, present_};
        for (std::size_t row = 0; row < chunk.rows(); ++row, ++read) {
            const std::size_t place = columns.place(row);
            if (place >= cells_) corrupt();
            tally::CoreCell& cell = core.cells[place];
            columns.read(row, cell);
            if (cell.school >= schools_.size() || cell.procedure >= procedures_.size()) corrupt();
        }
    }
    if (read != cells_) corrupt();
    return core;
}

std::string TallyFile::where(const ports::CellFilter& filter) const {
    std::string condition = "true";
    if (!filter.schools.empty()) condition += " AND " + among("school", filter.schools, schools_);
    if (!filter.procedures.empty()) {
        condition += " AND " + among("procedure", filter.procedures, procedures_);
    }
    return fmt::format("FROM read_parquet({}) WHERE {} ORDER BY cell", sql_text(path_.string()),
                       condition);
}

std::vector<tally::Cell> TallyFile::cells(const ports::CellFilter& filter) const {
    std::vector<tally::Cell> cells;
    const auto histogram =
        head_columns + static_cast<std::size_t>(std::ranges::count(present_, true));
    DuckdbRows rows = session_.query(
        fmt::format("SELECT {}, histogram, detail {}", core_columns(), where(filter)));
    while (const DuckdbChunk chunk = rows.next()) {
        const CoreChunk columns{chunk, present_};
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            tally::CoreCell core;
            columns.read(row, core);
            if (core.school >= schools_.size() || core.procedure >= procedures_.size()) corrupt();
            tally::Cell cell{schools_[core.school],
                             procedures_[core.procedure],
                             core.origin,
                             core.counts,
                             decode_detail(chunk.text(histogram + 1, row), core.counts),
                             core.row_first,
                             core.row_last};
            cell.detail.histogram = decode_histogram(chunk.text(histogram, row));
            cells.push_back(std::move(cell));
        }
    }
    return cells;
}

std::vector<tally::Histogram> TallyFile::histograms(const ports::CellFilter& filter) const {
    std::vector<tally::Histogram> histograms;
    DuckdbRows rows = session_.query("SELECT school, procedure, histogram " + where(filter));
    while (const DuckdbChunk chunk = rows.next()) {
        const auto* schools = chunk.values<std::uint32_t>(0);
        const auto* procedures = chunk.values<std::uint32_t>(1);
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            if (schools[row] >= schools_.size() || procedures[row] >= procedures_.size()) corrupt();
            histograms.push_back({schools_[schools[row]], procedures_[procedures[row]],
                                  decode_histogram(chunk.text(2, row))});
        }
    }
    return histograms;
}

}  // namespace opora::storage

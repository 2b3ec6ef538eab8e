#include "opora/storage/tally_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <utility>

#include "opora/storage/cell_codec.hpp"

namespace opora::storage {

namespace {

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
    : session_{session},
      path_{std::move(path)},
      footer_{footer_of(read_metadata(session, path_))} {}

tally::CoreCells TallyFile::core_cells() const {
    tally::CoreCells core{footer_.schools, footer_.procedures, {}};
    core.cells.reserve(footer_.cells);
    prefer_large_pages(core.cells.data(), footer_.cells * sizeof(tally::CoreCell));
    core.cells.resize(footer_.cells);
    DuckdbRows rows =
        session_.stream(fmt::format("SELECT {} FROM read_parquet({})",
                                    core_columns(footer_.present), sql_text(path_.string())));
    std::size_t read = 0;
    while (const DuckdbChunk chunk = rows.next()) {
        const CoreChunk columns{chunk, footer_.present};
        for (std::size_t row = 0; row < chunk.rows(); ++row, ++read) columns.place(row, core);
    }
    if (read != footer_.cells) corrupt_tally();
    return core;
}

std::string TallyFile::where(const ports::CellFilter& filter) const {
    std::string condition = "true";
    if (!filter.schools.empty())
        condition += " AND " + among("school", filter.schools, footer_.schools);
    if (!filter.procedures.empty()) {
        condition += " AND " + among("procedure", filter.procedures, footer_.procedures);
    }
    return fmt::format("FROM read_parquet({}) WHERE {} ORDER BY cell", sql_text(path_.string()),
                       condition);
}

std::vector<tally::Cell> TallyFile::cells(const ports::CellFilter& filter) const {
    std::vector<tally::Cell> cells;
    const tally::CoreCells lists{footer_.schools, footer_.procedures, {}};
    const std::size_t histogram = core_column_count(footer_.present);
    DuckdbRows rows = session_.query(fmt::format("SELECT {}, histogram, detail {}",
                                                 core_columns(footer_.present), where(filter)));
    while (const DuckdbChunk chunk = rows.next()) {
        const CoreChunk columns{chunk, footer_.present};
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            tally::CoreCell core;
            columns.read(row, lists, core);
            tally::Cell cell{lists.schools[core.school],
                             lists.procedures[core.procedure],
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
            if (schools[row] >= footer_.schools.size() ||
                procedures[row] >= footer_.procedures.size()) {
                corrupt_tally();
            }
            histograms.push_back({footer_.schools[schools[row]],
                                  footer_.procedures[procedures[row]],
                                  decode_histogram(chunk.text(2, row))});
        }
    }
    return histograms;
}

std::vector<tally::CoreCells> read_core_cells(DuckdbSession& session,
                                              std::span<const std::filesystem::path> paths) {
    std::vector<std::string> names;
    for (const auto& path : paths) names.push_back(sql_text(path.string()));
    const std::string list = fmt::format("[{}]", fmt::join(names, ","));

    std::map<std::string, std::size_t, std::less<>> number_of;
    for (std::size_t i = 0; i < paths.size(); ++i) number_of.emplace(paths[i].string(), i);
    const auto file_of = [&](std::string_view name) {
        const auto found = number_of.find(name);
        if (found == number_of.end()) corrupt_tally();
        return found->second;
    };

    std::vector<ParquetMetadata> metadata(paths.size());
    DuckdbRows keys = session.query(
        fmt::format("SELECT key, value, file_name FROM parquet_kv_metadata({})", list));
    while (const DuckdbChunk chunk = keys.next()) {
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            metadata[file_of(chunk.text(2, row))].values.emplace(chunk.text(0, row),
                                                                 chunk.text(1, row));
        }
    }
    CountsPresent present{};
    std::vector<tally::CoreCells> all(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
        TallyFooter footer = footer_of(metadata[i]);
        for (std::size_t field = 0; field < present.size(); ++field) {
            present[field] = present[field] || footer.present[field];
        }
        all[i] = {std::move(footer.schools), std::move(footer.procedures),
                  std::vector<tally::CoreCell>(footer.cells)};
    }

    std::vector<std::size_t> read(paths.size());
    DuckdbRows rows = session.stream(
        fmt::format("SELECT {}, filename FROM read_parquet({}, union_by_name=true, filename=true)",
                    core_columns(present, true), list));
    const std::size_t name_column = core_column_count(present);
    while (const DuckdbChunk chunk = rows.next()) {
        const CoreChunk columns{chunk, present};
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            const std::size_t file = file_of(chunk.text(name_column, row));
            columns.place(row, all[file]);
            ++read[file];
        }
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (read[i] != all[i].cells.size()) corrupt_tally();
    }
    return all;
}

}  // namespace opora::storage

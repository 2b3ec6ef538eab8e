#include <algorithm>
#include <array>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/storage/cell_codec.hpp"
#include "opora/storage/counts_fields.hpp"
#include "opora/storage/duckdb_text.hpp"
#include "opora/storage/procedure_text.hpp"
#include "opora/storage/tally_file.hpp"
#include "opora/tally/cell_counter.hpp"

namespace opora::storage {

namespace {

constexpr std::size_t head_columns = 6;  // cell, school, procedure, origin, row_first, row_last
constexpr std::size_t blob_columns = 2;  // histogram, detail

/// The counts that the columns of a table can bring about.
CountsPresent present_counts(const model::ResultTable& table) {
    const bool marks = !table.mark.empty();
    const bool scores = !table.score.empty() || !table.test_score.empty();
    const bool journal = marks && !table.journal_mark.empty();
    const bool below = !table.below_minimum.empty();
    const bool at = !table.at_minimum.empty();
    return {true,   true,   marks,  marks, marks,   marks,   below,   below,   at,     at,
            scores, scores, scores, true,  journal, journal, journal, journal, journal};
}

/// The counts that are not zero in all the cells.
CountsPresent present_counts(const std::vector<tally::Cell>& cells) {
    CountsPresent present{};
    for (const tally::Cell& cell : cells) {
        std::size_t field = 0;
        each_field(cell.counts, [&](auto count) {
            present[field] = present[field] || count != 0;
            ++field;
        });
    }
    return present;
}

}  // namespace

/// Writes the cells of a slice in their order.
class TallySliceReader : public SliceReader {
public:
    explicit TallySliceReader(const TallySource& source)
        : source_{source}, cell_at_{source.cells_()} {}

    void start(std::size_t slice) override {
        next_ = source_.ranges_[slice].first;
        last_ = source_.ranges_[slice].last;
    }

    std::size_t fill(duckdb_data_chunk chunk) override {
        const std::size_t rows = std::min<std::size_t>(last_ - next_, duckdb_vector_size());
        take_columns(chunk);
        blobs_.resize(rows);
        for (std::size_t row = 0; row < rows; ++row) write(row, next_ + row);
        next_ += rows;
        return rows;
    }

private:
    /// Finds the memory of the chunk's columns once for all its rows.
    void take_columns(duckdb_data_chunk chunk) {
        std::size_t next = 0;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const std::size_t field = column - head_columns;
            const bool written =
                column < head_columns || field >= counts_fields.size() || source_.present_[field];
            columns_[column] =
                written ? duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, next++))
                        : nullptr;
        }
    }

    void write(std::size_t row, std::size_t place) {
        const tally::Cell& cell = cell_at_(place);
        std::size_t column = 0;
        const auto put = [&](auto number) {
            auto* values = static_cast<decltype(number)*>(columns_[column++]);
            if (values != nullptr) values[row] = number;
        };
        put(static_cast<std::int32_t>(place));
        put(source_.school_[place]);
        put(source_.procedure_[place]);
        put(static_cast<std::int32_t>(cell.origin));
        put(cell.row_first);
        put(cell.row_last);
        each_field(cell.counts, put);
        // DuckDB copies the bytes before it asks for the next chunk.
        blobs_[row] = {encode_histogram(cell.detail.histogram), encode(cell.detail, cell.counts)};
        put(duckdb_text(blobs_[row].histogram));
        put(duckdb_text(blobs_[row].detail));
    }

    struct Blobs {
        std::string histogram;
        std::string detail;
    };

    const TallySource& source_;
    TallySource::CellAt cell_at_;
    std::array<void*, head_columns + counts_fields.size() + blob_columns> columns_{};
    std::vector<Blobs> blobs_;
    std::size_t next_ = 0;
    std::size_t last_ = 0;
};

TallySource::TallySource(const model::ResultTable& table, const tally::RowGroups& groups,
                         std::size_t parts)
    : cells_{[&table, &groups] {
          return [counter = std::make_shared<tally::CellCounter>(table, groups)](
                     std::size_t group) -> const tally::Cell& { return counter->count(group); };
      }},
      ranges_{cut_groups(groups, parts)},
      present_{present_counts(table)} {
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const std::uint32_t row = groups.runs(group).front().begin;
        add_place(table.schools.text(table.school[row]), table.procedures[table.procedure[row]]);
    }
    number_procedures();
}

TallySource::TallySource(const std::vector<tally::Cell>& cells, std::size_t parts)
    : cells_{[&cells] {
          return [&cells](std::size_t place) -> const tally::Cell& { return cells[place]; };
      }},
      present_{present_counts(cells)} {
    for (const tally::Cell& cell : cells) add_place(cell.school.value, cell.procedure);
    for (std::size_t part = 0; part < parts; ++part) {
        const GroupRange range{cells.size() * part / parts, cells.size() * (part + 1) / parts};
        if (range.first < range.last) ranges_.push_back(range);
    }
    number_procedures();
}

void TallySource::add_place(std::string_view school, const model::Procedure& procedure) {
    if (schools_.empty() || schools_.back() != school) schools_.emplace_back(school);
    school_.push_back(static_cast<std::int32_t>(schools_.size() - 1));

    // Schools hold much the same procedures in the same order: the one after the last is the likely
    // one.
    const std::size_t likely =
        procedure_.empty() ? 0 : static_cast<std::size_t>(procedure_.back()) + 1;
    if (likely < met_.size() && met_[likely] == procedure) {
        procedure_.push_back(static_cast<std::int32_t>(likely));
        return;
    }
    const auto found = std::ranges::find(met_, procedure);
    procedure_.push_back(static_cast<std::int32_t>(found - met_.begin()));
    if (found == met_.end()) met_.push_back(procedure);
}

void TallySource::number_procedures() {
    const auto ranks = tally::procedure_ranks(met_);
    for (std::int32_t& number : procedure_) {
        number = static_cast<std::int32_t>(ranks[static_cast<std::size_t>(number)]);
    }
    std::ranges::sort(met_);
    for (const model::Procedure& procedure : met_) procedures_.push_back(procedure_text(procedure));
}

std::vector<SourceColumn> TallySource::columns() const {
    std::vector<SourceColumn> columns;
    for (const char* name : {"cell", "school", "procedure", "origin", "row_first", "row_last"}) {
        columns.push_back({name, DUCKDB_TYPE_INTEGER, false, {}});
    }
    for (std::size_t field = 0; field < counts_fields.size(); ++field) {
        if (!present_[field]) continue;
        columns.push_back({std::string{counts_fields[field]},
                           is_wide(field) ? DUCKDB_TYPE_BIGINT : DUCKDB_TYPE_INTEGER,
                           false,
                           {}});
    }
    for (const char* name : {"histogram", "detail"}) {
        columns.push_back({name, DUCKDB_TYPE_BLOB, false, {}});
    }
    return columns;
}

ParquetMetadata TallySource::metadata(std::string kind) const {
    std::vector<std::string> counts;
    for (std::size_t field = 0; field < counts_fields.size(); ++field) {
        if (present_[field]) counts.emplace_back(counts_fields[field]);
    }
    return {{{"opora.kind", std::move(kind)},
             {"opora.cells", std::to_string(rows())},
             {"opora.schools", lines_text(schools_)},
             {"opora.procedures", lines_text(procedures_)},
             {"opora.counts", lines_text(counts)}}};
}

std::unique_ptr<SliceReader> TallySource::reader() const {
    return std::make_unique<TallySliceReader>(*this);
}

}  // namespace opora::storage

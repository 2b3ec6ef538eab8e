#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/result_table.hpp"
#include "opora/ports/fact_store.hpp"
#include "opora/storage/chunk_source.hpp"
#include "opora/storage/counts_fields.hpp"
#include "opora/storage/duckdb_session.hpp"
#include "opora/storage/facts_source.hpp"
#include "opora/storage/parquet_metadata.hpp"
#include "opora/storage/tally_columns.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::storage {

/// The cells of a tally file as columns: cell (its place in the order of school id and procedure),
/// school and procedure (numbers in the lists that the file's metadata holds), origin, row_first,
/// row_last, those counts (counts_fields.hpp) that some cell can have, and `histogram` and `detail`
/// as cell_codec.hpp encodes them. The metadata: `opora.cells`, `opora.schools`,
/// `opora.procedures`, `opora.counts` (the names of the columns of counts).
///
/// Cells of a table of results are counted while DuckDB's threads pull them: they never stand in
/// memory together.
class TallySource : public ChunkSource {
public:
    TallySource(const model::ResultTable& table, const tally::RowGroups& groups, std::size_t parts);
    /// Cells sorted by (school id, procedure), no two of the same. They must outlive the source.
    TallySource(const std::vector<tally::Cell>& cells, std::size_t parts);

    std::vector<SourceColumn> columns() const override;
    std::size_t rows() const override { return school_.size(); }
    std::size_t slices() const override { return ranges_.size(); }
    std::unique_ptr<SliceReader> reader() const override;

    /// What the footer of the file says of its columns.
    ParquetMetadata metadata(std::string kind) const;

private:
    friend class TallySliceReader;
    /// The cell at a place; the reference lives until the next call.
    using CellAt = std::function<const tally::Cell&(std::size_t)>;

    void add_place(std::string_view school, const model::Procedure& procedure);
    void number_procedures();

    std::function<CellAt()> cells_;  ///< One CellAt for each thread.
    std::vector<GroupRange> ranges_;
    CountsPresent present_{};
    std::vector<std::string> schools_;
    std::vector<std::string> procedures_;
    std::vector<model::Procedure> met_;    ///< Procedures in the order of their first cell.
    std::vector<std::int32_t> school_;     ///< Of each cell: number in `schools_`.
    std::vector<std::int32_t> procedure_;  ///< Of each cell: number in `procedures_`.
};

/// Reads tally files; a file that does not hold together is a corrupt store (StorageError).
class TallyFile {
public:
    TallyFile(DuckdbSession& session, std::filesystem::path path);

    tally::CoreCells core_cells() const;
    std::vector<tally::Cell> cells(const ports::CellFilter& filter) const;
    std::vector<tally::Histogram> histograms(const ports::CellFilter& filter) const;

private:
    std::string where(const ports::CellFilter& filter) const;

    DuckdbSession& session_;
    std::filesystem::path path_;
    TallyFooter footer_;
};

/// Core cells of many small tally files in one statement, in the order of `paths`, which are
/// different: the price of a file is mostly that of its statement. StorageError if one of them is
/// damaged or not there.
std::vector<tally::CoreCells> read_core_cells(DuckdbSession& session,
                                              std::span<const std::filesystem::path> paths);

}  // namespace opora::storage

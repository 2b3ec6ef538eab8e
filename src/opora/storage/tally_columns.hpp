#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"
#include "opora/storage/counts_fields.hpp"
#include "opora/storage/duckdb_session.hpp"
#include "opora/storage/parquet_metadata.hpp"
#include "opora/tally/core_cells.hpp"

namespace opora::storage {

/// What the footer of a tally file says: the lists that its cells name by number, the counts that
/// it has columns for, how many cells it holds.
struct TallyFooter {
    std::vector<model::SchoolId> schools;
    std::vector<model::Procedure> procedures;
    CountsPresent present{};
    std::size_t cells = 0;
};

[[noreturn]] void corrupt_tally();

/// A footer that does not hold together is a corrupt store (StorageError).
TallyFooter footer_of(const ParquetMetadata& metadata);

/// The columns of core cells as an SQL list: cell (its place), school, procedure, origin,
/// row_first, row_last and the counts `present`, those with zero for null if `or_zero`.
std::string core_columns(const CountsPresent& present, bool or_zero = false);
std::size_t core_column_count(const CountsPresent& present);

/// A chunk of `core_columns`, read column by column into place. The chunk must outlive it.
class CoreChunk {
public:
    CoreChunk(const DuckdbChunk& chunk, const CountsPresent& present);

    /// Reads a row into its place among the cells, all of which `core` has room for.
    void place(std::size_t row, tally::CoreCells& core) const;
    /// Reads a row; its school and procedure are in the lists of `core`.
    void read(std::size_t row, const tally::CoreCells& core, tally::CoreCell& cell) const;

private:
    std::array<const std::int32_t*, 6> head_{};
    std::array<const std::int32_t*, counts_fields.size()> narrow_{};
    std::array<const std::int64_t*, counts_fields.size()> wide_{};
};

}  // namespace opora::storage

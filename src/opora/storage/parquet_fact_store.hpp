#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "opora/ports/fact_store.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/duckdb_session.hpp"
#include "opora/storage/tally_file.hpp"

namespace opora::storage {

/// Facts as Parquet files of a data folder.
///
/// facts/<identity>.parquet holds the rows of pupils (columns in facts_source.hpp) or the aggregate
/// cells (columns in tally_file.hpp); tallies/<identity>.parquet holds the cells that follow from
/// the rows and is made anew when it is missing or damaged. The footer of a file holds `opora.kind`
/// (results, aggregates, tally) and its lists. A file comes into its place whole: written in tmp/,
/// synced, renamed, the tally first, so that a fact file that is there is complete. DuckDB is
/// opened when it is first needed, with little memory for small work.
class ParquetFactStore : public ports::FactStore {
public:
    explicit ParquetFactStore(Directory directory, DuckdbLimits limits = {});

    model::FactIdentity add_results(model::ResultTable results) override;
    model::FactIdentity add_aggregates(std::vector<tally::Cell> cells,
                                       std::vector<model::Work> works) override;
    tally::CoreCells core_cells(const model::FactIdentity& identity) const override;
    std::vector<tally::CoreCells> core_cells_of(
        std::span<const model::FactIdentity> identities) const override;
    std::vector<tally::Cell> cells(const model::FactIdentity& identity,
                                   const ports::CellFilter& filter) const override;
    std::vector<tally::Histogram> histograms(const model::FactIdentity& identity,
                                             const ports::CellFilter& filter) const override;
    model::ResultTable results(const model::FactIdentity& identity, const model::SchoolId& school,
                               const model::Procedure& procedure) const override;
    std::vector<model::Work> works(const model::FactIdentity& identity) const override;
    bool verify(const model::FactIdentity& identity) const override;
    std::int64_t sweep(std::span<const model::FactIdentity> in_use) override;

private:
    std::filesystem::path facts_file(const model::FactIdentity& identity) const;
    std::filesystem::path tally_file(const model::FactIdentity& identity) const;
    bool holds_aggregates(const model::FactIdentity& identity) const;
    DuckdbSession& session(std::size_t rows) const;
    /// A file that broke DuckDB's own assumptions leaves it unusable: the next session is new.
    void close_duckdb() const;
    /// Facts of `identity`; a file that is not there is a corrupt store.
    std::filesystem::path existing_facts(const model::FactIdentity& identity) const;
    void write_tally(const model::FactIdentity& identity, const model::ResultTable& table,
                     const tally::RowGroups& groups) const;
    /// Remembers the core cells of those that lie in small files, read together. A file that is
    /// damaged or not there is left to be read, and mended, alone.
    void read_ahead(std::span<const model::FactIdentity> identities) const;
    std::optional<tally::CoreCells> remembered(const model::FactIdentity& identity) const;
    void remember(const model::FactIdentity& identity, const tally::CoreCells& core) const;
    /// `read` of the file of the cells; a tally that is missing or damaged is built first.
    template <class Read>
    auto with_cells(const model::FactIdentity& identity, const Read& read) const;

    Directory directory_;
    DuckdbLimits limits_;
    mutable std::mutex mutex_;  ///< A DuckDB session serves one thread at a time.
    mutable std::unique_ptr<DuckdbSession> small_;
    mutable std::unique_ptr<DuckdbSession> large_;
    /// Core cells of small files: an import of a folder asks for those of every file before it, and
    /// facts never change.
    mutable std::map<model::FactIdentity, tally::CoreCells> remembered_;
    mutable std::mutex remembered_mutex_;  ///< Never held while a file is read.
};

}  // namespace opora::storage

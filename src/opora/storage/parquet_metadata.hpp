#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "opora/storage/duckdb_session.hpp"

namespace opora::storage {

/// The texts that we keep in the footer of a Parquet file by key (`opora.works` …).
struct ParquetMetadata {
    std::map<std::string, std::string, std::less<>> values;

    /// A missing key or a number that is none is a corrupt store (StorageError).
    const std::string& value(std::string_view key) const;
    std::size_t number(std::string_view key) const;
};

ParquetMetadata read_metadata(DuckdbSession& session, const std::filesystem::path& path);

/// Writes what `source` holds as a Parquet file (zstd, delta-coded numbers) with the metadata, in
/// groups of about `row_group` rows. Nothing is synced.
void write_parquet(DuckdbSession& session, const ChunkSource& source,
                   const ParquetMetadata& metadata, std::size_t row_group,
                   const std::filesystem::path& path);

}  // namespace opora::storage

#pragma once

#include <duckdb.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "opora/storage/chunk_source.hpp"
#include "opora/storage/duckdb_text.hpp"

namespace opora::storage {

/// What one DuckDB may take of the machine.
struct DuckdbLimits {
    int threads = 2;
    std::int64_t memory_mb = 1500;
    /// Rows come in the order of the file. Our own files carry what their order depends on, and
    /// without this DuckDB writes with several threads.
    bool keep_order = false;
};

/// A chunk of a result. Move-only.
class DuckdbChunk {
public:
    explicit DuckdbChunk(duckdb_data_chunk chunk) : chunk_{chunk} {}
    ~DuckdbChunk();
    DuckdbChunk(DuckdbChunk&& other) noexcept;
    DuckdbChunk& operator=(DuckdbChunk&& other) noexcept;

    explicit operator bool() const { return chunk_ != nullptr; }
    std::size_t rows() const { return duckdb_data_chunk_get_size(chunk_); }

    template <class T>
    const T* values(std::size_t column) const {
        return static_cast<const T*>(duckdb_vector_get_data(vector(column)));
    }
    bool is_null(std::size_t column, std::size_t row) const;
    /// Whether the column has a null mask at all; without one no value is null.
    const std::uint64_t* null_mask(std::size_t column) const;
    /// The text lives as long as the chunk.
    std::string_view text(std::size_t column, std::size_t row) const;
    duckdb_vector vector(std::size_t column) const;

private:
    duckdb_data_chunk chunk_;
};

/// The rows that a statement gave, chunk by chunk.
class DuckdbRows {
public:
    explicit DuckdbRows(duckdb_result result) : result_{result} {}
    ~DuckdbRows();
    DuckdbRows(DuckdbRows&& other) noexcept;
    DuckdbRows& operator=(DuckdbRows&&) = delete;

    /// The next chunk; false at the end.
    DuckdbChunk next();
    std::size_t columns() const;
    std::string column_name(std::size_t column) const;
    duckdb_type column_type(std::size_t column) const;

private:
    mutable duckdb_result result_;
};

/// A DuckDB in memory, used as a reader and writer of Parquet files and for nothing durable.
///
/// It never loads or installs extensions, keeps its spilled data in `temp_directory` and cannot be
/// reconfigured once open. Opening it takes some 20 ms and 30 MB, so stores open it when they first
/// need it. Throws StorageError.
class DuckdbSession {
public:
    DuckdbSession(const std::filesystem::path& temp_directory, const DuckdbLimits& limits);
    ~DuckdbSession();
    DuckdbSession(const DuckdbSession&) = delete;
    DuckdbSession& operator=(const DuckdbSession&) = delete;

    /// All rows at once, in DuckDB's memory.
    DuckdbRows query(const std::string& sql);
    /// Rows as they come, for results larger than memory; until they end the session does nothing
    /// else.
    DuckdbRows stream(const std::string& sql);

    /// Runs a statement that reads `opora_source()`, which yields what `source` holds. One
    /// statement at a time.
    void run(const std::string& sql, const ChunkSource& source);

private:
    void register_source();

    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
    const ChunkSource* source_ = nullptr;
};

/// A text as an SQL literal with its quotes.
std::string sql_text(std::string_view text);

}  // namespace opora::storage

#pragma once

#include <duckdb.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace opora::storage {

/// A column that a source yields: `list` makes it a list of the type; the type ENUM has the texts
/// of `members`.
struct SourceColumn {
    std::string name;
    duckdb_type type = DUCKDB_TYPE_INTEGER;
    bool list = false;
    std::vector<std::string> members;
};

/// Fills DuckDB's chunks with the rows of one slice after another; used by one thread.
class SliceReader {
public:
    virtual ~SliceReader() = default;

    virtual void start(std::size_t slice) = 0;
    /// Fills up to duckdb_vector_size() rows; returns how many, 0 at the end of the slice.
    virtual std::size_t fill(duckdb_data_chunk chunk) = 0;
};

/// Rows that live in our memory and that DuckDB pulls, slice by slice, with as many threads as it
/// has.
class ChunkSource {
public:
    virtual ~ChunkSource() = default;

    virtual std::vector<SourceColumn> columns() const = 0;
    virtual std::size_t rows() const = 0;
    virtual std::size_t slices() const = 0;
    virtual std::unique_ptr<SliceReader> reader() const = 0;
};

/// Makes the table function `opora_source()` known to a connection. It reads the source that
/// `*current` points to at the time of the query.
void register_source_function(duckdb_connection connection, const ChunkSource** current);

}  // namespace opora::storage

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/storage/duckdb_session.hpp"

namespace opora::storage {

/// Whether a file begins as Parquet does.
bool is_parquet(const std::filesystem::path& path);

/// A Parquet file that somebody sent, as a table of texts in the order of its rows: numbers without
/// a needless fraction («3», not «3.0»), missing values as empty text. Rows come as they are read,
/// not all at once.
class ParquetTable {
public:
    /// `file_unreadable` when there is no such file, `not_parquet` when it is damaged or none.
    static base::Result<ParquetTable> open(const std::filesystem::path& path);

    const std::vector<std::string>& headings() const { return headings_; }

    /// The cells of the next row; nothing at the end. A damaged file ends in the error
    /// `not_parquet`.
    base::Result<std::optional<std::vector<std::string>>> next();

private:
    ParquetTable(std::string file, std::unique_ptr<DuckdbSession> session,
                 std::vector<std::string> headings, DuckdbRows rows);

    std::string file_;
    std::unique_ptr<DuckdbSession> session_;
    std::vector<std::string> headings_;
    DuckdbRows rows_;
    std::optional<DuckdbChunk> chunk_;
    std::size_t row_ = 0;  ///< Of the chunk, the next one.
};

/// Writes the rows of a bulk csv (columns of docs/data.md) as Parquet: numbers as numbers, codes as
/// text. Throws StorageError.
void write_bulk_parquet(const std::filesystem::path& csv, const std::filesystem::path& parquet);

}  // namespace opora::storage

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "opora/generation/territory_spec.hpp"

namespace opora::generation {

enum class Layout : std::uint8_t {
    files,  ///< Files as schools and exam centres send them: xlsx and csv, a share of them untidy.
    csv,    ///< One bulk csv per year.
    parquet,  ///< The same rows as Parquet.
};

/// Turns a bulk csv into a Parquet file of the same rows; the storage layer provides it, because
/// only there lives a writer of Parquet.
using WriteBulkParquet =
    std::function<void(const std::filesystem::path& csv, const std::filesystem::path& parquet)>;

struct GenerateRequest {
    TerritorySpec spec;
    std::filesystem::path out;  ///< A folder; made when it does not exist.
    Layout layout = Layout::csv;
    int threads = 2;
    WriteBulkParquet write_bulk_parquet;  ///< Needed for Layout::parquet only.
    /// Told from the calling thread after every batch: schools done.
    std::function<void(std::int32_t)> progress;
};

struct GenerateSummary {
    std::int64_t protocols = 0;  ///< Rows of pupils written, of all years.
    std::int64_t schools = 0;
    std::int64_t files = 0;
};

/// Writes a synthetic territory: protocols in the wanted layout, territories.csv, schools.csv,
/// passports.csv, flows.csv, truth.csv, true_shares.csv and README.txt. The same request gives the
/// same bytes, whatever the number of threads. Throws std::runtime_error (Russian) when the disk
/// refuses.
GenerateSummary generate(const GenerateRequest& request);

}  // namespace opora::generation

#include "opora/storage/parquet_metadata.hpp"

#include <fmt/format.h>

#include <charconv>

#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

[[noreturn]] void corrupt(std::string_view key) {
    throw ports::StorageError{
        "corrupt",
        fmt::format("Файл данных повреждён: нет описания «{}». Восстановите папку данных из "
                    "резервной копии.",
                    key)};
}

}  // namespace

const std::string& ParquetMetadata::value(std::string_view key) const {
    const auto found = values.find(key);
    if (found == values.end()) corrupt(key);
    return found->second;
}

std::size_t ParquetMetadata::number(std::string_view key) const {
    const std::string& text = value(key);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) corrupt(key);
    return number;
}

ParquetMetadata read_metadata(DuckdbSession& session, const std::filesystem::path& path) {
    ParquetMetadata metadata;
    DuckdbRows rows = session.query(
        fmt::format("SELECT key, value FROM parquet_kv_metadata({})", sql_text(path.string())));
    while (const DuckdbChunk chunk = rows.next()) {
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            metadata.values.emplace(chunk.text(0, row), chunk.text(1, row));
        }
    }
    return metadata;
}

void write_parquet(DuckdbSession& session, const ChunkSource& source,
                   const ParquetMetadata& metadata, std::size_t row_group,
                   const std::filesystem::path& path) {
    std::string pairs;
    for (const auto& [key, value] : metadata.values) {
        pairs += fmt::format("{}{}: {}", pairs.empty() ? "" : ", ", sql_text(key), sql_text(value));
    }
    session.run(
        fmt::format("COPY (SELECT * FROM opora_source()) TO {} (FORMAT parquet, COMPRESSION zstd, "
                    "PARQUET_VERSION V2, ROW_GROUP_SIZE {}, DICTIONARY_SIZE_LIMIT 1000, "
                    "USE_TMP_FILE false, KV_METADATA {{{}}})",
                    sql_text(path.string()), row_group, pairs),
        source);
}

}  // namespace opora::storage

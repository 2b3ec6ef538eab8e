#include "opora/storage/duckdb_session.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

bool says(std::string_view message, std::string_view words) {
    return message.find(words) != std::string_view::npos;
}

/// DuckDB's errors carry the system's English reason in their text; the code is ours.
ports::StorageError storage_error(std::string_view message) {
    if (says(message, "No space left") || says(message, "File too large") ||
        says(message, "Disk quota")) {
        return {"disk_full", "На диске не хватает места. Освободите место и повторите действие."};
    }
    if (says(message, "Permission denied") || says(message, "Read-only file system")) {
        return {"read_only",
                "Нет права записи в папку данных. Разрешите запись и повторите действие."};
    }
    if (says(message, "Out of Memory") || says(message, "could not allocate")) {
        return {"io",
                "Для чтения файла фактов не хватает памяти. Закройте другие программы и повторите "
                "действие."};
    }
    if (message.starts_with("IO Error")) {
        return {"io", fmt::format("Ошибка диска при работе с файлом данных: {}", message)};
    }
    return {"corrupt", fmt::format("Файл данных повреждён: {}", message)};
}

void set(duckdb_config config, const char* name, const std::string& value) {
    OPORA_EXPECTS(duckdb_set_config(config, name, value.c_str()) == DuckDBSuccess);
}

}  // namespace

DuckdbChunk::~DuckdbChunk() {
    if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
}

DuckdbChunk::DuckdbChunk(DuckdbChunk&& other) noexcept
    : chunk_{std::exchange(other.chunk_, nullptr)} {}

DuckdbChunk& DuckdbChunk::operator=(DuckdbChunk&& other) noexcept {
    std::swap(chunk_, other.chunk_);
    return *this;
}

duckdb_vector DuckdbChunk::vector(std::size_t column) const {
    return duckdb_data_chunk_get_vector(chunk_, column);
}

const std::uint64_t* DuckdbChunk::null_mask(std::size_t column) const {
    return duckdb_vector_get_validity(vector(column));
}

bool DuckdbChunk::is_null(std::size_t column, std::size_t row) const {
    const std::uint64_t* mask = null_mask(column);
    return mask != nullptr && (mask[row / 64] >> (row % 64) & 1U) == 0;
}

std::string_view DuckdbChunk::text(std::size_t column, std::size_t row) const {
    return text_of(values<duckdb_string_t>(column)[row]);
}

DuckdbRows::~DuckdbRows() { duckdb_destroy_result(&result_); }

DuckdbRows::DuckdbRows(DuckdbRows&& other) noexcept
    : result_{std::exchange(other.result_, duckdb_result{})} {}

DuckdbChunk DuckdbRows::next() {
    DuckdbChunk chunk{duckdb_fetch_chunk(result_)};
    if (chunk) return chunk;
    // A stream ends at its end or at an error, which only the result tells apart.
    const char* message = duckdb_result_error(&result_);
    if (message != nullptr && *message != '\0') throw storage_error(message);
    return chunk;
}

std::size_t DuckdbRows::columns() const { return duckdb_column_count(&result_); }

std::string DuckdbRows::column_name(std::size_t column) const {
    return duckdb_column_name(&result_, column);
}

duckdb_type DuckdbRows::column_type(std::size_t column) const {
    return duckdb_column_type(&result_, column);
}

DuckdbSession::DuckdbSession(const std::filesystem::path& temp_directory,
                             const DuckdbLimits& limits) {
    duckdb_config config = nullptr;
    OPORA_EXPECTS(duckdb_create_config(&config) == DuckDBSuccess);
    set(config, "autoload_known_extensions", "false");
    set(config, "autoinstall_known_extensions", "false");
    set(config, "threads", std::to_string(limits.threads));
    set(config, "memory_limit", fmt::format("{}MB", limits.memory_mb));
    set(config, "temp_directory", temp_directory.string());
    set(config, "preserve_insertion_order", limits.keep_order ? "true" : "false");
    set(config, "lock_configuration", "true");
    char* message = nullptr;
    const duckdb_state state = duckdb_open_ext(nullptr, &database_, config, &message);
    duckdb_destroy_config(&config);
    if (state != DuckDBSuccess) {
        const std::string reason = message == nullptr ? "" : message;
        duckdb_free(message);
        throw storage_error(reason);
    }
    OPORA_EXPECTS(duckdb_connect(database_, &connection_) == DuckDBSuccess);
    register_source_function(connection_, &source_);
}

DuckdbSession::~DuckdbSession() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
}

DuckdbRows DuckdbSession::query(const std::string& sql) {
    duckdb_result result;
    if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBSuccess) return DuckdbRows{result};
    const std::string message = duckdb_result_error(&result);
    duckdb_destroy_result(&result);
    throw storage_error(message);
}

DuckdbRows DuckdbSession::stream(const std::string& sql) {
    duckdb_prepared_statement statement = nullptr;
    duckdb_pending_result pending = nullptr;
    duckdb_result result{};
    // The pinned library still has this call; nothing else of the C API gives rows before the query
    // has ended.
    const bool good = duckdb_prepare(connection_, sql.c_str(), &statement) == DuckDBSuccess &&
                      duckdb_pending_prepared_streaming(statement, &pending) == DuckDBSuccess &&
                      duckdb_execute_pending(pending, &result) == DuckDBSuccess;
    std::string message;
    for (const char* text : {pending != nullptr ? duckdb_pending_error(pending) : nullptr,
                             statement != nullptr ? duckdb_prepare_error(statement) : nullptr,
                             duckdb_result_error(&result)}) {
        if (message.empty() && text != nullptr) message = text;
    }
    duckdb_destroy_pending(&pending);
    duckdb_destroy_prepare(&statement);
    if (good) return DuckdbRows{result};
    duckdb_destroy_result(&result);
    throw storage_error(message);
}

void DuckdbSession::run(const std::string& sql, const ChunkSource& source) {
    source_ = &source;
    const std::unique_ptr<const ChunkSource*, void (*)(const ChunkSource**)> forget{
        &source_, [](const ChunkSource** current) { *current = nullptr; }};
    query(sql);
}

std::string sql_text(std::string_view text) {
    std::string literal = "'";
    for (const char character : text) {
        if (character == '\'') literal += '\'';
        literal += character;
    }
    return literal + "'";
}

}  // namespace opora::storage

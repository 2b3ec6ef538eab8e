#include "opora/storage/bulk_parquet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

constexpr DuckdbLimits reading_limits{.threads = 2, .memory_mb = 500, .keep_order = true};

std::filesystem::path spill_folder() {
    return std::filesystem::temp_directory_path() / "opora-duckdb";
}

base::Unexpected<base::Error> refusal(std::string code, std::string message,
                                      const std::string& file) {
    return base::Unexpected{base::Error{
        .code = std::move(code), .message = std::move(message), .place = {.file = file}}};
}

base::Unexpected<base::Error> damaged(const std::string& file) {
    return refusal("not_parquet", "Файл повреждён или это не Parquet. Получите файл заново.", file);
}

std::string name_in_sql(const std::string& name) {
    std::string quoted = "\"";
    for (const char character : name) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + "\"";
}

/// A column as text. Programs that know no missing whole numbers write marks as 3.0.
std::string as_text(const std::string& name, duckdb_type type) {
    const std::string column = name_in_sql(name);
    const bool fractional =
        type == DUCKDB_TYPE_DOUBLE || type == DUCKDB_TYPE_FLOAT || type == DUCKDB_TYPE_DECIMAL;
    if (!fractional) return fmt::format("CAST({} AS VARCHAR)", column);
    return fmt::format(
        "CASE WHEN abs({0}) < 1e15 AND {0} = floor({0}) THEN CAST(CAST({0} AS BIGINT) AS VARCHAR) "
        "ELSE CAST({0} AS VARCHAR) END",
        column);
}

bool is_number_column(std::string_view name) {
    constexpr std::array<std::string_view, 6> numbers{"grade", "year",         "score",
                                                      "mark",  "journal_mark", "programme_grade"};
    const bool task = name.starts_with('t') && name.size() > 1 &&
                      name.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return task || std::ranges::find(numbers, name) != numbers.end();
}

}  // namespace

bool is_parquet(const std::filesystem::path& path) {
    std::array<char, 4> start{};
    std::ifstream file{path, std::ios::binary};
    file.read(start.data(), start.size());
    return file && std::string_view{start.data(), start.size()} == "PAR1";
}

ParquetTable::ParquetTable(std::string file, std::unique_ptr<DuckdbSession> session,
                           std::vector<std::string> headings, DuckdbRows rows)
    : file_{std::move(file)},
      session_{std::move(session)},
      headings_{std::move(headings)},
      rows_{std::move(rows)} {}

base::Result<ParquetTable> ParquetTable::open(const std::filesystem::path& path) {
    const std::string file = path.filename().string();
    if (!std::ifstream{path, std::ios::binary}) {
        return refusal("file_unreadable",
                       "Не удалось прочитать файл. Проверьте, что он есть и доступен.", file);
    }
    auto session = std::make_unique<DuckdbSession>(spill_folder(), reading_limits);
    try {
        const std::string source = fmt::format("FROM read_parquet({})", sql_text(path.string()));
        std::vector<std::string> headings;
        std::string columns;
        {
            const DuckdbRows none = session->query(fmt::format("SELECT * {} LIMIT 0", source));
            for (std::size_t column = 0; column < none.columns(); ++column) {
                headings.push_back(none.column_name(column));
                columns += fmt::format("{}{}", column == 0 ? "" : ", ",
                                       as_text(headings.back(), none.column_type(column)));
            }
        }
        DuckdbRows rows = session->stream(fmt::format("SELECT {} {}", columns, source));
        return ParquetTable{file, std::move(session), std::move(headings), std::move(rows)};
    } catch (const ports::StorageError&) {
        return damaged(file);
    }
}

base::Result<std::optional<std::vector<std::string>>> ParquetTable::next() {
    while (!chunk_ || (*chunk_ && row_ == chunk_->rows())) {
        try {
            chunk_ = rows_.next();
        } catch (const ports::StorageError&) {
            return damaged(file_);
        }
        row_ = 0;
    }
    std::optional<std::vector<std::string>> cells;
    if (!*chunk_) return cells;
    cells.emplace();
    for (std::size_t column = 0; column < headings_.size(); ++column) {
        cells->emplace_back(chunk_->is_null(column, row_) ? std::string_view{}
                                                          : chunk_->text(column, row_));
    }
    ++row_;
    return cells;
}

void write_bulk_parquet(const std::filesystem::path& csv, const std::filesystem::path& parquet) {
    DuckdbSession session{spill_folder(), reading_limits};
    const std::string source =
        fmt::format("FROM read_csv({}, header = true, all_varchar = true)", sql_text(csv.string()));
    std::string columns;
    {
        const DuckdbRows none = session.query(fmt::format("SELECT * {} LIMIT 0", source));
        for (std::size_t column = 0; column < none.columns(); ++column) {
            const std::string name = none.column_name(column);
            columns +=
                fmt::format("{}CAST({} AS {}) AS {}", column == 0 ? "" : ", ", name_in_sql(name),
                            is_number_column(name) ? "SMALLINT" : "VARCHAR", name_in_sql(name));
        }
    }
    session.query(fmt::format("COPY (SELECT {} {}) TO {} (FORMAT parquet, COMPRESSION zstd)",
                              columns, source, sql_text(parquet.string())));
}

}  // namespace opora::storage

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "opora/base/result.hpp"
#include "opora/wording/table.hpp"

namespace opora::cli {

enum class Format : std::uint8_t { table, csv, json, xlsx };

/// Where an answer goes: to the terminal or into a file, in which format.
struct OutputOptions {
    std::string format;  ///< Empty: by the ending of `out`, else `table`.
    std::optional<std::filesystem::path> out;
};

/// The format asked for; an error for an unknown name or xlsx without a file.
base::Result<Format> format_of(const OutputOptions& options);

/// Writes rows as they come: csv, json and xlsx without holding them, a terminal table when all are
/// known. A file appears whole at `finish`, or not at all.
class RowWriter {
public:
    virtual ~RowWriter() = default;
    virtual void add(std::vector<wording::TableCell> row) = 0;
    virtual base::Result<base::Done> finish() = 0;
};

base::Result<std::unique_ptr<RowWriter>> row_writer(std::string title,
                                                    std::vector<wording::Column> columns,
                                                    const OutputOptions& options);

/// Writes a table as asked. A file appears whole or not at all.
base::Result<base::Done> write_table(const wording::Table& table, const OutputOptions& options);

/// Writes several tables as one answer: one below the other on a terminal, a sheet each in a
/// workbook. csv and json hold one table, the first.
base::Result<base::Done> write_tables(const std::vector<wording::Table>& tables,
                                      const OutputOptions& options);

/// Writes a text to the terminal or to a file, whole or not at all.
base::Result<base::Done> write_text(std::string_view text,
                                    const std::optional<std::filesystem::path>& out);

}  // namespace opora::cli

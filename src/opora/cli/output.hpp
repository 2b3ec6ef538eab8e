#pragma once

#include <filesystem>
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

/// Writes a table as asked. A file appears whole or not at all.
base::Result<base::Done> write_table(const wording::Table& table, const OutputOptions& options);

/// Writes a text to the terminal or to a file, whole or not at all.
base::Result<base::Done> write_text(std::string_view text,
                                    const std::optional<std::filesystem::path>& out);

/// A JSON array of objects keyed by the column codes; missing is null.
std::string json_table(const wording::Table& table);

}  // namespace opora::cli

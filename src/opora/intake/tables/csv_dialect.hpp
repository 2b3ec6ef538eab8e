#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "opora/base/result.hpp"
#include "opora/intake/tables/text_encoding.hpp"

namespace opora::intake {

/// How a csv file is written.
struct CsvDialect {
    TextEncoding encoding = TextEncoding::utf8;
    char separator = ';';
    std::int64_t bytes_skipped = 0;  ///< A byte order mark.
    bool names_separator = false;    ///< The first row is Excel's hint «sep=;».

    friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

/// Of `;`, `,` and tab the one that divides the rows of the sample most evenly into most columns;
/// `;` when none does.
char detect_separator(std::string_view sample);

/// Looks at the beginning of a file, and for the encoding at the first place beyond ASCII. Refuses
/// what is no text table: `empty_file`, `not_table`, `encoding_unknown`.
base::Result<CsvDialect> detect_dialect(const std::filesystem::path& path);

}  // namespace opora::intake

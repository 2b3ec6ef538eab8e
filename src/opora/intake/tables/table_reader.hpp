#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::intake {

/// One row of a table as text: numbers in their shortest decimal form with a point, booleans as
/// «TRUE»/«FALSE», dates as the number that the file holds, formulas as their cached value, missing
/// cells as "". Trailing blanks are cut.
struct TableRow {
    std::int64_t number = 0;  ///< Row of the file, from 1.
    std::vector<std::string> cells;
};

/// What a sheet shows otherwise than it holds it; its reader tells when it has come to the end.
struct SheetNotes {
    std::int64_t hidden_rows = 0;       ///< With a value.
    std::int64_t first_hidden_row = 0;  ///< 0: none.
    std::string first_hidden_column;    ///< Its letters; empty: none.
    /// Merged areas of several rows, «B6:B11», and the last row of each.
    std::vector<std::pair<std::string, std::int64_t>> merged;
};

/// One table (a csv file, or one sheet of a workbook), read forward once.
class TableReader {
public:
    virtual ~TableReader() = default;

    /// Sheet name; empty for csv.
    virtual const std::string& sheet() const = 0;

    /// The next row that has a non-blank cell, into `row` (its storage is reused); false at the
    /// end. An error ends the table: it names what is wrong with the file and where.
    virtual base::Result<bool> next(TableRow& row) = 0;

    virtual SheetNotes notes() const { return {}; }
};

/// Limits that no honest file meets; beyond them a file is refused (codes `too_large`, `zip_bomb`).
struct TableLimits {
    std::int64_t file_bytes_max = 4'000'000'000;
    std::int64_t sheet_bytes_max = 2'000'000'000;  ///< Of a sheet when unpacked.
    std::int64_t unpack_ratio_max = 200;           ///< Checked above 50 MB unpacked.
    std::int64_t strings_bytes_max = 500'000'000;  ///< Of the shared strings.
    std::int64_t cell_bytes_max = 32'767 * 4;
    std::int64_t columns_max = 1'000;
    std::int64_t rows_max = 1'048'576;  ///< Of a sheet; csv is bounded by its bytes.
};

/// A file opened as tables. The readers are used one after another, each at most once.
struct TableFile {
    std::string name;      ///< File name without folder.
    std::string encoding;  ///< «UTF-8» or «windows-1251» for csv; empty for xlsx.
    bool workbook = false;
    std::vector<std::unique_ptr<TableReader>> tables;
    std::vector<std::string> hidden_sheets;  ///< Names; they are among `tables` too.
};

/// Opens an xlsx by its content (zip signature) or else a csv, whose encoding (UTF-8 with or
/// without BOM, windows-1251) and separator (`;`, `,`, tab) are detected from the first 64 KB.
base::Result<TableFile> open_table(const std::filesystem::path& path,
                                   const TableLimits& limits = {});

}  // namespace opora::intake

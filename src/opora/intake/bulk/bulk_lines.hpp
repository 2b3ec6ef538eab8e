#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "opora/intake/bulk/bulk_row_reader.hpp"

namespace opora::intake {

/// Divides whole lines of bulk csv into cells and hands them to a BulkRowReader.
///
/// One row is one line: cells in quotes may hold separators and doubled quotes, but no line ends.
/// Blank lines and lines that begin with «#» are passed over, yet counted.
class BulkLines {
public:
    BulkLines(const BulkHeader& header, char separator) : header_{header}, separator_{separator} {}

    /// Reads the lines of `text`, each of which ends with LF. Behind the text at least `padding`
    /// bytes can be read. Gives the number of lines.
    std::int64_t read(std::string_view text, BulkRowReader& reader);

    static constexpr std::size_t padding = 8;

    /// Divides one line without its end into cells; false when quotes do not match. Views live
    /// until the next call.
    bool divide(std::string_view line, std::vector<std::string_view>& cells);

private:
    struct FoundLine {
        std::size_t bytes = 0;  ///< Without the line end.
        std::size_t cells = 0;
        bool special = false;  ///< There may be quotes.
    };

    FoundLine find_cells(const char* begin, std::span<std::string_view> cells) const;
    void read_line(std::string_view line, std::int64_t number, BulkRowReader& reader);

    const BulkHeader& header_;
    char separator_;
    std::string unquoted_;
    std::vector<std::string_view> divided_;
};

}  // namespace opora::intake

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace opora::base {

enum class CellStyle : std::uint8_t {
    plain,
    heading,  ///< Bold, filled, wrapped, frozen row above the table.
    title,    ///< Bold, larger.
    percent,  ///< A share 0..1 shown as «32,0 %».
    decimal,  ///< Two decimals.
    wrapped,
    wrong,  ///< Red fill: a cell to correct.
};

/// Writes an xlsx row by row in constant memory (libxlsxwriter): cells of a row from left to right,
/// rows downwards.
///
/// Text is written as text: a leading = + - @ never becomes a formula. `close` ends the file;
/// without it nothing is left behind. Throws std::runtime_error when the disk refuses.
class WorkbookWriter {
public:
    explicit WorkbookWriter(const std::filesystem::path& path);
    ~WorkbookWriter();
    WorkbookWriter(const WorkbookWriter&) = delete;
    WorkbookWriter& operator=(const WorkbookWriter&) = delete;

    /// Starts a sheet; the name is cut to 31 characters and freed of []:*?/\.
    void sheet(std::string_view name);
    void column_width(int column, double characters);
    void freeze_rows(int rows);
    /// Height of a row in points, for headings of several lines. Before the row's first cell.
    void row_height(std::int64_t row, double points);

    void text(std::int64_t row, int column, std::string_view text,
              CellStyle style = CellStyle::plain);
    void number(std::int64_t row, int column, double number, CellStyle style = CellStyle::plain);

    void close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace opora::base

#include "opora/documents/sheet_writer.hpp"

#include <fmt/format.h>

namespace opora::documents {

namespace {

constexpr std::int64_t rows_max = 1'048'576;

}  // namespace

SheetWriter::SheetWriter(base::WorkbookWriter& book, std::string name,
                         std::vector<SheetColumn> columns, std::vector<std::string> caption)
    : book_{book},
      name_{std::move(name)},
      columns_{std::move(columns)},
      caption_{std::move(caption)} {
    open_sheet();
}

void SheetWriter::open_sheet() {
    ++sheets_;
    book_.sheet(sheets_ == 1 ? name_ : fmt::format("{} ({})", name_, sheets_));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        book_.column_width(static_cast<int>(i), columns_[i].width);
    }
    book_.freeze_rows(static_cast<int>(caption_.size()) + 1);
    row_ = 0;
    for (const std::string& line : caption_) {
        book_.text(row_, 0, line, row_ == 0 ? base::CellStyle::title : base::CellStyle::plain);
        ++row_;
    }
    constexpr double two_lines = 30;
    book_.row_height(row_, two_lines);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        book_.text(row_, static_cast<int>(i), columns_[i].heading, base::CellStyle::heading);
    }
}

void SheetWriter::next_row() {
    if (row_ + 1 >= rows_max) open_sheet();
    ++row_;
    column_ = 0;
}

void SheetWriter::text(std::string_view text, base::CellStyle style) {
    if (!text.empty()) book_.text(row_, column_, text, style);
    ++column_;
}

void SheetWriter::number(std::optional<double> number, base::CellStyle style) {
    if (number) book_.number(row_, column_, *number, style);
    ++column_;
}

}  // namespace opora::documents

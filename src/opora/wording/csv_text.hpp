#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opora::wording {

/// One cell of a csv row: a text, or a number as it was formatted.
///
/// A spreadsheet takes a text that begins with = + - @, a tab or a carriage return for a formula, and a school's name
/// or a file's name comes from outside; such a text gets an apostrophe in front. Numbers stay as they are: -3 is -3.
struct CsvCell {
    std::string text;
    bool number = false;

    static CsvCell of_text(std::string text) { return {std::move(text), false}; }
    static CsvCell of_number(std::string digits) { return {std::move(digits), true}; }
};

/// One row by RFC 4180: comma between cells, quotes where they are needed, CR LF at the end.
std::string csv_row(const std::vector<CsvCell>& cells);

/// A row of headings, which are our own words.
std::string csv_headings(const std::vector<std::string_view>& headings);

}  // namespace opora::wording

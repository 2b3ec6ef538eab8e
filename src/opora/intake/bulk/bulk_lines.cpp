#include "opora/intake/bulk/bulk_lines.hpp"

#include <bit>
#include <cstring>

#include "opora/base/expects.hpp"
#include "opora/intake/bulk/bulk_complaint.hpp"

namespace opora::intake {

namespace {

static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
constexpr std::uint64_t every_byte = 0x0101010101010101U;

/// Eight bytes with the high bit set exactly where the word has the byte.
constexpr std::uint64_t places_of(std::uint64_t word, std::uint64_t repeated_byte) {
    constexpr std::uint64_t low_bits = 0x7F7F7F7F7F7F7F7FU;
    const std::uint64_t difference = word ^ repeated_byte;
    return ~(((difference & low_bits) + low_bits) | difference | low_bits);
}

bool blank(std::string_view line) { return trimmed(line).empty(); }

}  // namespace

std::int64_t BulkLines::read(std::string_view text, BulkRowReader& reader) {
    OPORA_EXPECTS(text.empty() || text.back() == '\n');
    std::int64_t lines = 0;
    while (!text.empty()) {
        ++lines;
        const FoundLine line = find_cells(text.data(), reader.cells());
        const std::string_view whole = text.substr(0, line.bytes);
        text.remove_prefix(line.bytes + 1);
        if (line.cells == header_.slots.size() && !line.special && whole.front() != '#') {
            reader.take(lines);
        } else {
            read_line(whole, lines, reader);
        }
    }
    return lines;
}

/// Puts the cells of a line without quotes into their slots, eight bytes at a time.
BulkLines::FoundLine BulkLines::find_cells(const char* const begin,
                                           std::span<std::string_view> cells) const {
    const std::size_t columns = header_.slots.size();
    const std::uint64_t separators = every_byte * static_cast<unsigned char>(separator_);
    const std::uint64_t line_ends = every_byte * static_cast<unsigned char>('\n');
    const std::uint64_t quotes = every_byte * static_cast<unsigned char>('"');
    const char* cell_begin = begin;
    std::size_t column = 0;
    std::uint64_t special = 0;
    for (const char* place = begin;; place += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, place, 8);
        special |= places_of(
            word, quotes);  // Those of the next line too: then this one takes the long way in vain.
        for (std::uint64_t marks = places_of(word, separators) | places_of(word, line_ends);
             marks != 0; marks &= marks - 1) {
            const char* const mark = place + (std::countr_zero(marks) >> 3U);
            const bool ends_line = *mark == '\n';
            const bool carriage_return = ends_line && mark != cell_begin && mark[-1] == '\r';
            if (column < columns) {
                cells[header_.slots[column]] = {
                    cell_begin,
                    static_cast<std::size_t>(mark - cell_begin) - (carriage_return ? 1 : 0)};
            }
            ++column;
            cell_begin = mark + 1;
            if (ends_line) return {static_cast<std::size_t>(mark - begin), column, special != 0};
        }
    }
}

void BulkLines::read_line(std::string_view line, std::int64_t number, BulkRowReader& reader) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (blank(line) || line.starts_with('#')) return;
    const auto cells = reader.cells();
    for (std::string_view& cell : cells) cell = {};
    if (!divide(line, divided_)) {
        reader.refuse(number, "quote_unbalanced",
                      "кавычки в строке не закрыты: одна строка таблицы — одна строка файла, "
                      "кавычки внутри текста удваиваются");
        return;
    }
    for (std::size_t column = 0; column < divided_.size() && column < header_.slots.size();
         ++column) {
        cells[header_.slots[column]] = divided_[column];
    }
    if (line.find('\0') != std::string_view::npos) {
        reader.refuse(number, nul_byte.code, nul_byte.message);
        return;
    }
    if (divided_.size() != header_.slots.size()) {
        reader.refuse(number, "wrong_cell_count", "в строке не столько значений, сколько столбцов",
                      std::to_string(header_.slots.size()), std::to_string(divided_.size()));
        return;
    }
    reader.take(number);
}

bool BulkLines::divide(std::string_view line, std::vector<std::string_view>& cells) {
    cells.clear();
    unquoted_.clear();
    unquoted_.reserve(line.size());  // Views into it stay valid: it never grows beyond the line.
    while (true) {
        if (!line.starts_with('"')) {
            const auto stop = line.find(separator_);
            cells.push_back(line.substr(0, stop));
            if (stop == std::string_view::npos) return true;
            line.remove_prefix(stop + 1);
            continue;
        }
        line.remove_prefix(1);
        const std::size_t begin = unquoted_.size();
        while (true) {
            const auto quote = line.find('"');
            if (quote == std::string_view::npos) return false;
            unquoted_ += line.substr(0, quote);
            line.remove_prefix(quote + 1);
            if (!line.starts_with('"')) break;
            unquoted_ += '"';
            line.remove_prefix(1);
        }
        cells.push_back(std::string_view{unquoted_}.substr(begin));
        while (line.starts_with(' ')) line.remove_prefix(1);
        if (line.empty()) return true;
        if (line.front() != separator_) return false;
        line.remove_prefix(1);
    }
}

}  // namespace opora::intake

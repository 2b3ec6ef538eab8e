#include "opora/base/workbook_writer.hpp"

#include <stdlib.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/base/utf8.hpp"

namespace opora::base {

namespace {

constexpr std::size_t sheet_name_max = 31;
constexpr std::size_t cell_characters_max = 32'767;
/// libxlsxwriter does not check writes to its temporary files, so the space is checked before it
/// assembles the book.
constexpr std::uintmax_t assembly_reserve_bytes = 4'000'000;

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view reason) {
    throw std::runtime_error{"Не удалось записать файл «" + path.string() + "»: " +
                             std::string{reason} + ". Проверьте свободное место и права на папку."};
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::error_code& trouble) {
    throw std::filesystem::filesystem_error{"book not written", path, trouble};
}

bool allowed_in_xml(char32_t code) {
    return code >= 0x20 ? (code != 0xFFFE && code != 0xFFFF)
                        : (code == '\t' || code == '\n' || code == '\r');
}

/// The text as XML may carry it: broken UTF-8 becomes U+FFFD, control characters go, the rest is
/// cut to a cell's size.
std::string printable(std::string_view text, std::size_t characters_max) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t units = 0; !text.empty() && units < characters_max;) {
        const Character character = first_character(text);
        if (character.bytes == 0) {
            clean += "\uFFFD";
            ++units;
        } else if (allowed_in_xml(character.code)) {
            clean += text.substr(0, character.bytes);
            units += character.code > 0xFFFF ? 2 : 1;  // Excel counts UTF-16 units.
        }
        text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    return clean;
}

std::string sheet_title(std::string_view name, std::size_t characters_max) {
    std::string title;
    for (const char symbol : printable(name, characters_max)) {
        const bool refused =
            std::string_view{"[]:*?/\\\t\n\r"}.find(symbol) != std::string_view::npos;
        title += refused ? ' ' : symbol;
    }
    while (title.starts_with('\'') || title.starts_with(' ')) title.erase(0, 1);
    while (title.ends_with('\'') || title.ends_with(' ')) title.pop_back();
    return title.empty() ? "Лист" : title;
}

struct Page {
    std::FILE* rows = nullptr;  ///< libxlsxwriter's temporary file of finished rows.
    bool blank = true;
};

}  // namespace

struct WorkbookWriter::State {
    std::filesystem::path path;
    std::filesystem::path
        folder;  ///< Temporary, beside the target, so that the last step is a rename.
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    std::vector<std::string> titles;
    std::vector<Page> pages;
    std::array<lxw_format*, 7> formats{};
    std::int64_t row = 0;

    ~State();
    void free_book();
    std::filesystem::path draft() const { return folder / "book.xlsx"; }
    void make_formats();
    lxw_format* format(CellStyle style) const { return formats[static_cast<std::size_t>(style)]; }
    lxw_row_t enter(std::int64_t row_now);
    void check(lxw_error error) const {
        if (error != LXW_NO_ERROR) fail(path, lxw_strerror(error));
    }
    void check_space() const;
};

/// libxlsxwriter closes the temporary file of a page only when it assembles a page with cells.
void WorkbookWriter::State::free_book() {
    for (const Page& page : pages) {
        if (page.rows != nullptr) std::fclose(page.rows);
    }
    lxw_workbook_free(book);
    book = nullptr;
}

WorkbookWriter::State::~State() {
    if (book != nullptr) free_book();
    std::error_code
        ignored;  // A destructor has nobody to tell; the folder is recognisable by its name.
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
}

void WorkbookWriter::State::make_formats() {
    for (lxw_format*& format : formats) {
        format = workbook_add_format(book);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    lxw_format* heading = format(CellStyle::heading);
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_bg_color(heading, 0xDDE6F0);
    format_set_border(heading, LXW_BORDER_THIN);
    format_set_align(heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bold(format(CellStyle::title));
    format_set_font_size(format(CellStyle::title), 14);
    format_set_num_format(format(CellStyle::percent), "0.0%");
    format_set_num_format(format(CellStyle::decimal), "0.00");
    format_set_text_wrap(format(CellStyle::wrapped));
    format_set_bg_color(format(CellStyle::wrong), 0xF8CBAD);
}

/// Rows go downwards: a finished row has already left the memory.
lxw_row_t WorkbookWriter::State::enter(std::int64_t row_now) {
    OPORA_EXPECTS(sheet != nullptr);
    OPORA_EXPECTS(row_now >= row && row_now < LXW_ROW_MAX);
    row = row_now;
    pages.back().blank = false;
    return static_cast<lxw_row_t>(row_now);
}

void WorkbookWriter::State::check_space() const {
    std::uintmax_t written = 0;
    for (const Page& page : pages) {
        if (page.rows == nullptr) fail(path, "временный файл не создан");
        const int flushed = std::fflush(page.rows);
        const long length = std::ftell(page.rows);
        if (flushed != 0 || std::ferror(page.rows) != 0 || length < 0) {
            fail(path, "диск переполнен");
        }
        written += static_cast<std::uintmax_t>(length);
    }
    std::error_code unknown;
    const auto space = std::filesystem::space(folder, unknown);
    // The parts are copied once unpacked and once packed.
    if (!unknown && space.available < written * 2 + assembly_reserve_bytes) {
        fail(path, "на диске не хватает места");
    }
}

WorkbookWriter::WorkbookWriter(const std::filesystem::path& path)
    : state_{std::make_unique<State>()} {
    state_->path = path;
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    std::string folder = (parent / ".opora-xlsx-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        fail(path, std::error_code{errno, std::generic_category()});
    }
    state_->folder = folder;

    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.data();
    state_->book = workbook_new_opt(state_->draft().c_str(), &options);
    if (state_->book == nullptr) fail(path, "книга не создана");

    // A fixed time of making keeps equal content equal byte for byte (1980 is also the time of the
    // zip entries).
    lxw_doc_properties properties{};
    properties.created = std::time_t{315'532'800};
    state_->check(workbook_set_properties(state_->book, &properties));
    state_->make_formats();
}

WorkbookWriter::~WorkbookWriter() = default;

void WorkbookWriter::sheet(std::string_view name) {
    std::string title = sheet_title(name, sheet_name_max);
    for (int copy = 2; std::ranges::find(state_->titles, title) != state_->titles.end(); ++copy) {
        const std::string suffix = " (" + std::to_string(copy) + ")";
        title = sheet_title(name, sheet_name_max - suffix.size()) + suffix;
    }
    state_->sheet = workbook_add_worksheet(state_->book, title.c_str());
    if (state_->sheet == nullptr) fail(state_->path, "лист «" + title + "» не создан");
    // Printed as it is read: along the page, all columns on its width.
    worksheet_set_landscape(state_->sheet);
    worksheet_set_paper(state_->sheet, 9);  // A4
    worksheet_fit_to_pages(state_->sheet, 1, 0);
    state_->titles.push_back(title);
    state_->pages.push_back({.rows = state_->sheet->optimize_tmpfile, .blank = true});
    state_->row = 0;
}

void WorkbookWriter::column_width(int column, double characters) {
    OPORA_EXPECTS(state_->sheet != nullptr && column >= 0 && column < LXW_COL_MAX);
    const auto number = static_cast<lxw_col_t>(column);
    state_->check(worksheet_set_column(state_->sheet, number, number, characters, nullptr));
}

void WorkbookWriter::freeze_rows(int rows) {
    OPORA_EXPECTS(state_->sheet != nullptr && rows > 0);
    worksheet_freeze_panes(state_->sheet, static_cast<lxw_row_t>(rows), 0);
}

void WorkbookWriter::row_height(std::int64_t row, double points) {
    state_->check(worksheet_set_row(state_->sheet, state_->enter(row), points, nullptr));
}

void WorkbookWriter::text(std::int64_t row, int column, std::string_view text, CellStyle style) {
    OPORA_EXPECTS(column >= 0 && column < LXW_COL_MAX);
    const lxw_row_t line = state_->enter(row);
    const auto place = static_cast<lxw_col_t>(column);
    const std::string clean = printable(text, cell_characters_max);
    lxw_format* format = state_->format(style);
    state_->check(clean.empty()
                      ? worksheet_write_blank(state_->sheet, line, place, format)
                      : worksheet_write_string(state_->sheet, line, place, clean.c_str(), format));
}

void WorkbookWriter::number(std::int64_t row, int column, double number, CellStyle style) {
    OPORA_EXPECTS(column >= 0 && column < LXW_COL_MAX && std::isfinite(number));
    const lxw_row_t line = state_->enter(row);
    state_->check(worksheet_write_number(state_->sheet, line, static_cast<lxw_col_t>(column),
                                         number, state_->format(style)));
}

void WorkbookWriter::close() {
    OPORA_EXPECTS(state_->book != nullptr);
    state_->check_space();
    const lxw_error error = workbook_close(state_->book);
    state_->book = nullptr;  // workbook_close frees it, whatever it says.
    for (const Page& page : state_->pages) {
        if (page.blank) std::fclose(page.rows);
    }
    state_->check(error);
    std::error_code refused;
    std::filesystem::rename(state_->draft(), state_->path, refused);
    if (refused) fail(state_->path, refused);
    std::filesystem::remove_all(state_->folder, refused);
    state_->folder.clear();
}

}  // namespace opora::base

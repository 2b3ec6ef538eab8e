#include "opora/cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "opora/base/workbook_writer.hpp"

namespace opora::cli {

namespace {

nlohmann::ordered_json json_cell(const wording::TableCell& cell) {
    struct Writer {
        nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
        nlohmann::ordered_json operator()(const std::string& text) const { return text; }
        nlohmann::ordered_json operator()(std::int64_t number) const { return number; }
        nlohmann::ordered_json operator()(double number) const { return number; }
        nlohmann::ordered_json operator()(bool yes) const { return yes; }
    };
    return std::visit(Writer{}, cell);
}

void write_workbook(const wording::Table& table, const std::filesystem::path& path) {
    using base::CellStyle;
    base::WorkbookWriter writer{path};
    writer.sheet(table.title.empty() ? "Таблица" : table.title);
    writer.freeze_rows(1);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto column = static_cast<int>(i);
        const bool text = table.columns[i].style == wording::ColumnStyle::text;
        writer.column_width(column, text ? 28 : 14);
        writer.text(0, column, table.columns[i].title, CellStyle::heading);
    }
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& cell = table.rows[row][i];
            const auto line = static_cast<std::int64_t>(row) + 1;
            const auto column = static_cast<int>(i);
            const bool share = table.columns[i].style == wording::ColumnStyle::percent;
            if (std::holds_alternative<std::monostate>(cell)) continue;
            if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                writer.number(line, column, static_cast<double>(*whole));
            } else if (const auto* number = std::get_if<double>(&cell)) {
                writer.number(line, column, *number,
                              share ? CellStyle::percent : CellStyle::plain);
            } else {
                writer.text(line, column, wording::shown(cell, table.columns[i].style));
            }
        }
    }
    writer.close();
}

}  // namespace

base::Result<Format> format_of(const OutputOptions& options) {
    std::string name = options.format;
    if (name.empty() && options.out) name = options.out->extension().string();
    if (name.starts_with('.')) name.erase(0, 1);
    if (name.empty() || name == "table" || name == "txt") return Format::table;
    if (name == "csv") return Format::csv;
    if (name == "json") return Format::json;
    if (name == "xlsx") {
        if (options.out) return Format::xlsx;
        return base::Unexpected{base::Error{
            .code = "out_missing", .message = "книга Excel пишется только в файл: добавьте --out ФАЙЛ.xlsx"}};
    }
    return base::Unexpected{base::Error{.code = "format_unknown",
                                        .message = "неизвестный формат вывода",
                                        .expected = "table, csv, json или xlsx",
                                        .found = name}};
}

std::string json_table(const wording::Table& table) {
    auto rows = nlohmann::ordered_json::array();
    for (const auto& row : table.rows) {
        auto object = nlohmann::ordered_json::object();
        for (std::size_t i = 0; i < row.size(); ++i) {
            object[table.columns[i].code] = json_cell(row[i]);
        }
        rows.push_back(std::move(object));
    }
    return rows.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

base::Result<base::Done> write_text(std::string_view text,
                                    const std::optional<std::filesystem::path>& out) {
    if (!out) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return base::Done{};
    }
    const std::filesystem::path temporary = out->string() + fmt::format(".{}.tmp", ::getpid());
    std::ofstream file{temporary, std::ios::binary};
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    std::error_code trouble;
    if (file) std::filesystem::rename(temporary, *out, trouble);
    if (!file || trouble) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return base::Unexpected{base::Error{
            .code = "out_not_written",
            .message = "файл не записан: проверьте, есть ли папка, место и право записи",
            .place = {.file = out->string()}}};
    }
    return base::Done{};
}

base::Result<base::Done> write_table(const wording::Table& table, const OutputOptions& options) {
    switch (OPORA_TRY(format_of(options))) {
        case Format::table: return write_text(wording::text_table(table), options.out);
        case Format::csv: return write_text(wording::csv_table(table), options.out);
        case Format::json: return write_text(json_table(table), options.out);
        case Format::xlsx: write_workbook(table, *options.out); return base::Done{};
    }
    return base::Done{};
}

}  // namespace opora::cli

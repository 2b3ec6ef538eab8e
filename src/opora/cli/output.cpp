#include "opora/cli/output.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "opora/base/whole_file.hpp"
#include "opora/base/workbook_writer.hpp"

namespace opora::cli {

namespace {

using wording::Column;
using wording::ColumnStyle;
using wording::TableCell;

/// Bytes on their way to the terminal, or to a file that takes its name only when it is whole.
class Output {
public:
    explicit Output(const std::optional<std::filesystem::path>& out) : out_{out} {
        if (!out_) return;
        temporary_ = base::unfinished(*out_);
        file_ = std::fopen(temporary_.c_str(), "wb");
    }
    ~Output() {
        if (file_ != nullptr) std::fclose(file_);
        std::error_code ignored;
        if (out_) std::filesystem::remove(temporary_, ignored);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view text) {
        std::FILE* target = out_ ? file_ : stdout;
        if (target == nullptr) return;
        good_ = std::fwrite(text.data(), 1, text.size(), target) == text.size() && good_;
    }

    base::Result<base::Done> finish() {
        if (!out_) return base::Done{};
        bool good = good_ && file_ != nullptr;
        if (file_ != nullptr) good = std::fclose(file_) == 0 && good;
        file_ = nullptr;
        std::error_code trouble;
        if (good) std::filesystem::rename(temporary_, *out_, trouble);
        if (!good || trouble) return base::Unexpected{base::not_written(*out_)};
        return base::Done{};
    }

private:
    std::optional<std::filesystem::path> out_;
    std::filesystem::path temporary_;
    std::FILE* file_ = nullptr;
    bool good_ = true;
};

class CsvRows : public RowWriter {
public:
    CsvRows(const std::vector<Column>& columns, const OutputOptions& options)
        : output_{options.out} {
        output_.write(wording::csv_heading(columns));
    }
    void add(std::vector<TableCell> row) override { output_.write(wording::csv_row(row)); }
    base::Result<base::Done> finish() override { return output_.finish(); }

private:
    Output output_;
};

std::string json_text(const nlohmann::ordered_json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_cell(const TableCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return json_text(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell)) return json_text(*number);
    if (const auto* yes = std::get_if<bool>(&cell)) return *yes ? "true" : "false";
    return "null";
}

/// An array of objects keyed by the column codes, one a line; missing is null.
class JsonRows : public RowWriter {
public:
    JsonRows(const std::vector<Column>& columns, const OutputOptions& options)
        : output_{options.out} {
        for (const Column& column : columns) {
            keys_.push_back((keys_.empty() ? "" : ",") + json_text(column.code) + ":");
        }
        output_.write("[");
    }
    void add(std::vector<TableCell> row) override {
        line_ = first_ ? "\n{" : ",\n{";
        for (std::size_t i = 0; i < row.size(); ++i) {
            line_ += keys_[i];
            line_ += json_cell(row[i]);
        }
        line_ += '}';
        output_.write(line_);
        first_ = false;
    }
    base::Result<base::Done> finish() override {
        output_.write("\n]\n");
        return output_.finish();
    }

private:
    Output output_;
    std::vector<std::string> keys_;  ///< Each with what stands around it.
    std::string line_;
    bool first_ = true;
};

class WorkbookRows : public RowWriter {
public:
    WorkbookRows(const std::string& title, std::vector<Column> columns,
                 const OutputOptions& options)
        : writer_{*options.out} {
        begin_sheet(title, std::move(columns));
    }
    void begin_sheet(const std::string& title, std::vector<Column> columns) {
        columns_ = std::move(columns);
        line_ = 0;
        writer_.sheet(title.empty() ? "Таблица" : title);
        writer_.freeze_rows(1);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const bool text = columns_[i].style == ColumnStyle::text;
            writer_.column_width(static_cast<int>(i), text ? 28 : 14);
        }
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            writer_.text(0, static_cast<int>(i), columns_[i].title, base::CellStyle::heading);
        }
    }
    void add(std::vector<TableCell> row) override {
        ++line_;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto column = static_cast<int>(i);
            const bool share = columns_[i].style == ColumnStyle::percent;
            if (std::holds_alternative<std::monostate>(row[i])) continue;
            if (const auto* whole = std::get_if<std::int64_t>(&row[i])) {
                writer_.number(line_, column, static_cast<double>(*whole));
            } else if (const auto* number = std::get_if<double>(&row[i])) {
                writer_.number(line_, column, *number,
                               share ? base::CellStyle::percent : base::CellStyle::plain);
            } else {
                writer_.text(line_, column, wording::shown(row[i], columns_[i].style));
            }
        }
    }
    base::Result<base::Done> finish() override {
        writer_.close();
        return base::Done{};
    }

private:
    base::WorkbookWriter writer_;
    std::vector<Column> columns_;
    std::int64_t line_ = 0;
};

class TextRows : public RowWriter {
public:
    TextRows(std::string title, std::vector<Column> columns, const OutputOptions& options)
        : options_{options}, table_{std::move(title), std::move(columns), {}} {}
    void add(std::vector<TableCell> row) override { table_.rows.push_back(std::move(row)); }
    base::Result<base::Done> finish() override {
        return write_text(wording::text_table(table_), options_.out);
    }

private:
    OutputOptions options_;
    wording::Table table_;
};

}  // namespace

base::Result<Format> format_of(const OutputOptions& options) {
    std::string name = options.format;
    if (name.empty() && options.out) name = options.out->extension().string();
    if (name.starts_with('.')) name.erase(0, 1);
    if (name.empty() || name == "table" || name == "txt") return Format::table;
    if (name == "csv") return Format::csv;
    if (name == "json") return Format::json;
    if (name == "xlsx" && options.out) return Format::xlsx;
    if (name == "xlsx") {
        return base::Unexpected{
            base::Error{.code = "out_missing",
                        .message = "книга Excel пишется только в файл: добавьте --out ФАЙЛ.xlsx"}};
    }
    return base::Unexpected{base::Error{.code = "format_unknown",
                                        .message = "неизвестный формат вывода",
                                        .expected = "table, csv, json или xlsx",
                                        .found = name}};
}

base::Result<std::unique_ptr<RowWriter>> row_writer(std::string title, std::vector<Column> columns,
                                                    const OutputOptions& options) {
    std::unique_ptr<RowWriter> writer;
    switch (OPORA_TRY(format_of(options))) {
        case Format::table:
            writer = std::make_unique<TextRows>(std::move(title), std::move(columns), options);
            break;
        case Format::csv:
            writer = std::make_unique<CsvRows>(columns, options);
            break;
        case Format::json:
            writer = std::make_unique<JsonRows>(std::move(columns), options);
            break;
        case Format::xlsx:
            writer = std::make_unique<WorkbookRows>(title, std::move(columns), options);
            break;
    }
    return writer;
}

base::Result<base::Done> write_text(std::string_view text,
                                    const std::optional<std::filesystem::path>& out) {
    Output output{out};
    output.write(text);
    return output.finish();
}

base::Result<base::Done> write_table(const wording::Table& table, const OutputOptions& options) {
    const auto writer = OPORA_TRY(row_writer(table.title, table.columns, options));
    for (const auto& row : table.rows) writer->add(row);
    return writer->finish();
}

base::Result<base::Done> write_tables(const std::vector<wording::Table>& tables,
                                      const OutputOptions& options) {
    OPORA_EXPECTS(!tables.empty());
    for (const wording::Table& table : tables) {
        for (const auto& row : table.rows) OPORA_EXPECTS(row.size() == table.columns.size());
    }
    const Format format = OPORA_TRY(format_of(options));
    if (format == Format::csv || format == Format::json) return write_table(tables[0], options);
    if (format == Format::table) {
        std::string text;
        for (const wording::Table& table : tables) {
            if (!text.empty()) text += "\n";
            text += table.title + "\n\n" + wording::text_table(table);
        }
        return write_text(text, options.out);
    }
    WorkbookRows sheets{tables[0].title, tables[0].columns, options};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (i > 0) sheets.begin_sheet(tables[i].title, tables[i].columns);
        for (const auto& row : tables[i].rows) sheets.add(row);
    }
    return sheets.finish();
}

}  // namespace opora::cli

#include "opora/api/table_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "opora/api/table_text.hpp"
#include "opora/documents/sheet_writer.hpp"

namespace opora::api {

namespace {

using wording::ColumnStyle;
using wording::Table;
using wording::TableCell;

/// The columns that people see in files.
Table for_files(const Table& table) {
    Table shown{.title = table.title, .columns = {}, .rows = {}};
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].title.empty()) continue;
        kept.push_back(i);
        shown.columns.push_back(table.columns[i]);
    }
    for (const auto& row : table.rows) {
        std::vector<TableCell>& cells = shown.rows.emplace_back();
        for (const std::size_t i : kept) cells.push_back(row[i]);
    }
    return shown;
}

std::string name_of(const indicators::Evidence& evidence, const model::TerritoryId& id) {
    const auto found = std::ranges::find(evidence.territories(), id, &model::Territory::id);
    return found == evidence.territories().end() ? std::string{} : found->name;
}

/// Whose data the file holds: the territory asked for, the only school that the person sees, the
/// person's own territory, or all.
std::string place_of(const Call& call, const indicators::Evidence& evidence) {
    if (const auto asked = query(call.request, "territory")) {
        const std::string name = name_of(evidence, {std::string{*asked}});
        if (!name.empty()) return name;
    }
    if (!call.signed_in) return "все территории";
    const application::Scope scope{call.user(), evidence};
    const auto own_school = evidence.find_school(call.user().school);
    if (scope.count() == 1 && own_school) return evidence.schools()[*own_school].name;
    const std::string own = name_of(evidence, call.user().territory);
    return own.empty() ? "все территории" : own;
}

std::string today() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local{};
    ::localtime_r(&now, &local);
    return fmt::format("{:02}.{:02}.{}", local.tm_mday, local.tm_mon + 1, local.tm_year + 1900);
}

/// A folder for one file, seen by nobody else, that goes with its content.
class OwnFolder {
public:
    OwnFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "opora-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error{"no folder for temporary files"};
        }
        path_ = pattern;
    }
    ~OwnFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void write_cell(documents::SheetWriter& sheet, const TableCell& cell, ColumnStyle style) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        return sheet.number(static_cast<double>(*whole));
    }
    if (const auto* number = std::get_if<double>(&cell)) {
        const bool share = style == ColumnStyle::percent;
        return sheet.number(*number, share ? base::CellStyle::percent : base::CellStyle::plain);
    }
    if (std::holds_alternative<std::monostate>(cell)) return sheet.skip();
    sheet.text(wording::shown(cell, style));
}

std::string workbook(const Table& table, const std::string& caption) {
    const OwnFolder folder;
    const auto path = folder.path() / "table.xlsx";
    {
        base::WorkbookWriter book{path};
        std::vector<documents::SheetColumn> columns;
        for (const wording::Column& column : table.columns) {
            const bool text = column.style == ColumnStyle::text;
            columns.push_back({column.title, text ? 28.0 : 14.0});
        }
        documents::SheetWriter sheet{book, table.title, std::move(columns), {table.title, caption}};
        for (const auto& row : table.rows) {
            sheet.next_row();
            for (std::size_t i = 0; i < row.size(); ++i) {
                write_cell(sheet, row[i], table.columns[i].style);
            }
        }
        book.close();
    }
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Response file_answer(const Call& call, const application::View& view, const Table& table) {
    const std::string place = place_of(call, view.evidence());
    const std::string day = today();
    const bool excel = query(call.request, "format") == "xlsx";
    Response response;
    response.content_type =
        excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              : "text/csv; charset=utf-8";
    const std::string name = file_name(fmt::format("{}, {}, {}", table.title, place, day));
    response.headers.emplace_back(
        "Content-Disposition",
        fmt::format("attachment; filename=\"table.{0}\"; filename*=UTF-8''{1}.{0}",
                    excel ? "xlsx" : "csv", percent_encoded(name)));
    response.headers.emplace_back("Cache-Control", "no-store");
    const std::string caption = fmt::format("{}; выгружено {}; снимок данных {}", place, day,
                                            view.snapshot().substr(0, 12));
    response.body = excel ? workbook(table, caption) : wording::csv_table(table);
    return response;
}

}  // namespace

TableCell cell_of(const std::optional<double>& number) {
    return number ? TableCell{*number} : TableCell{};
}

TableCell cell_of(const std::string& text) { return text.empty() ? TableCell{} : TableCell{text}; }

Json table_json(const Table& table) {
    Json columns = Json::array();
    for (const wording::Column& column : table.columns) {
        columns.push_back(
            {{"code", column.code}, {"title", column.title}, {"style", style_code(column.style)}});
    }
    Json rows = Json::array();
    for (const auto& row : table.rows) {
        Json one = Json::object();
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::visit(
                [&](const auto& value) {
                    if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
                        one[table.columns[i].code] = value;
                    }
                },
                row[i]);
        }
        rows.push_back(std::move(one));
    }
    return {{"title", table.title}, {"columns", columns}, {"rows", rows}};
}

bool wants_file(const Request& request) {
    const auto format = query(request, "format");
    return format == "xlsx" || format == "csv";
}

Response table_answer(const Call& call, const application::View& view, Table table, Json more) {
    table = as_asked(call.request, std::move(table));
    if (wants_file(call.request)) return file_answer(call, view, for_files(table));
    more.update(table_json(table));
    return json_response(more);
}

}  // namespace opora::api

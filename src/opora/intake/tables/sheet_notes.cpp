#include "opora/intake/tables/sheet_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace opora::intake {

base::Errors sheet_warnings(const TableReader& table, std::int64_t heading_row,
                            const std::string& file) {
    const SheetNotes notes = table.notes();
    base::Errors warnings;
    const auto warn = [&](std::string code, std::string message, base::Place place) {
        place.file = file;
        place.sheet = table.sheet();
        warnings.push_back(
            {.code = std::move(code), .message = std::move(message), .place = std::move(place)});
    };
    if (notes.hidden_rows > 0) {
        warn(
            "hidden_rows",
            fmt::format("На листе есть скрытые строки ({}): они прочитаны наравне с видимыми. Если "
                        "они лишние, удалите их и загрузите файл снова.",
                        notes.hidden_rows),
            {.row = notes.first_hidden_row});
    }
    if (!notes.first_hidden_column.empty()) {
        warn("hidden_columns",
             "На листе есть скрытые столбцы: они прочитаны наравне с видимыми. Если они лишние, "
             "удалите их и загрузите файл снова.",
             {.column = notes.first_hidden_column});
    }
    const auto below = std::ranges::find_if(
        notes.merged, [&](const auto& area) { return area.second > heading_row; });
    if (below != notes.merged.end()) {
        warn("merged_cells",
             fmt::format("Под заголовками есть объединённые ячейки (первые — {}): значение есть "
                         "только в верхней из них, остальные прочитаны пустыми. Разъедините их, "
                         "заполните каждую и загрузите файл снова.",
                         below->first),
             {});
    }
    return warnings;
}

}  // namespace opora::intake

#include "opora/intake/kinds/file_report.hpp"

#include <fmt/format.h>

#include "opora/base/russian.hpp"

namespace opora::intake {

void FileReport::refuse_file(base::Error error) {
    error.place.file = file_;
    error.place.row.reset();
    file_refused_ = true;
    batch_.errors.push_back(std::move(error));
}

void FileReport::refuse_row(base::Errors reasons) {
    for (base::Error& reason : reasons) {
        reason.place.file = file_;
        batch_.errors.push_back(std::move(reason));
    }
    if (++refused_rows_ != refused_rows_max) return;
    refuse_file({.code = "too_many_errors",
                 .message = fmt::format(
                     "Строк с ошибками больше {}: похоже, это не тот файл или не тот вид файла. "
                     "Чтение остановлено, файл не принят.",
                     base::grouped(refused_rows_max))});
}

void FileReport::warn(base::Error warning) {
    warning.place.file = file_;
    batch_.warnings.push_back(std::move(warning));
}

void FileReport::warn_row(std::string_view code, std::string_view message, const std::string& sheet,
                          std::int64_t row, std::string_view column) {
    Counted& counted =
        counted_[{std::string{code}, sheet, std::string{column}, std::string{message}}];
    ++counted.count;
    if (counted.rows.size() < 10) counted.rows.push_back(row);
}

void FileReport::finish() {
    for (const auto& [key, counted] : counted_) {
        const auto& [code, sheet, column, message] = key;
        const auto more = counted.count - static_cast<std::int64_t>(counted.rows.size());
        std::string rows = fmt::format("{}", fmt::join(counted.rows, ", "));
        if (more > 0) rows += fmt::format(" и ещё {}", more);
        warn({.code = code,
              .message = fmt::format("{} {}: {}.", message,
                                     counted.count == 1 ? "Строка" : "Строки", rows),
              .place = {"", sheet, counted.rows.front(), column}});
    }
    counted_.clear();
}

std::string reason_of(const base::Errors& errors) {
    std::string reason;
    for (base::Error error : errors) {
        const std::string column = error.place.column;
        error.place = {};
        if (!reason.empty()) reason += "; ";
        if (!column.empty()) reason += column + ": ";
        reason += describe(error);
    }
    return reason;
}

}  // namespace opora::intake

#include "opora/intake/kinds/session.hpp"

#include <fmt/format.h>

namespace opora::intake {

void check_year(const ReadContext& context, model::SchoolYear year, const base::Place& place,
                const std::string& found, base::Errors& errors) {
    if (year < model::year_min || year > context.year_last) {
        errors.push_back({.code = "wrong_year",
                          .message = "Такого учебного года в данных быть не может. Исправьте год.",
                          .place = place,
                          .expected = fmt::format("год окончания от {} до {}",
                                                  model::year_min.ending, context.year_last.ending),
                          .found = found});
    } else if (context.year && *context.year != year) {
        errors.push_back(
            {.code = "other_year",
             .message = "Файл относится к другому учебному году, чем указано при загрузке.",
             .place = place,
             .expected = model::title(*context.year),
             .found = model::title(year)});
    }
}

base::Error unknown_school(std::string_view key, const base::Place& place) {
    return {.code = "unknown_school",
            .message = key.empty() ? "Школа не указана."
                                   : "Такой школы нет в реестре. Загрузите реестр школ (вид "
                                     "«schools») или исправьте код.",
            .place = place,
            .expected = "код, логин или код РЦОИ школы из реестра",
            .found = std::string{key}};
}

}  // namespace opora::intake

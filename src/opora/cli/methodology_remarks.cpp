#include "opora/cli/methodology_remarks.hpp"

#include <fmt/format.h>

#include <chrono>

namespace opora::cli {

std::string methodology_remarks(const rules::Pack& pack, int year) {
    std::string text;
    if (!pack.unit.parameter.empty()) {
        text += fmt::format(
            " Методика о педагогах: здесь её правила применены к результатам школы целиком; "
            "педагогов показывает opora identify --methodology {}.",
            pack.document.id);
    }
    const auto& last = pack.document.in_force_to;
    const std::chrono::year_month_day begins{std::chrono::year{year - 1}, std::chrono::September,
                                             std::chrono::day{1}};
    if (last && *last < begins) {
        text += fmt::format(
            " Срок действия методики закончился {:02}.{:02}.{}, до этого учебного "
            "года.",
            static_cast<unsigned>(last->day()), static_cast<unsigned>(last->month()),
            static_cast<int>(last->year()));
    }
    return text;
}

}  // namespace opora::cli

#include "opora/wording/objectivity_words.hpp"

#include <fmt/format.h>

#include "opora/base/russian.hpp"

namespace opora::wording {

namespace {

using base::decimal_comma;

std::string percents(double share) { return decimal_comma(100 * share, 1) + " %"; }

std::string border_spike(const model::ObjectivityRow& row) {
    return fmt::format(
        "на первых двух баллах отметок {} при ожидаемых {}, на двух баллах ниже границ {} при "
        "ожидаемых {}",
        base::counted(static_cast<std::int64_t>(row.observed), {"работа", "работы", "работ"}),
        decimal_comma(row.expected, 1),
        base::counted(static_cast<std::int64_t>(row.second_observed),
                      {"работа", "работы", "работ"}),
        decimal_comma(row.second_expected, 1));
}

std::string of_kind(const model::ObjectivityRow& row) {
    switch (row.sign) {
        case model::ObjectivitySign::border_spike:
            return border_spike(row);
        case model::ObjectivitySign::above_group:
            return fmt::format("средний результат {}, в группе сравнения {}",
                               decimal_comma(row.observed, 2), decimal_comma(row.expected, 2));
        case model::ObjectivitySign::cohort_fall:
            return fmt::format(
                "через год у тех же учеников результат относительно региона изменился на {} "
                "стандартного отклонения, у средней школы на {}",
                decimal_comma(row.observed, 2), decimal_comma(row.expected, 2));
        case model::ObjectivitySign::journal_gap:
            return fmt::format(
                "отметку по журналу подтвердили {} (в регионе при таких же отметках {}), понизили "
                "{} ({})",
                percents(row.observed), percents(row.expected), percents(row.second_observed),
                percents(row.second_expected));
        case model::ObjectivitySign::examination_gap:
            return fmt::format(
                "ВПР на {} стандартного отклонения выше региона, а экзамен на {}; по ВПР "
                "ожидалось {}",
                decimal_comma(row.second_observed, 2), decimal_comma(row.observed, 2),
                decimal_comma(row.expected, 2));
        case model::ObjectivitySign::homogeneous_class:
            return fmt::format("средний балл класса {} (в регионе {}), разброс {} (обычно {})",
                               decimal_comma(row.observed, 1), decimal_comma(row.expected, 1),
                               decimal_comma(row.second_observed, 1),
                               decimal_comma(row.second_expected, 1));
        case model::ObjectivitySign::passing_gain:
            return fmt::format("прирост класса {} стандартного отклонения, через год потеряно {}",
                               decimal_comma(row.observed, 2),
                               decimal_comma(row.second_observed, 2));
    }
    return "";
}

}  // namespace

std::string objectivity_sentence(const model::ObjectivityRow& row) {
    if (row.untested != model::Untested::none) {
        return fmt::format("не проверялось: {}", model::title(row.untested));
    }
    std::string text = of_kind(row);
    if (row.approximate) text += "; участников мало, оценка приближённая";
    return row.marked ? fmt::format("{}: {}", objectivity_caution, text) : text;
}

}  // namespace opora::wording

#include "opora/wording/uncertainty.hpp"

#include <fmt/format.h>

#include "opora/base/russian.hpp"

namespace opora::wording {

namespace {

std::string_view prior_words(model::PriorSource source) {
    switch (source) {
        case model::PriorSource::territory:
            return "";
        case model::PriorSource::imported:
            return " Вероятности опираются на среднее и разброс по региону: своих школ мало.";
        case model::PriorSource::few_schools:
            return " Школ мало, а среднего и разброса по региону нет: вероятности приблизительны.";
    }
    return "";
}

}  // namespace

std::string uncertainty_sentences(const model::SchoolList& list) {
    if (!list.uncertainty || list.uncertainty->judged == 0) return "";
    const model::ListUncertainty& all = *list.uncertainty;
    return fmt::format(
        "Случайность: ошибочно включённых ожидается {}, ошибочно не включённых {}. Вероятности "
        "получены моделированием, погрешность до {}.{}",
        base::decimal_comma(all.expected_false, 1), base::decimal_comma(all.expected_missed, 1),
        base::decimal_comma(all.simulation_error, 2), prior_words(all.prior));
}

}  // namespace opora::wording

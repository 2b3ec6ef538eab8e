#include "opora/wording/value_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "opora/base/russian.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/numbers.hpp"

namespace opora::wording {

namespace {

bool counts_people(const ComparedValue& value) {
    return value.unit == model::Unit::share && value.value.ratio.denominator == value.value.n;
}

}  // namespace

std::string measured_numbers(const ComparedValue& value) {
    if (!value.value.known()) return value_text(value.value, value.unit);
    const std::string shown = value_text_beside(
        value.value, value.comparison.empty() ? value.value : value.threshold, value.unit);
    if (!counts_people(value)) {
        const bool counted = value.unit == model::Unit::count;  // A count says its n itself.
        return value.value.n > 0 && !counted
                   ? fmt::format("{} (участников: {})", shown, value.value.n)
                   : shown;
    }
    std::string text = counts_text(value.value, value.unit) + ": " + shown;
    if (value.has_interval) {
        text += fmt::format(" (95\u00a0%\u00a0ДИ {})",
                            interval_text(value.interval_low, value.interval_high));
    }
    return text;
}

std::string measured_words(const ComparedValue& value, const Vocabulary& vocabulary) {
    const std::string numbers = measured_numbers(value);
    // Without a procedure the label is the indicator's title, which says the same.
    if (!value.value.known() || !counts_people(value) || !value.procedure) return numbers;
    const std::string of_whom = indicator_of_whom(value.indicator, vocabulary);
    return of_whom.empty() ? numbers : of_whom + " " + numbers;
}

std::string value_label(const ComparedValue& value, model::SchoolYear year,
                        const Vocabulary& vocabulary) {
    std::string label = value.procedure           ? procedure_title(*value.procedure, vocabulary)
                        : value.indicator.empty() ? plain_condition(value.text)
                                                  : indicator_title(value.indicator, vocabulary);
    const model::SchoolYear own =
        value.procedure ? value.procedure->year : value.year.value_or(year);
    if (own != year) label += ", " + model::title(own);
    if (value.years_pooled > 1) {
        label += fmt::format(", вместе за {}",
                             base::counted(value.years_pooled, {"год", "года", "лет"}));
    }
    const std::string_view whose = territory_of(value.text);
    if (!whose.empty()) label += fmt::format(" ({})", whose);
    return label;
}

std::vector<std::string> missing_lines(const std::vector<ComparedValue>& values,
                                       model::SchoolYear year, const Vocabulary& vocabulary) {
    std::map<model::Missing, std::vector<std::string>> labels;
    for (const ComparedValue& value : values) {
        if (value.value.known()) continue;
        std::string text = value_label(value, year, vocabulary);
        if (value.value.missing == model::Missing::too_few_results && value.value.n > 0) {
            text += fmt::format(" ({})", value.value.n);
        }
        std::vector<std::string>& list = labels[value.value.missing];
        if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
    }
    std::vector<std::string> lines;
    for (const auto& [reason, list] : labels) {
        lines.push_back(
            fmt::format("{}: {}.", capitalised(model::title(reason)), fmt::join(list, "; ")));
    }
    return lines;
}

}  // namespace opora::wording

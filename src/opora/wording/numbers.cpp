#include "opora/wording/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/base/rational.hpp"
#include "opora/base/russian.hpp"

namespace opora::wording {

namespace {

constexpr const char* no_break_space = "\u00a0";
constexpr int digits_max = 6;

/// The Russian comma, and a minus that is not taken for a dash or a hyphen.
std::string with_comma(std::string text) {
    std::ranges::replace(text, '.', ',');
    if (text.starts_with('-')) text.replace(0, 1, "\u2212");
    return text;
}

std::string without_idle_zeros(std::string text) {
    if (text.find(',') == std::string::npos) return text;
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with(',')) text.pop_back();
    return text;
}

bool in_percent(model::Unit unit) {
    return unit == model::Unit::share || unit == model::Unit::points;
}

/// Decimals of a measured value. Counts and years are whole as a rule.
int usual_digits(const model::Measurement& value, model::Unit unit) {
    switch (unit) {
        case model::Unit::share:
        case model::Unit::points:
            return 1;
        case model::Unit::score:
        case model::Unit::mark:
            return 2;
        case model::Unit::count:
        case model::Unit::years:
        case model::Unit::number:
            return value.ratio.numerator % value.ratio.denominator == 0 ? 0 : 2;
    }
    return 2;
}

std::string digits_of(const model::Measurement& value, model::Unit unit, int digits) {
    base::Rational number = base::exact(value.ratio);
    if (in_percent(unit)) number *= 100;
    return with_comma(base::to_decimal(number, digits));
}

std::string with_unit(const std::string& digits, model::Unit unit) {
    switch (unit) {
        case model::Unit::share:
            return digits + no_break_space + "%";
        case model::Unit::points:
            return digits + no_break_space + "п.п.";
        case model::Unit::score:
        case model::Unit::mark:
        case model::Unit::count:
        case model::Unit::years:
        case model::Unit::number:
            return digits;
    }
    return digits;
}

std::string missing_text(const model::Measurement& value) {
    if (value.missing == model::Missing::too_few_results && value.n > 0) {
        return fmt::format("{} ({})", model::title(value.missing), value.n);
    }
    return std::string{model::title(value.missing)};
}

struct ComparisonWords {
    std::string_view sign;
    std::string_view before;
    std::string_view after;
    std::string_view mirrored;
};

constexpr std::array<ComparisonWords, 6> comparisons{{
    {">=", "", " и более", "<="},
    {"<=", "", " и менее", ">="},
    {">", "более ", "", "<"},
    {"<", "менее ", "", ">"},
    {"=", "ровно ", "", "="},
    {"==", "ровно ", "", "=="},
}};

}  // namespace

std::string value_text(const model::Measurement& value, model::Unit unit) {
    if (!value.known()) return missing_text(value);
    return with_unit(digits_of(value, unit, usual_digits(value, unit)), unit);
}

std::string value_text_beside(const model::Measurement& value, const model::Measurement& threshold,
                              model::Unit unit) {
    if (!value.known() || !threshold.known()) return value_text(value, unit);
    int digits = usual_digits(value, unit);
    if (base::exact(value.ratio) != base::exact(threshold.ratio)) {
        while (digits < digits_max &&
               digits_of(value, unit, digits) == digits_of(threshold, unit, digits)) {
            ++digits;
        }
    }
    return with_unit(digits_of(value, unit, digits), unit);
}

std::string threshold_text(const model::Measurement& threshold, model::Unit unit) {
    if (!threshold.known()) return missing_text(threshold);
    return with_unit(without_idle_zeros(digits_of(threshold, unit, 4)), unit);
}

std::string threshold_words(std::string_view comparison, const model::Measurement& threshold,
                            model::Unit unit) {
    const std::string text = threshold_text(threshold, unit);
    if (!threshold.known()) return text;
    const auto* words = std::ranges::find(comparisons, comparison, &ComparisonWords::sign);
    if (words == comparisons.end()) return fmt::format("{} {}", comparison, text);
    return fmt::format("{}{}{}", words->before, text, words->after);
}

std::string counts_text(const model::Measurement& value, model::Unit unit) {
    if (!value.known()) return missing_text(value);
    const bool of_people = unit == model::Unit::share && value.ratio.denominator == value.n;
    if (of_people) {
        return fmt::format("{} из {}", base::grouped(value.ratio.numerator),
                           base::grouped(value.n));
    }
    if (value.n == 0) return value_text(value, unit);
    return fmt::format("{} (участников: {})", value_text(value, unit), base::grouped(value.n));
}

std::string interval_text(double low, double high) {
    return fmt::format("{}–{}{}%", base::decimal_comma(low * 100, 1),
                       base::decimal_comma(high * 100, 1), no_break_space);
}

std::string_view mirrored(std::string_view comparison) {
    const auto* words = std::ranges::find(comparisons, comparison, &ComparisonWords::sign);
    return words == comparisons.end() ? comparison : words->mirrored;
}

}  // namespace opora::wording

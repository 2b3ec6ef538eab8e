#include "opora/intake/kinds/cell_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

bool is_digit(char symbol) { return symbol >= '0' && symbol <= '9'; }

/// Without the spaces and no-break spaces that group thousands.
std::string without_spaces(std::string_view text) {
    constexpr std::array<std::string_view, 3> spaces{" ", "\u00a0", "\u202f"};
    std::string tight;
    while (!text.empty()) {
        const auto space = std::ranges::find_if(
            spaces, [&](std::string_view candidate) { return text.starts_with(candidate); });
        if (space != spaces.end()) {
            text.remove_prefix(space->size());
        } else {
            tight += text.front();
            text.remove_prefix(1);
        }
    }
    return tight;
}

struct DatePattern {
    int first;  // digits of the first part
    int third;  // digits of the third part
    bool year_first;
};

/// Reads «dd.mm.yyyy» or «yyyy.mm.dd» (also with - and /) at the beginning of the text.
std::optional<Date> date_at(std::string_view text, const DatePattern& pattern) {
    std::array<int, 3> parts{};
    std::size_t at = 0;
    const std::array<int, 3> widths{pattern.first, 2, pattern.third};
    for (std::size_t part = 0; part < 3; ++part) {
        int digits = 0;
        while (at < text.size() && is_digit(text[at]) && digits < widths[part]) {
            parts[part] = parts[part] * 10 + (text[at] - '0');
            ++digits;
            ++at;
        }
        const bool year = widths[part] == 4;
        if (digits == 0 || (year && digits != 4)) return std::nullopt;
        if (part == 2) break;
        if (at >= text.size() || (text[at] != '.' && text[at] != '-' && text[at] != '/'))
            return std::nullopt;
        ++at;
    }
    if (at < text.size() && is_digit(text[at])) return std::nullopt;
    const Date day = pattern.year_first ? Date{parts[0], parts[1], parts[2]}
                                        : Date{parts[2], parts[1], parts[0]};
    if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31) return std::nullopt;
    return day;
}

std::optional<Date> written_date_at(std::string_view text) {
    if (const auto day = date_at(text, {2, 4, false})) return day;
    return date_at(text, {4, 2, true});
}

/// Days since 30.12.1899, as spreadsheets count them. The algorithm is Howard Hinnant's
/// civil_from_days.
Date date_of_day_number(std::int32_t number) {
    const int days = number - 25'569 + 719'468;
    const int era = days / 146'097;
    const int day_of_era = days - era * 146'097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;
    const int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

}  // namespace

bool is_missing(std::string_view cell) {
    constexpr std::array<std::string_view, 12> signs{"-", "–", "—",   "X", "x", "Х",
                                                     "х", "N", "N/A", "Н", "н", "?"};
    constexpr std::array<std::string_view, 10> words{
        "нет отметки", "нет оценки",    "н д",    "н я",          "н о",
        "нет данных",  "не участвовал", "неявка", "отсутствовал", "не аттестован"};
    const std::string_view text = stripped(cell);
    if (text.empty()) return true;
    if (is_digit(text.front())) return false;
    if (std::ranges::find(signs, text) != signs.end()) return true;
    if (text.size() > 40) return false;
    return std::ranges::find(words, normalised(text)) != words.end();
}

std::optional<std::int32_t> whole_number(std::string_view cell) {
    const std::string_view text = stripped(cell);
    std::int32_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc{} && end == text.data() + text.size()) return number;

    const auto decimal = decimal_number(text);
    if (!decimal || decimal->numerator % decimal->denominator != 0) return std::nullopt;
    const std::int64_t whole = decimal->numerator / decimal->denominator;
    if (whole > std::numeric_limits<std::int32_t>::max() ||
        whole < std::numeric_limits<std::int32_t>::min()) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(whole);
}

std::optional<base::Fraction> decimal_number(std::string_view cell) {
    const std::string_view text = stripped(cell);
    if (const auto number = base::parse_decimal(text)) return number;
    return base::parse_decimal(without_spaces(text));
}

std::optional<base::Fraction> share_number(std::string_view cell, bool percent_above_one) {
    std::string_view text = stripped(cell);
    const bool signed_percent = text.ends_with('%');
    if (signed_percent) text = stripped(text.substr(0, text.size() - 1));
    auto number = decimal_number(text);
    if (!number) return std::nullopt;
    const bool above_one = number->numerator > number->denominator;
    if (signed_percent || (percent_above_one && above_one)) number->denominator *= 100;
    return number;
}

std::optional<bool> yes_no(std::string_view cell) {
    constexpr std::array<std::string_view, 9> yes{"1",      "+",    "да", "true", "yes",
                                                  "истина", "есть", "v",  "д"};
    constexpr std::array<std::string_view, 9> no{"0",    "-", "нет", "false", "no",
                                                 "ложь", "–", "—",   "н"};
    const std::string_view text = stripped(cell);
    const std::string word = normalised(text);
    const auto is = [&](std::string_view candidate) {
        return candidate == text || candidate == word;
    };
    if (std::ranges::any_of(yes, is)) return true;
    if (std::ranges::any_of(no, is)) return false;
    return std::nullopt;
}

std::optional<model::SchoolYear> school_year(std::string_view cell) {
    if (const auto year = whole_number(cell)) {
        if (*year >= 1900 && *year <= 2200) return model::SchoolYear{*year};
        return std::nullopt;
    }
    const std::string text = normalised(cell);
    if (text.size() < 4) return std::nullopt;
    int first = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + 4, first);
    if (failure != std::errc{} || end != text.data() + 4 || first < 1900 || first > 2200)
        return std::nullopt;
    const std::string_view rest = std::string_view{text}.substr(4);
    if (rest == " г" || rest == " год") return model::SchoolYear{first};
    int second = 0;
    if (rest.size() < 3 || rest.front() != ' ') return std::nullopt;
    const auto [stop, trouble] =
        std::from_chars(rest.data() + 1, rest.data() + rest.size(), second);
    if (trouble != std::errc{}) return std::nullopt;
    const bool follows = second == first + 1 || second == (first + 1) % 100;
    const std::string_view tail{stop, static_cast<std::size_t>(rest.data() + rest.size() - stop)};
    constexpr std::array<std::string_view, 6> tails{"",    " г",      " год",
                                                    " гг", " уч год", " учебный год"};
    if (!follows || std::ranges::find(tails, tail) == tails.end()) return std::nullopt;
    return model::SchoolYear{first + 1};
}

std::optional<Date> date(std::string_view cell) {
    const std::string_view text = stripped(cell);
    if (const auto day = written_date_at(text)) return day;
    const auto point = text.find('.');
    const auto number = whole_number(text.substr(0, point));
    if (number && *number >= 30'000 && *number <= 80'000) return date_of_day_number(*number);
    return std::nullopt;
}

std::optional<Date> date_inside(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i]) || (i > 0 && is_digit(text[i - 1]))) continue;
        if (const auto day = written_date_at(text.substr(i))) return day;
    }
    return std::nullopt;
}

model::SchoolYear school_year_of(const Date& day) {
    return {day.month >= 9 ? day.year + 1 : day.year};
}

bool looks_like_name(std::string_view cell) {
    constexpr int letters_of_a_name = 4;
    int letters = 0;
    for (const char symbol : cell) {
        if (symbol >= '0' && symbol <= '9') return false;
        const bool latin = (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z');
        // Letters of other alphabets begin with such a byte.
        const bool other = static_cast<unsigned char>(symbol) >= 0xC3;
        letters += latin || other ? 1 : 0;
    }
    return letters >= letters_of_a_name;
}

std::string class_title(std::string_view cell) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> latin{{
        {"a", "а"},
        {"b", "в"},
        {"c", "с"},
        {"e", "е"},
        {"h", "н"},
        {"k", "к"},
        {"m", "м"},
        {"o", "о"},
        {"p", "р"},
        {"t", "т"},
        {"x", "х"},
        {"y", "у"},
    }};
    std::string title;
    for (const char symbol : normalised(cell)) {
        const auto same = std::ranges::find(latin, std::string_view{&symbol, 1},
                                            &std::pair<std::string_view, std::string_view>::first);
        if (symbol == ' ') continue;
        if (same != latin.end()) {
            title += same->second;
        } else {
            title += symbol;
        }
    }
    constexpr std::string_view word = "класс";
    if (const auto place = title.find(word); place != std::string::npos)
        title.erase(place, word.size());
    // Capital letters: а..п are D0 B0..BF -> D0 90..9F, р..я are D1 80..8F -> D0 A0..AF.
    for (std::size_t i = 0; i + 1 < title.size(); ++i) {
        const auto lead = static_cast<unsigned char>(title[i]);
        const auto tail = static_cast<unsigned char>(title[i + 1]);
        if (lead == 0xD0 && tail >= 0xB0) title[i + 1] = static_cast<char>(tail - 0x20);
        if (lead == 0xD1 && tail <= 0x8F) {
            title[i] = static_cast<char>(0xD0);
            title[i + 1] = static_cast<char>(tail + 0x20);
        }
    }
    std::ranges::transform(title, title.begin(), [](char symbol) {
        return symbol >= 'a' && symbol <= 'z' ? static_cast<char>(symbol - 'a' + 'A') : symbol;
    });
    return title;
}

std::optional<int> grade_of_class(std::string_view class_title) {
    int grade = 0;
    const auto [end, failure] =
        std::from_chars(class_title.data(), class_title.data() + class_title.size(), grade);
    if (failure != std::errc{} || end == class_title.data() || grade < 1 || grade > 12)
        return std::nullopt;
    return grade;
}

}  // namespace opora::intake

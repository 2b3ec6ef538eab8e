#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/base/fraction.hpp"
#include "opora/model/school_year.hpp"

namespace opora::intake {

/// Cells as people write them. Nothing means «not such a value»; whether a blank is allowed is the
/// caller's question.

/// Blank, «-», «—», «X»/«Х» in either alphabet, «н/д», «Нет отметки» …: the value was not there.
bool is_missing(std::string_view cell);

/// «12», « 12 », «12,0», «12.00», «1 234».
std::optional<std::int32_t> whole_number(std::string_view cell);

/// «47,3», «-0.5», «1 234,5»; a percent sign is left to the caller.
std::optional<base::Fraction> decimal_number(std::string_view cell);

/// «47,3 %» and «0,473» are the same share. Without a sign a number above 1 counts as percent only
/// when `percent_above_one`.
std::optional<base::Fraction> share_number(std::string_view cell, bool percent_above_one);

/// «да», «+», «1», «true» and «нет», «-», «0», «false».
std::optional<bool> yes_no(std::string_view cell);

/// «2024», «2023/24», «2023-2024», «2023/2024 учебный год»: the year in which it ends.
std::optional<model::SchoolYear> school_year(std::string_view cell);

/// A day, from «15.04.2025», «2025-04-15», «2025.04.15» or a spreadsheet's day number.
struct Date {
    int year = 0;
    int month = 0;
    int day = 0;

    friend auto operator<=>(const Date&, const Date&) = default;
};
std::optional<Date> date(std::string_view cell);

/// The first date that stands anywhere in a text; day numbers do not count.
std::optional<Date> date_inside(std::string_view text);

/// The school year that a day belongs to; it begins in September.
model::SchoolYear school_year_of(const Date& day);

/// Whether what stands in place of a code is the name of a person: letters and no digit at all.
bool looks_like_name(std::string_view cell);

/// A class in one spelling: capital Cyrillic letters, no spaces, quotes or dashes: «5 "а"», «5-A»
/// are «5А».
std::string class_title(std::string_view cell);

/// The grade that a class title begins with; nothing for «А» alone.
std::optional<int> grade_of_class(std::string_view class_title);

}  // namespace opora::intake

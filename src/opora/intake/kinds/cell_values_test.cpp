#include "opora/intake/kinds/cell_values.hpp"

#include <doctest/doctest.h>

using namespace opora;
using namespace opora::intake;

TEST_CASE("a missing value is written in many ways, and zero is not one of them") {
    for (const char* cell : {"", "  ", "\u00a0", "-", "–", "—", "X", "Х", "x", "х", "Нет отметки",
                             "нет  отметки", "н/д", "Н/Я"}) {
        CAPTURE(cell);
        CHECK(is_missing(cell));
    }
    for (const char* cell : {"0", "2", "0,0", "нет", "ХХ", "А"}) {
        CAPTURE(cell);
        CHECK_FALSE(is_missing(cell));
    }
}

TEST_CASE("whole numbers are read from text, with a decimal comma or grouped thousands") {
    CHECK(whole_number("12") == 12);
    CHECK(whole_number(" 12,0 ") == 12);
    CHECK(whole_number("12.00") == 12);
    CHECK(whole_number("1\u00a0234") == 1234);
    CHECK(whole_number("-3") == -3);
    for (const char* cell : {"", "12,5", "1e3", "12а", "99999999999", "--1"}) {
        CAPTURE(cell);
        CHECK_FALSE(whole_number(cell));
    }
}

TEST_CASE("decimals stay exact") {
    CHECK(decimal_number("47,3") == base::Fraction{473, 10});
    CHECK(decimal_number("1 234,5") == base::Fraction{12345, 10});
    CHECK_FALSE(decimal_number("47,3 %"));
    CHECK(share_number("47,3 %", false) == base::Fraction{473, 1000});
    CHECK(share_number("47,3", true) == base::Fraction{473, 1000});
    CHECK(share_number("0,473", true) == base::Fraction{473, 1000});
    CHECK(share_number("1", true) == base::Fraction{1, 1});
    CHECK(share_number("47,3", false) == base::Fraction{473, 10});
}

TEST_CASE("yes and no") {
    for (const char* cell : {"да", "Да", "+", "1", "TRUE"}) CHECK(yes_no(cell) == true);
    for (const char* cell : {"нет", "НЕТ", "-", "0", "FALSE"}) CHECK(yes_no(cell) == false);
    for (const char* cell : {"", "2", "может быть"}) CHECK_FALSE(yes_no(cell));
}

TEST_CASE("a school year is named by the year in which it ends") {
    for (const char* cell :
         {"2024", "2023/24", "2023/2024", "2023-2024", "2023 – 2024 учебный год", "2024 г."}) {
        CAPTURE(cell);
        CHECK(school_year(cell) == model::SchoolYear{2024});
    }
    for (const char* cell : {"", "24", "2023/25", "2024/2023", "год 2024"}) {
        CAPTURE(cell);
        CHECK_FALSE(school_year(cell));
    }
}

TEST_CASE("dates in three spellings and as the day number of a spreadsheet") {
    CHECK(date("15.04.2025") == Date{2025, 4, 15});
    CHECK(date("2025-04-15") == Date{2025, 4, 15});
    CHECK(date("2025.04.15") == Date{2025, 4, 15});
    CHECK(date("45762") == Date{2025, 4, 15});
    CHECK(date("45762.5") == Date{2025, 4, 15});
    CHECK(date("36585") == Date{2000, 2, 29});
    CHECK_FALSE(date("15.13.2025"));
    CHECK_FALSE(date("2025"));
    CHECK(date_inside("1 - Русский язык 06.06.2023") == Date{2023, 6, 6});
    CHECK(date_inside("9 - Английский язык п27.05.2023 у03.06.2023") == Date{2023, 5, 27});
    CHECK_FALSE(date_inside("1 - Русский язык"));
    CHECK(school_year_of({2024, 8, 31}) == model::SchoolYear{2024});
    CHECK(school_year_of({2024, 9, 1}) == model::SchoolYear{2025});
}

TEST_CASE("a class has one spelling") {
    for (const char* cell : {"5А", "5а", "5 А", "5-А", "5 \"а\"", "5A", "5«А» класс"}) {
        CAPTURE(cell);
        CHECK(class_title(cell) == "5А");
    }
    CHECK(class_title("10я") == "10Я");
    CHECK(class_title("11") == "11");
    CHECK(class_title("") == "");
    CHECK(grade_of_class("5А") == 5);
    CHECK(grade_of_class("11") == 11);
    CHECK_FALSE(grade_of_class("А"));
    CHECK_FALSE(grade_of_class("13А"));
    CHECK_FALSE(grade_of_class(""));
}

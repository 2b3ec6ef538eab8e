#include <doctest/doctest.h>

#include "opora/base/error.hpp"
#include "opora/base/rational.hpp"
#include "opora/base/result.hpp"
#include "opora/base/russian.hpp"
#include "opora/base/sha256.hpp"

using namespace opora::base;

TEST_CASE("a decimal is read exactly, with a comma or a point") {
    CHECK(parse_decimal("47,3") == Fraction{473, 10});
    CHECK(parse_decimal("-0.05") == Fraction{-5, 100});
    CHECK(parse_decimal("12") == Fraction{12, 1});
    for (const char* wrong : {"", "-", "1,", ",5", "1.2.3", "1e3", " 1", "1234567890123456789"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_decimal(wrong));
    }
}

TEST_CASE("a printed percent is rounded half up: 3 of 48 is 6,3 %") {
    CHECK(percent(Fraction{3, 48}) == "6,3\u00a0%");
    CHECK(to_decimal(Rational{-1, 2000}, 2) == "0.00");
    CHECK(to_decimal(Rational{5, 1000}, 2) == "0.01");
    CHECK(round_half_up(Rational{5, 2}) == 3);
    CHECK(round_half_up(Rational{-5, 2}) == -2);
    CHECK(floor(Rational{-1, 3}) == -1);
    CHECK(ceiling(Rational{1, 3}) == 1);
}

TEST_CASE("a Russian noun agrees with its number") {
    const PluralForms pupils{"ученик", "ученика", "учеников"};
    CHECK(counted(1, pupils) == "1\u00a0ученик");
    CHECK(counted(3, pupils) == "3\u00a0ученика");
    CHECK(counted(11, pupils) == "11\u00a0учеников");
    CHECK(counted(121, pupils) == "121\u00a0ученик");
    CHECK(counted(1234, pupils) == "1\u00a0234\u00a0ученика");
}

TEST_CASE("SHA-256 of abc is the published value (FIPS 180-4, appendix B.1 of its examples)") {
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("an error says what, where, what was expected and found") {
    const Error error{.code = "mark_out_of_range",
                      .message = "отметка вне шкалы",
                      .place = {"Ф1.xlsx", "Лист1", 14, "Отметка"},
                      .expected = "2, 3, 4 или 5",
                      .found = "6"};
    CHECK(describe(error) ==
          "Ф1.xlsx, лист «Лист1», строка 14, столбец «Отметка»: отметка вне шкалы "
          "(ожидалось: 2, 3, 4 или 5; найдено: «6»)");
}

namespace {
Result<int> half(int number) {
    if (number % 2 != 0)
        return Unexpected{
            Error{.code = "odd", .message = "нечётное", .place = {}, .expected = {}, .found = {}}};
    return number / 2;
}
Result<int> quarter(int number) { return half(OPORA_TRY(half(number))); }
}  // namespace

TEST_CASE("OPORA_TRY passes an error on") {
    CHECK(quarter(12).value() == 3);
    CHECK(quarter(6).error().code == "odd");
}

#include "opora/wording/numbers.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "opora/wording/names.hpp"

namespace opora::wording {

using model::Measurement;
using model::Missing;
using model::Unit;

TEST_CASE("a value is written in its unit, a missing one by its reason") {
    CHECK(value_text(Measurement::of(8, 25, 25), Unit::share) == "32,0\u00a0%");
    CHECK(value_text(Measurement::of(77, 20, 20), Unit::mark) == "3,85");
    CHECK(value_text(Measurement::of(4, 1, 0), Unit::count) == "4");
    CHECK(value_text(Measurement::of(9, 2, 0), Unit::count) == "4,50");
    CHECK(value_text(Measurement::of(1, 20, 0), Unit::points) == "5,0\u00a0п.п.");
    CHECK(value_text(Measurement::absent(Missing::no_data), Unit::share) == "нет данных");
    CHECK(value_text(Measurement::absent(Missing::too_few_results, 4), Unit::share) ==
          "слишком мало результатов (4)");
}

TEST_CASE("a value that misses a threshold never looks equal to it") {
    const Measurement limit = Measurement::of(3, 10, 0);
    CHECK(value_text_beside(Measurement::of(2997, 10000, 10000), limit, Unit::share) ==
          "29,97\u00a0%");
    CHECK(value_text_beside(Measurement::of(299999, 1000000, 1000000), limit, Unit::share) ==
          "29,9999\u00a0%");
    CHECK(value_text_beside(Measurement::of(3, 10, 10), limit, Unit::share) == "30,0\u00a0%");
    CHECK(value_text_beside(Measurement::of(8, 25, 25), limit, Unit::share) == "32,0\u00a0%");
    CHECK(value_text_beside(Measurement::of(8, 25, 25), Measurement::absent(Missing::no_reference),
                            Unit::share) == "32,0\u00a0%");
}

TEST_CASE("a threshold is written as documents write it, with its comparison in words") {
    const Measurement limit = Measurement::of(35, 1000, 0);
    CHECK(threshold_words(">=", limit, Unit::share) == "3,5\u00a0% и более");
    CHECK(threshold_words("<", Measurement::of(4, 10, 0), Unit::share) == "менее 40\u00a0%");
    CHECK(threshold_words(">", Measurement::of(1, 5, 0), Unit::points) == "более 20\u00a0п.п.");
    CHECK(threshold_words("<=", Measurement::of(10, 1, 0), Unit::count) == "10 и менее");
    CHECK(threshold_words("=", Measurement::of(4, 1, 0), Unit::count) == "ровно 4");
    CHECK(threshold_words(">=", Measurement::absent(Missing::no_reference), Unit::share) ==
          "нет значения для сравнения");
}

TEST_CASE("a procedure is named as schools name it") {
    const Vocabulary words{.subjects = {{{"mathematics"}, "математика"}}};
    model::Procedure procedure{.year = {2024},
                               .type = model::ProcedureType::vpr,
                               .subject = {"mathematics"},
                               .programme_grade = 5,
                               .grade = 5};
    CHECK(procedure_title(procedure, words) == "ВПР, математика, 5 класс");
    procedure.programme_grade = 4;
    CHECK(procedure_title(procedure, words) == "ВПР, математика, 5 класс (по программе 4 класса)");
    procedure = {.year = {2024},
                 .type = model::ProcedureType::oge,
                 .subject = {"mathematics"},
                 .programme_grade = 9,
                 .grade = 9,
                 .period = model::Period::retake};
    CHECK(procedure_title(procedure, words) == "ОГЭ, математика, пересдача");
    procedure = {.year = {2024},
                 .type = model::ProcedureType::gve,
                 .subject = {"77"},
                 .programme_grade = 9,
                 .grade = 9};
    CHECK(procedure_title(procedure, words) == "ГВЭ, 77, 9 класс");
}

}  // namespace opora::wording

#include "opora/wording/text_table.hpp"

#include <doctest/doctest.h>

#include "opora/wording/csv_text.hpp"

namespace opora::wording {

TEST_CASE("width counts what the eye sees: Cyrillic letters one, combining marks none, wide ones two") {
    CHECK(text_width("") == 0);
    CHECK(text_width("СОШ №1") == 6);
    CHECK(text_width("и\u0306") == 1);
    CHECK(text_width("漢字") == 4);
    CHECK(text_width("\xD0") == 1);
}

TEST_CASE("columns are aligned, lines end without spaces, a broken line stays one line") {
    CHECK(text_table({{"Школа", Align::left}, {"n", Align::right}},
                     {{"Ручейковская СОШ", "8"}, {"ООШ\nЛуговая", "125"}, {"Без числа"}}) ==
          "Школа               n\n"
          "────────────────  ───\n"
          "Ручейковская СОШ    8\n"
          "ООШ Луговая       125\n"
          "Без числа\n");
}

TEST_CASE("csv quotes what needs it and disarms texts that a spreadsheet would compute") {
    struct Row {
        CsvCell cell;
        const char* written;
    };
    const std::vector<Row> rows{
        {CsvCell::of_text("СОШ №1"), "СОШ №1"},
        {CsvCell::of_text("СОШ «Заря», филиал"), "\"СОШ «Заря», филиал\""},
        {CsvCell::of_text("СОШ \"Заря\""), "\"СОШ \"\"Заря\"\"\""},
        {CsvCell::of_text("две\nстроки"), "\"две\nстроки\""},
        {CsvCell::of_text("=1+1"), "'=1+1"},
        {CsvCell::of_text("+7"), "'+7"},
        {CsvCell::of_text("-1"), "'-1"},
        {CsvCell::of_text("@x"), "'@x"},
        {CsvCell::of_text("\tx"), "'\tx"},
        {CsvCell::of_text(" =x"), "' =x"},
        {CsvCell::of_text(""), ""},
        {CsvCell::of_number("-3"), "-3"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.written);
        CHECK(csv_row({row.cell}) == std::string{row.written} + "\r\n");
    }
    CHECK(csv_row({CsvCell::of_text("a"), CsvCell::of_number("1"), CsvCell::of_text("")}) ==
          "a,1,\r\n");
}

}  // namespace opora::wording

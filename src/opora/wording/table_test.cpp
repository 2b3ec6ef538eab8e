#include "opora/wording/table.hpp"

#include <doctest/doctest.h>

using namespace opora::wording;

namespace {
const Table schools{.title = "Школы",
                    .columns = {{"school_name", "Школа", ColumnStyle::text},
                                {"n", "Участников", ColumnStyle::whole},
                                {"value", "Доля", ColumnStyle::percent}},
                    .rows = {{std::string{"Заозёрная СОШ"}, std::int64_t{1234}, 0.32},
                             {std::string{"=1+1, «Ёлочка\""}, std::monostate{}, std::monostate{}}}};
}  // namespace

TEST_CASE("a terminal table is aligned by symbols, numbers to the right, missing as a dash") {
    CHECK(text_table(schools) ==
          "Школа           Участников    Доля\n"
          "──────────────  ──────────  ──────\n"
          "Заозёрная СОШ        1\u00a0234  32,0\u00a0%\n"
          "=1+1, «Ёлочка\"           —       —\n");
}

TEST_CASE("csv has codes, plain numbers, and no cell that a spreadsheet takes for a formula") {
    CHECK(csv_table(schools) ==
          "school_name,n,value\n"
          "Заозёрная СОШ,1234,0.32\n"
          "\"'=1+1, «Ёлочка\"\"\",,\n");
    const Table numbers{.columns = {{"a", "a"}},
                        .rows = {{std::string{"-5"}}, {std::string{"-x"}}}};
    CHECK(csv_table(numbers) == "a\n-5\n'-x\n");
}

TEST_CASE(
    "a cell with a line end stays one line of a terminal table and is disarmed and quoted in csv") {
    const Table table{
        .columns = {{"a", "a"}},
        .rows = {{std::string{"ООШ\nЛуговая"}}, {std::string{" =x"}}, {std::string{"\t=x"}}}};
    CHECK(text_table(table) == "a\n───────────\nООШ Луговая\n =x\n =x\n");
    CHECK(csv_table(table) == "a\n\"ООШ\nЛуговая\"\n' =x\n'\t=x\n");
}

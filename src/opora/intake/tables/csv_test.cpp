#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "opora/intake/tables/csv_dialect.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "support/temporary_folder.hpp"
#include "support/written_file.hpp"

using namespace opora::intake;
using opora::testing::TemporaryFolder;

namespace {

using Lines = std::vector<std::string>;

/// Rows as «5: a | b», then «code@row» of the error that ended the file, if any.
Lines csv_lines(std::string_view content, std::string* encoding = nullptr,
                const TableLimits& limits = {}) {
    const TemporaryFolder folder;
    auto file =
        open_table(opora::testing::written_file(folder.path() / "table.csv", content), limits);
    if (!file) return {file.error().code};
    if (encoding != nullptr) *encoding = file->encoding;
    Lines lines;
    TableRow row;
    while (true) {
        const auto more = file->tables.front()->next(row);
        if (!more) {
            lines.push_back(more.error().code + "@" +
                            std::to_string(more.error().place.row.value_or(0)));
            return lines;
        }
        if (!*more) return lines;
        std::string line = std::to_string(row.number) + ":";
        for (const std::string& cell : row.cells)
            line += (line.ends_with(':') ? " " : " | ") + cell;
        lines.push_back(line);
    }
}

}  // namespace

TEST_CASE("rows end with LF, CRLF or CR; the last one may lack its end; blank rows are counted") {
    const Lines expected{"1: a | b", "3: c | d"};
    CHECK(csv_lines("a;b\n\nc;d\n") == expected);
    CHECK(csv_lines("a;b\r\n\r\nc;d\r\n") == expected);
    CHECK(csv_lines("a;b\r\rc;d\r") == expected);
    CHECK(csv_lines("a;b\n;\nc;d") == expected);
}

TEST_CASE("quotes follow RFC 4180, a quote inside a plain field is text") {
    CHECK(csv_lines("\"a;1\";\"b\"\"c\"\"\"\n\"two\nlines\";d\n") ==
          Lines{"1: a;1 | b\"c\"", "2: two\nlines | d"});
    CHECK(csv_lines("ООО \"Ромашка\";5\nб;6\n") == Lines{"1: ООО \"Ромашка\" | 5", "2: б | 6"});
    CHECK(csv_lines("a;\"b\" ;c\n") == Lines{"1: a | b | c"});
    CHECK(csv_lines("a;\"\";c\n") == Lines{"1: a |  | c"});
}

TEST_CASE("a stray quote is reported at the row that opened it") {
    CHECK(csv_lines("a;b\nc;\"d\ne;f\ng;h\n") == Lines{"1: a | b", "quote_unbalanced@2"});
    CHECK(csv_lines("a;b\nc;\"d\"e;f\n") == Lines{"1: a | b", "quote_unbalanced@2"});
    TableLimits limits;
    limits.cell_bytes_max = 10;
    CHECK(csv_lines("a;b\n\"cdefghijklmnopqrst\";1\n", nullptr, limits) ==
          Lines{"1: a | b", "quote_unbalanced@2"});
    CHECK(csv_lines("a;b\ncdefghijklmnopqrst;1\n", nullptr, limits) ==
          Lines{"1: a | b", "cell_too_long@2"});
}

TEST_CASE("the separator is the one that divides the rows evenly") {
    CHECK(detect_separator("a;b;c\n1;2,5;3\n2;3,5;4\n") == ';');
    CHECK(detect_separator("a,b,c\n1,2.5,3\n") == ',');
    CHECK(detect_separator("a\tb\n1,5\t2,5\n") == '\t');
    CHECK(detect_separator("01 - Русский язык, ОГЭ, 06.06\n№;Код;Класс;Балл\n1;2;3;4\n2;2;3;4\n") ==
          ';');
    CHECK(detect_separator("\"a;b\",c\n\"d;e;f\",g\n") == ',');
    CHECK(detect_separator("только одно поле\n") == ';');
    CHECK(csv_lines("sep=,\na,b;c\n") == Lines{"2: a | b;c"});
}

TEST_CASE("the encoding is recognised by content") {
    std::string encoding;
    CHECK(csv_lines("\xEF\xBB\xBFшкола;1\n", &encoding) == Lines{"1: школа | 1"});
    CHECK(encoding == "UTF-8");
    CHECK(csv_lines("школа;1\n", &encoding) == Lines{"1: школа | 1"});
    CHECK(encoding == "UTF-8");
    CHECK(csv_lines("\xF8\xEA\xEE\xEB\xE0 \xB9"
                    "1;\xA8\xEB\xEA\xE0\n",
                    &encoding) == Lines{"1: школа №1 | Ёлка"});
    CHECK(encoding == "windows-1251");
    CHECK(csv_lines("code;1\n", &encoding) == Lines{"1: code | 1"});
    CHECK(encoding == "UTF-8");
    // The first letter beyond ASCII comes late.
    std::string late = "code;name\n";
    for (int i = 0; i < 20'000; ++i) late += "12;ab\n";
    CHECK(csv_lines(late + "1;\xF8\xEA\xEE\xEB\xE0\n", &encoding).back() == "20002: 1 | школа");
    CHECK(encoding == "windows-1251");
    // «школа» of DOS (code page 866), and UTF-16.
    CHECK(csv_lines("\xE8\xAA\xAE\xAB\xA0;\xA0\xA1\xA2\n") == Lines{"encoding_unknown"});
    CHECK(csv_lines(std::string_view{"\xFF\xFE"
                                     "a\0;\0",
                                     6}) == Lines{"encoding_unknown"});
}

TEST_CASE("mixed encodings are reported with their row") {
    CHECK(csv_lines("имя;класс\nшкола;5А\n\xF8\xEA\xEE\xEB\xE0;5\n") ==
          Lines{"1: имя | класс", "2: школа | 5А", "encoding_broken@3"});
    std::string legacy = "\xF8\xEA\xEE\xEB\xE0;\xEA\xEB\xE0\xF1\xF1\n";
    for (int i = 0; i < 3; ++i) legacy += legacy;
    CHECK(csv_lines(legacy + "школа;5\n").back() == "encoding_broken@9");
    CHECK(csv_lines("\xF8\xEA\xEE\xEB\xE0;1\n\x98;2\n").back() == "encoding_broken@2");
}

TEST_CASE("what is no text table is refused: zero bytes, other formats, nothing at all") {
    CHECK(csv_lines(std::string_view{"a;b\nc;d\0\n", 9}) == Lines{"1: a | b", "nul_byte@2"});
    CHECK(csv_lines("") == Lines{"empty_file"});
    CHECK(csv_lines("%PDF-1.7\n") == Lines{"not_table"});
    CHECK(csv_lines("\n<HTML><table>") == Lines{"not_table"});
    CHECK(csv_lines("\xEF\xBB\xBF") == Lines{});
    TableLimits limits;
    limits.columns_max = 3;
    CHECK(csv_lines("a;b;c;\n1;2;3;4\n", nullptr, limits) == Lines{"1: a | b | c", "too_wide@2"});
    limits.file_bytes_max = 3;
    CHECK(csv_lines("abcd", nullptr, limits) == Lines{"too_large"});
}

TEST_CASE("rows longer than a reading block are whole") {
    std::string content;
    for (int i = 0; i < 40'000; ++i)
        content += std::to_string(i) + ";\"имя " + std::to_string(i) + "\"\r\n";
    const Lines lines = csv_lines(content);
    REQUIRE(lines.size() == 40'000);
    CHECK(lines[39'999] == "40000: 39999 | имя 39999");
    bool equal = true;
    for (int i = 0; i < 40'000; ++i) {
        const auto number = std::to_string(i);
        equal = equal && lines[static_cast<std::size_t>(i)] ==
                             std::to_string(i + 1) + ": " + number + " | имя " + number;
    }
    CHECK(equal);
}

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "opora/base/workbook_writer.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "support/temporary_folder.hpp"
#include "support/written_file.hpp"
#include "support/xlsx_package.hpp"

using namespace opora::intake;
using opora::testing::TemporaryFolder;

namespace {

/// Rows of the first table as «5: a | b», then the code of the error that ended it, if any.
std::vector<std::string> read_lines(const std::filesystem::path& path,
                                    const TableLimits& limits = {}) {
    auto file = open_table(path, limits);
    if (!file) return {file.error().code};
    std::vector<std::string> lines;
    TableRow row;
    while (true) {
        const auto more = file->tables.front()->next(row);
        if (!more) {
            lines.push_back(more.error().code);
            return lines;
        }
        if (!*more) return lines;
        std::string line = std::to_string(row.number) + ":";
        for (const std::string& cell : row.cells)
            line += (line.ends_with(':') ? " " : " | ") + cell;
        lines.push_back(line);
    }
}

using Lines = std::vector<std::string>;

/// The lines of a sheet with the given XML.
Lines sheet_lines(const std::string& sheet, const std::string& shared_strings = {},
                  const TableLimits& limits = {}) {
    const TemporaryFolder folder;
    opora::testing::write_zip(folder.path() / "book.xlsx",
                              opora::testing::workbook_parts({sheet}, shared_strings));
    return read_lines(folder.path() / "book.xlsx", limits);
}

std::string sheet_data(const std::string& rows) { return "<sheetData>" + rows + "</sheetData>"; }

}  // namespace

TEST_CASE("a number of a sheet is given as its shortest decimal") {
    struct Row {
        const char* stored;
        const char* given;
    };
    for (const auto& [stored, given] :
         {Row{"5", "5"}, Row{"5.0", "5"}, Row{"0.50", "0.5"}, Row{"-0", "0"}, Row{"007", "7"},
          Row{"0.10000000000000001", "0.1"}, Row{"1E-3", "0.001"}, Row{"45292", "45292"},
          Row{"1e20", "100000000000000000000"}, Row{"123456789012345", "123456789012345"},
          Row{"-3.25", "-3.25"}}) {
        CAPTURE(stored);
        CHECK(sheet_lines(sheet_data("<row r=\"1\"><c r=\"A1\"><v>" + std::string{stored} +
                                     "</v></c></row>")) == Lines{"1: " + std::string{given}});
    }
    CHECK(sheet_lines(sheet_data("<row><c><v>5,0</v></c></row>")) == Lines{"number_broken"});
    CHECK(sheet_lines(sheet_data("<row><c><v>nan</v></c></row>")) == Lines{"number_broken"});
}

TEST_CASE("every type of cell becomes text: shared, inline, rich, boolean, error, formula") {
    CHECK(
        sheet_lines(
            sheet_data(
                R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>)"
                R"(<c r="C2" t="inlineStr"><is><t>а &lt; б &#x44F;</t></is></c><c r="D2" t="b"><v>1</v></c>)"
                R"(<c r="E2" t="b"><v>0</v></c><c r="F2" t="e"><v>#N/A</v></c>)"
                R"(<c r="G2"><f>1+1</f><v>2</v></c><c r="H2" t="str"><f>A1</f><v>текст</v></c></row>)"),
            R"(<si><t xml:space="preserve"> школа </t></si>)"
            R"(<si><r><rPr><b/></rPr><t>5</t></r><r><t>А</t></r><rPh sb="0"><t>чтение</t></rPh></si>)") ==
        Lines{"2:  школа  | 5А | а < б я | TRUE | FALSE | #N/A | 2 | текст"});
    CHECK(sheet_lines(sheet_data(R"(<row><c t="s"><v>1</v></c></row>)"), "<si><t>а</t></si>") ==
          Lines{"shared_string_missing"});
    CHECK(sheet_lines(sheet_data(
              R"(<row><c t="inlineStr"><is><t>а_x000A_б _x_ _x0000_</t></is></c></row>)")) ==
          Lines{"1: а\nб _x_ "});
}

TEST_CASE(
    "a formula without a computed value ends the table with its place, an empty text result does "
    "not") {
    CHECK(sheet_lines(sheet_data(R"(<row r="7"><c r="C7"><f>SUM(A1:A2)</f></c></row>)")) ==
          Lines{"formula_without_value"});
    CHECK(sheet_lines(sheet_data(R"(<row r="7"><c r="C7"><f>SUM(A1:A2)</f><v></v></c></row>)")) ==
          Lines{"formula_without_value"});
    CHECK(
        sheet_lines(sheet_data(
            R"(<row r="7"><c r="B7"><v>1</v></c><c r="C7" t="str"><f>A1</f><v></v></c></row>)")) ==
        Lines{"7:  | 1"});

    const TemporaryFolder folder;
    opora::testing::write_zip(folder.path() / "book.xlsx",
                              opora::testing::workbook_parts(
                                  {sheet_data(R"(<row r="7"><c r="AC7"><f>1</f></c></row>)")}));
    TableRow row;
    const auto outcome = open_table(folder.path() / "book.xlsx")->tables.front()->next(row);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().place == opora::base::Place{"book.xlsx", "Лист1", 7, "AC"});
}

TEST_CASE("cells stand where their references say, or side by side without references") {
    CHECK(sheet_lines(sheet_data(
              R"(<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c><c r="E3" s="4"/></row>)"
              R"(<row r="5"/><row r="9"><c r="A9"><v>3</v></c></row>)")) ==
          Lines{"3:  | 1 |  | 2", "9: 3"});
    CHECK(sheet_lines(sheet_data(
              "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>")) ==
          Lines{"1: 1 |  | 2", "2: 3"});
    CHECK(sheet_lines(sheet_data(R"(<row r="1"><c r="XFD1" s="1"/></row>)")) == Lines{});
    CHECK(sheet_lines(sheet_data(R"(<row r="1"><c r="XFD1"><v>1</v></c></row>)")) ==
          Lines{"too_wide"});
    CHECK(sheet_lines(
              sheet_data(R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)")) ==
          Lines{"cells_out_of_order"});
    CHECK(sheet_lines(
              sheet_data(R"(<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>)")) ==
          Lines{"2: 1", "rows_out_of_order"});
    CHECK(sheet_lines(sheet_data(R"(<row r="1048576"><c><v>1</v></c></row>)")) ==
          Lines{"1048576: 1"});
    CHECK(sheet_lines(sheet_data(R"(<row r="1048577"><c><v>1</v></c></row>)")) ==
          Lines{"too_large"});
}

TEST_CASE("a merged area has its value in the first cell only, rows of blanks are passed over") {
    CHECK(
        sheet_lines(
            sheet_data(
                R"(<row r="1"><c r="A1" t="inlineStr"><is><t>Шапка</t></is></c><c r="B1"/><c r="C1"/></row>)"
                "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>  \u00a0</t></is></c></row>"
                R"(<row r="3"><c r="A3"><v>1</v></c><c r="B3" t="inlineStr"><is><t> </t></is></c></row>)") +
            R"(<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>)") ==
        Lines{"1: Шапка", "3: 1"});
}

TEST_CASE("hidden sheets are read and named, charts are passed over, absolute targets are found") {
    auto parts = opora::testing::workbook_parts(
        {sheet_data("<row><c><v>1</v></c></row>"), sheet_data("<row><c><v>2</v></c></row>")},
        "<si/>");
    std::string& book = parts["xl/workbook.xml"];
    book.replace(book.find("sheetId=\"2\""), 0, "state=\"veryHidden\" ");
    book.replace(book.find("</sheets>"), 0, "<sheet name=\"График\" sheetId=\"9\" r:id=\"rId9\"/>");
    std::string& links = parts["xl/_rels/workbook.xml.rels"];
    links.replace(links.find("worksheets/sheet2"), 0, "/xl/");
    const TemporaryFolder folder;
    opora::testing::write_zip(folder.path() / "book.xlsx", parts);
    auto file = open_table(folder.path() / "book.xlsx");
    REQUIRE(file);
    CHECK(file->workbook);
    CHECK(file->name == "book.xlsx");
    REQUIRE(file->tables.size() == 2);
    CHECK(file->hidden_sheets == Lines{"Лист2"});
    TableRow row;
    CHECK(file->tables[1]->sheet() == "Лист2");
    CHECK(file->tables[1]->next(row).value());
    CHECK(row.cells == Lines{"2"});
    CHECK(file->tables[0]->next(row).value());
    CHECK(row.cells == Lines{"1"});
    CHECK_FALSE(file->tables[0]->next(row).value());
    CHECK_FALSE(file->tables[0]->next(row).value());
}

TEST_CASE("document types and entities of any sort are refused") {
    auto parts = opora::testing::workbook_parts({sheet_data("<row><c><v>1</v></c></row>")});
    parts["xl/worksheets/sheet1.xml"] =
        R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>)"
        R"(<worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>)";
    const TemporaryFolder folder;
    opora::testing::write_zip(folder.path() / "book.xlsx", parts);
    CHECK(read_lines(folder.path() / "book.xlsx") == Lines{"xml_forbidden"});
    CHECK(sheet_lines(sheet_data(R"(<row><c t="str"><v>&e;</v></c></row>)")) ==
          Lines{"xml_forbidden"});
}

TEST_CASE("broken XML is refused: cut, wrongly nested, not UTF-8") {
    CHECK(sheet_lines("<sheetData><row><c><v>1</v></c></row>") == Lines{"1: 1", "xml_broken"});
    CHECK(sheet_lines(sheet_data("<row><c><v>1</c></v></row>")) == Lines{"xml_broken"});
    CHECK(sheet_lines(sheet_data("<row><c t=\"str\"><v>\xCF\xF0</v></c></row>")) ==
          Lines{"encoding_broken"});
    CHECK(sheet_lines(sheet_data("<row><c t=\"str\"><v>а\x01</v></c></row>")) ==
          Lines{"encoding_broken"});
    auto parts = opora::testing::workbook_parts({""});
    parts["xl/worksheets/sheet1.xml"] =
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?><worksheet/>";
    const TemporaryFolder folder;
    opora::testing::write_zip(folder.path() / "book.xlsx", parts);
    CHECK(read_lines(folder.path() / "book.xlsx") == Lines{"xml_encoding"});
}

TEST_CASE("a bomb is stopped by the bytes that come, whatever the archive declares") {
    const std::string zeros(3'000'000, ' ');
    TableLimits limits;
    limits.sheet_bytes_max = 1'000'000;
    CHECK(sheet_lines(sheet_data("<row><c><v>1</v></c></row>" + zeros), {}, limits) ==
          Lines{"1: 1", "too_large"});
    std::string many_zeros;
    many_zeros.resize(60'000'000, ' ');
    CHECK(sheet_lines(sheet_data("<row><c><v>1</v></c></row>" + many_zeros)) ==
          Lines{"1: 1", "zip_bomb"});
    limits = {};
    limits.strings_bytes_max = 1'000'000;
    CHECK(sheet_lines(sheet_data("<row><c><v>1</v></c></row>"),
                      "<si><t>" + std::string(30'000, 'a') + "</t></si>" + zeros,
                      limits) == Lines{"too_large"});
    CHECK(sheet_lines(sheet_data("<row><c t=\"str\"><v>" + std::string(131'069, 'a') +
                                 "</v></c></row>")) == Lines{"cell_too_long"});
    CHECK(sheet_lines(sheet_data("<row spans=\"" + std::string(5'000'000, 'a') + "\"/>")) ==
          Lines{"too_large"});
}

TEST_CASE("a file that is no xlsx is refused with the reason") {
    const TemporaryFolder folder;
    const auto code = [&](std::string_view content) {
        return read_lines(opora::testing::written_file(folder.path() / "book.xlsx", content));
    };
    opora::testing::write_zip(folder.path() / "whole.xlsx",
                              opora::testing::workbook_parts({sheet_data("<row/>")}));
    const std::string whole = opora::testing::file_content(folder.path() / "whole.xlsx");
    CHECK(code(whole.substr(0, whole.size() / 2)) == Lines{"zip_broken"});
    CHECK(code("PK\x03\x04") == Lines{"zip_broken"});
    const std::string container = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    CHECK(code(container + "Workbook") == Lines{"old_excel"});
    std::string name;
    for (const char symbol : std::string{"EncryptedPackage"}) name += {symbol, '\0'};
    CHECK(code(container + name) == Lines{"encrypted"});
    opora::testing::write_zip(folder.path() / "other.xlsx", {{"word/document.xml", "<w/>"}});
    CHECK(read_lines(folder.path() / "other.xlsx") == Lines{"not_workbook"});
    opora::testing::write_zip(folder.path() / "up.xlsx", {{"../../etc/passwd", "x"}});
    CHECK(read_lines(folder.path() / "up.xlsx") == Lines{"zip_entry_name"});
    CHECK(read_lines(folder.path() / "absent.xlsx") == Lines{"file_unreadable"});
    CHECK(read_lines(folder.path()) == Lines{"file_unreadable"});
}

TEST_CASE("a changed byte inside a sheet is noticed, at the latest at its end") {
    const TemporaryFolder folder;
    auto parts = opora::testing::workbook_parts({sheet_data("<row><c><v>1</v></c></row>")});
    opora::testing::write_zip(folder.path() / "book.xlsx", parts);
    std::string bytes = opora::testing::file_content(folder.path() / "book.xlsx");
    const auto entry = bytes.find("xl/worksheets/sheet1.xml");
    bytes[entry + 40] = static_cast<char>(bytes[entry + 40] ^ 0x10);
    const auto lines =
        read_lines(opora::testing::written_file(folder.path() / "changed.xlsx", bytes));
    REQUIRE_FALSE(lines.empty());
    CHECK((lines.back() == "zip_broken" || lines.back() == "xml_broken"));
}

TEST_CASE("what the workbook writer writes is read back") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "book.xlsx";
    opora::base::WorkbookWriter book{path};
    book.sheet("Итоги");
    book.text(0, 0, "Школа", opora::base::CellStyle::heading);
    book.text(1, 1, "=1+1 & <b>");
    book.number(1, 2, 0.1);
    book.close();
    CHECK(read_lines(path) == Lines{"1: Школа", "2:  | =1+1 & <b> | 0.1"});
}

TEST_CASE("a sheet of several blocks is read whole on two threads, and may be left half read") {
    const TemporaryFolder folder;
    std::string rows;
    constexpr int count = 60'000;
    for (int i = 1; i <= count; ++i)
        rows += "<row><c><v>" + std::to_string(i) + "</v></c><c t=\"str\"><v>школа " +
                std::to_string(i) + "</v></c></row>";
    opora::testing::write_zip(folder.path() / "book.xlsx",
                              opora::testing::workbook_parts({sheet_data(rows), sheet_data(rows)}));
    auto file = open_table(folder.path() / "book.xlsx");
    REQUIRE(file);
    TableRow row;
    CHECK(file->tables[0]->next(row).value());
    bool equal = true;
    for (int i = 1; i <= count; ++i) {
        equal = equal && file->tables[1]->next(row).value() && row.number == i &&
                row.cells == Lines{std::to_string(i), "школа " + std::to_string(i)};
    }
    CHECK(equal);
    CHECK_FALSE(file->tables[1]->next(row).value());
}

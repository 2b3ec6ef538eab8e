#include "opora/documents/list_workbook.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <pugixml.hpp>

#include "opora/documents/package.hpp"
#include "opora/ports/storage_error.hpp"
#include "support/golden.hpp"
#include "support/sample_listings.hpp"
#include "support/temporary_folder.hpp"

namespace opora::documents {

namespace {

wording::Vocabulary vocabulary() {
    return {.subjects = {{{"mathematics"}, "математика"},
                         {{"russian"}, "русский язык"},
                         {{"history"}, "история"}},
            .indicators = {},
            .rules = {{"A", "две процедуры и более"}},
            .methodology = {}};
}

MethodologySummary methodology() {
    return {.id = "federal-2025",
            .version = "1",
            .title = "Две процедуры и более",
            .in_force = "с 01.09.2024",
            .listing = "A or B",
            .date = "25.11.2024",
            .rules = {{"A", "две процедуры и более", "1.1", "count(…) >= procedures_min"},
                      {"B", "два года подряд", "1.1", "any(…)"}},
            .parameters = {{"low_limit", "30 %", "1.1", "есть источник", "сравнивается точно",
                            "Доля, с которой процедура низкая", "25 %; 50 %"}},
            .notes = {{"1.1", "Условия выхода не названы"}}};
}

/// Every sheet as text: «имя листа», then its rows, cells separated by «|».
std::string workbook_text(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const auto package = unpack(bytes, path.filename().string());
    REQUIRE(package);
    std::string text;
    for (const PackagePart& part : *package) {
        CHECK(part.content.find("<f>") == std::string::npos);
        pugi::xml_document xml;
        REQUIRE(xml.load_buffer(part.content.data(), part.content.size(),
                                pugi::parse_default | pugi::parse_ws_pcdata));
        if (part.name == "xl/workbook.xml") {
            for (const auto sheet : xml.child("workbook").child("sheets").children("sheet")) {
                text += std::string{"лист: "} + sheet.attribute("name").value() + "\n";
            }
        }
        if (part.name.find("xl/worksheets/sheet") != 0) continue;
        text += "\n";
        for (const auto row : xml.child("worksheet").child("sheetData").children("row")) {
            for (const auto cell : row.children("c")) {
                const std::string inline_text = cell.child("is").child("t").text().get();
                text += inline_text.empty() ? cell.child("v").text().get() : inline_text;
                text += "|";
            }
            text += "\n";
        }
    }
    return text;
}

}  // namespace

TEST_CASE(
    "the workbook shows every school, every measured value of every rule, and the methodology") {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "перечень.xlsx";
    write_list_workbook(path, testing::sample_list(), methodology(),
                        {{{"edu000107"}, {.municipality = "Приозёрный район"}}}, vocabulary());
    testing::check_golden("documents/list_workbook.txt", workbook_text(path));
}

TEST_CASE(
    "a workbook that cannot be written is a failure of the store, and leaves nothing behind") {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "нет такой папки" / "перечень.xlsx";
    CHECK_THROWS_AS(
        write_list_workbook(path, testing::sample_list(), methodology(), {}, vocabulary()),
        ports::StorageError);
    CHECK(std::filesystem::is_empty(folder.path()));
}

}  // namespace opora::documents

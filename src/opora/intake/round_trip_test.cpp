#include <doctest/doctest.h>

#include <algorithm>

#include "opora/intake/kinds/failed_rows.hpp"
#include "support/intake_world.hpp"
#include "support/xlsx_package.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

/// The file of failed rows after somebody has put `right` in place of `wrong`.
std::filesystem::path mended(const IntakeWorld& world, const ports::ImportBatch& batch,
                             const std::string& wrong, const std::string& right) {
    ports::FailedRows failed = batch.failed;
    for (ports::FailedRow& row : failed.rows) {
        if (row.refused) std::ranges::replace(row.cells, wrong, right);
    }
    const auto path = world.folder() / "mended.xlsx";
    intake::write_failed_rows(failed, path);
    return path;
}

const std::string bulk_heading = "school_id,subject,grade,year,class,score,mark\n";

}  // namespace

TEST_CASE("bulk protocols: the failed rows, mended and sent again, are the whole school") {
    const IntakeWorld world;
    std::string text = "# выгрузка\n" + bulk_heading;
    for (int pupil = 0; pupil < 5; ++pupil) text += "edu000107,russian,5,2024,5А,10,4\n";
    text += "edu000107,russian,5,2024,5А,7,9\n";
    for (int pupil = 0; pupil < 5; ++pupil) text += "108,russian,5,2024,5А,10,4\n";
    const auto batch = world.read(world.text(text));
    CHECK(batch.results.rows() == 10);
    REQUIRE(batch.failed.rows.size() == 6);  // Of the other school nothing is wrong.
    CHECK(std::ranges::count_if(batch.failed.rows, &ports::FailedRow::refused) == 1);
    CHECK(batch.failed.rows.back().row == 8);

    const auto again = world.read(mended(world, batch, "9", "5"));
    CHECK(again.kind == "bulk");
    CHECK(again.errors.empty());
    REQUIRE(again.results.rows() == 6);
    CHECK(std::ranges::count(again.results.mark, 5) == 1);
    CHECK(std::ranges::count(again.results.mark, 4) == 5);
}

TEST_CASE("a workbook of bulk protocols is given back the same way") {
    const IntakeWorld world;
    const Lines lines{{"school_id", "subject", "grade", "year", "class", "score", "mark"},
                      {"edu000107", "russian", "5", "2024", "5А", "10", "4"},
                      {"edu000107", "russian", "55", "2024", "5А", "11", "4"}};
    const auto batch = world.read(world.xlsx({{"Пояснения", {{"текст"}}}, {"Данные", lines}}));
    REQUIRE(batch.failed.rows.size() == 2);
    CHECK(world.read(mended(world, batch, "55", "5")).results.rows() == 2);
}

TEST_CASE("an aggregate form: the failed rows, mended, are the form of the school") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Год;Класс;Предмет;Логин;Кол-во участников;2;3;4;5\n"
                              "2024;5;Русский язык;edu000107;10;10;30;40;20\n"
                              "2024;6;Русский язык;edu000107;10;10;30;40;999\n"
                              "2024;5;Русский язык;108;10;10;30;40;20\n"));
    CHECK(batch.aggregates.size() == 2);
    const auto again = world.read(mended(world, batch, "999", "20"));
    CHECK(again.kind == "vpr-marks");
    CHECK(again.errors.empty());
    CHECK(again.aggregates.size() == 3);  // Whole: two works of one school, one of the other.
}

TEST_CASE("hidden rows and sheets and merged cells of bulk workbooks are told") {
    const IntakeWorld world;
    const auto cell = [](const std::string& place, const std::string& text) {
        return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    const auto line = [&](int row, const std::string& attributes,
                          const std::vector<std::string>& texts) {
        std::string xml = "<row r=\"" + std::to_string(row) + "\"" + attributes + ">";
        for (std::size_t i = 0; i < texts.size(); ++i)
            xml += cell(std::string(1, static_cast<char>('A' + i)) + std::to_string(row), texts[i]);
        return xml + "</row>";
    };
    const std::string sheet =
        "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>" +
        line(1, "", {"school_id", "subject", "grade", "year", "mark"}) +
        line(2, " hidden=\"1\"", {"edu000107", "russian", "5", "2024", "4"}) +
        "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A9\"/></mergeCells>";
    const auto path = world.folder() / "hidden.xlsx";
    write_zip(path, workbook_parts({sheet}));
    const auto batch = world.read(path);
    CHECK(batch.kind == "bulk");
    CHECK(batch.results.rows() == 1);
    CHECK(codes(batch.warnings) == Codes{"hidden_columns", "hidden_rows", "merged_cells"});
}

#include <doctest/doctest.h>

#include "support/intake_world.hpp"
#include "support/xlsx_package.hpp"

using namespace opora;
using namespace opora::testing;

TEST_CASE("hidden rows and columns and areas merged below the headings are told") {
    const IntakeWorld world;
    const auto cell = [](const std::string& place, const std::string& text) {
        return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    const auto sheet = [&](const std::string& before, const std::string& row,
                           const std::string& behind) {
        return before + "<sheetData><row r=\"1\">" + cell("A1", "school_id") + cell("B1", "year") +
               cell("C1", "pupils") + "</row><row r=\"2\"" + row + ">" + cell("A2", "edu000107") +
               cell("B2", "2024") + cell("C2", "10") + "</row></sheetData>" + behind;
    };
    const auto merged = [](const std::string& area) {
        return "<mergeCells count=\"1\"><mergeCell ref=\"" + area + "\"/></mergeCells>";
    };
    struct Row {
        std::string before, row, behind;
        Codes expected;
    };
    for (const Row& row : std::vector<Row>{
             {"", "", "", {}},
             {"", " hidden=\"1\"", "", {"hidden_rows"}},
             {"", " hidden=\"0\"", "", {}},
             {"<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>", "", "", {"hidden_columns"}},
             {"<cols><col min=\"3\" max=\"3\"/></cols>", "", "", {}},
             {"", "", merged("A1:C1"), {}},
             {"", "", merged("C1:C2"), {"merged_cells"}},
             {"", "", merged("B2:B9"), {"merged_cells"}},
             {"", "", merged("A2:C2"), {}},
             {"", "", merged("nonsense"), {}}}) {
        CAPTURE(row.before);
        CAPTURE(row.row);
        CAPTURE(row.behind);
        const auto path = world.folder() / "shown.xlsx";
        write_zip(path, workbook_parts({sheet(row.before, row.row, row.behind)}));
        const auto batch = world.read(path);
        CHECK(batch.errors.empty());
        CHECK(codes(batch.warnings) == row.expected);
        CHECK(batch.rows.facts.size() == 1);
    }
}

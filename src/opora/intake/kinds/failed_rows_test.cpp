#include "opora/intake/kinds/failed_rows.hpp"

#include <doctest/doctest.h>

#include "support/intake_world.hpp"
#include "support/vpr_form.hpp"
#include "support/xlsx_package.hpp"

using namespace opora;
using namespace opora::testing;

TEST_CASE("names of pupils in a protocol are dropped and appear nowhere") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[7].emplace_back("ФИО участника");
    lines[8].emplace_back("Секретов Секрет");
    lines[9].emplace_back("Тайнова Тайна");
    lines[9][10] = "9";
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.results.rows() == 1);
    REQUIRE(batch.failed.rows.size() == 2);
    const std::string messages = all_messages(batch);
    CHECK(messages.find("Секретов") == std::string::npos);
    CHECK(messages.find("Тайнова") == std::string::npos);
    CHECK(codes(batch.warnings).empty());
}

TEST_CASE("names in place of participants' codes refuse the file and are told to nobody") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[8][3] = "Секретов Секрет";
    lines[8][10] = "9";
    lines[9][3] = "Тайнова";
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.refused);
    CHECK(codes(batch.errors) == Codes{"participant_name", "wrong_mark"});
    std::string all = all_messages(batch);
    for (const ports::FailedRow& row : batch.failed.rows) {
        for (const std::string& cell : row.cells) all += cell;
    }
    CHECK(all.find("Секретов") == std::string::npos);
    CHECK(all.find("Тайнова") == std::string::npos);
    for (std::size_t i = 0; i < batch.results.rows(); ++i) {
        CHECK(batch.results.row(i).participant.empty());
    }
}

TEST_CASE("a row of an unknown school may belong to any: the file of failed rows holds the sheet") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[4] = {};
    lines.push_back({"edu000108", "", "", "50003", "5Б", "1", "1", "1", "1", "3", "4", "4"});
    lines[9][0] = "edu00107";
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(codes(batch.errors) == Codes{"unknown_school"});
    REQUIRE(batch.failed.rows.size() == 3);
    CHECK_FALSE(batch.failed.rows[0].refused);
    CHECK(batch.failed.rows[1].refused);
    CHECK_FALSE(batch.failed.rows[2].refused);
}

TEST_CASE("the file of failed rows, corrected, is the whole school again") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[4] = {};
    lines.push_back({"edu000108", "", "", "50003", "5Б", "1", "1", "1", "1", "3", "4", "4"});
    lines[9][10] = "6";
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.results.rows() == 2);
    // Row 9 was accepted, but belongs to the school of row 10: a protocol replaces whole schools.
    REQUIRE(batch.failed.rows.size() == 2);
    CHECK_FALSE(batch.failed.rows[0].refused);
    CHECK(batch.failed.rows[1].refused);
    CHECK(batch.failed.rows[1].reason.find("Отметка") != std::string::npos);

    const auto path = world.folder() / "failed.xlsx";
    intake::write_failed_rows(batch.failed, path);
    const auto again = world.read(path);
    CHECK(again.kind == "vpr-f1");
    CHECK(codes(again.errors) == Codes{"wrong_mark"});

    auto corrected = batch.failed;
    corrected.rows[1].cells[10] = "2";
    intake::write_failed_rows(corrected, path);
    const auto whole = world.read(path);
    CHECK(all_messages(whole) == "");
    REQUIRE(whole.results.rows() == 2);
    const auto usual = world.read(world.xlsx({{"Индивидуальные результаты", usual_form()}}));
    for (std::size_t row = 0; row < 2; ++row) {
        CHECK(whole.results.row(row).procedure == usual.results.row(row).procedure);
        CHECK(whole.results.row(row).points == usual.results.row(row).points);
        CHECK(whole.results.row(row).mark == usual.results.row(row).mark);
    }
    CHECK(whole.results.works == usual.results.works);
}

TEST_CASE(
    "a protocol without its column of codes is told what it lacks, not read as another form") {
    const IntakeWorld world;
    Lines lines = usual_form();
    for (auto& line : lines) {
        if (line.size() > 3) line.erase(line.begin() + 3);
    }
    const auto batch = intake::read_file(world.xlsx({{"Лист1", lines}}), world.context);
    REQUIRE_FALSE(batch);
    CHECK(base::describe(batch.error()).find("Код участника") != std::string::npos);
}

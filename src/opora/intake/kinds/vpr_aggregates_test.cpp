#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

const model::Procedure maths_5{{2024}, model::ProcedureType::vpr, {"mathematics"}, 5, 5};

}  // namespace

TEST_CASE("statistics of marks become counts that sum to the participants") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Статистика по отметкам"},
                                 {"Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО",
                                  "Кол-во участников", "2", "3", "4", "5"},
                                 {"2024", "5", "Математика", "Ручейковский район", "edu000107",
                                  "Школа", "25", "12", "48", "32", "8"},
                                 {"2023/24", "5", "Математика", "", "edu000108", "Школа", "7",
                                  "14,29", "28,57", "42,86", "14,29"}}}}));
    CHECK(batch.kind == "vpr-marks");
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.aggregates.size() == 2);
    const tally::Cell& cell = batch.aggregates[0];
    CHECK(cell.school.value == "edu000107");
    CHECK(cell.procedure == maths_5);
    CHECK(cell.origin == tally::Origin::aggregate);
    CHECK(cell.counts.participants == 25);
    CHECK(cell.counts.marks == std::array<std::int32_t, 4>{3, 12, 8, 2});
    CHECK(cell.counts.minimum_known == 25);
    CHECK(cell.counts.below_minimum == 3);
    CHECK(cell.row_first == 3);
    CHECK(batch.aggregates[1].counts.marks == std::array<std::int32_t, 4>{1, 2, 3, 1});
}

TEST_CASE("rows of groups: schools, and the territories of the register as reference values") {
    const IntakeWorld world;
    const auto batch = world.read(
        world.xlsx({{"Лист1",
                     {{"Статистика по отметкам"},
                      {"ВПР 2024 Математика 5 класс"},
                      {"Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"},
                      {"Вся выборка", "39000", "1400000", "10", "40", "35", "15"},
                      {"Озёрная обл.", "300", "9000", "11", "39", "35", "15"},
                      {" РУЧЕЙКОВСКИЙ  муниципальный р-н", "20", "", "12,34", "37,66", "35", "15"},
                      {"Заречный район", "20", "500", "12", "38", "35", "15"},
                      {"Ручейковская СОШ (edu000107)", "1", "4", "25", "25", "50", "0"}}}}));
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"territory_made", "territory_unknown", "unknown_column"});
    const auto unknown = std::ranges::find(batch.warnings, "territory_unknown", &base::Error::code);
    CHECK(unknown->place == base::Place{"file.xlsx", "Лист1", 7, "Группы участников"});
    REQUIRE(batch.aggregates.size() == 1);
    CHECK(batch.aggregates[0].procedure == maths_5);
    CHECK(batch.aggregates[0].counts.marks == std::array<std::int32_t, 4>{1, 1, 2, 0});

    REQUIRE(batch.territory_forms.size() == 3);
    const auto& country = batch.territory_forms[0];
    CHECK(country.territory.value == "Российская Федерация");
    REQUIRE(batch.rows.territories.size() == 1);
    CHECK(batch.rows.territories[0].level == model::TerritoryLevel::country);
    CHECK(country.counts.marks == std::array<std::int32_t, 4>{140000, 560000, 490000, 210000});
    CHECK(batch.territory_forms[1].territory.value == "obl");
    CHECK(batch.territory_forms[1].counts.participants == 9000);
    CHECK(batch.territory_forms[1].participants_known);
    const auto& district = batch.territory_forms[2];
    CHECK(district.territory.value == "ruch");
    CHECK(district.procedure == maths_5);
    CHECK_FALSE(district.participants_known);
    CHECK(district.counts.marks == std::array<std::int32_t, 4>{1234, 3766, 3500, 1500});
}

TEST_CASE("a territory stands once in a work; a row of the municipality's column is its own") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Год;Класс;Предмет;Муниципалитет;Логин;Кол-во участников;2;3;4;5\n"
                              "2024;5;Математика;Ручейковский район;;100;10;40;35;15\n"
                              "2024;5;Математика;Ручейковский район;edu000107;10;10;40;30;20\n"
                              "2024;6;Математика;Ручейковский район;;100;10;40;35;15\n"
                              "2024;5;Математика;Ручейковский м.р.;;100;10;40;35;15\n"));
    CHECK(codes(batch.errors) == Codes{"duplicate"});
    CHECK(batch.warnings.empty());
    CHECK(batch.territory_forms.size() == 2);
    CHECK(batch.aggregates.size() == 1);
}

TEST_CASE("percents that fit no whole pupils warn, percents of no whole are refused") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Год;Класс;Предмет;Логин;Кол-во участников;2;3;4;5\n"
                              "2024;5;Математика;edu000107;7;10;30;40;20\n"
                              "2024;5;Русский язык;edu000107;7;10;30;40;0\n"
                              "2024;5;История;edu000107;;10;30;40;20\n"
                              "2024;5;Биология;edu000107;7;110;30;40;20\n"
                              "2024;5;География;edu999;7;10;30;40;20\n"
                              "2024;;Физика;edu000107;7;10;30;40;20\n"
                              "2031;5;Химия;edu000107;10;10;30;40;20\n"
                              "2024;5;Математика;edu000107;10;10;30;40;20\n"
                              "2024;6;Математика;edu000107;0;0;0;0;0\n"));
    CHECK(batch.kind == "vpr-marks");
    CHECK(codes(batch.errors) == Codes{"duplicate", "grade_unknown", "n_unknown", "not_percent",
                                       "percents_sum", "unknown_school", "wrong_year"});
    CHECK(codes(batch.warnings) == Codes{"no_participants", "percents_misfit"});
    REQUIRE(batch.aggregates.size() == 1);
    CHECK(batch.aggregates[0].counts.marks == std::array<std::int32_t, 4>{1, 2, 3, 1});
    CHECK(std::ranges::count_if(batch.failed.rows, &ports::FailedRow::refused) == 7);
}

TEST_CASE("the comparison with the journal has its groups in rows or in columns") {
    const IntakeWorld world;
    const Lines head{{"Сравнение отметок с отметками по журналу"}, {"ВПР 2024 Математика 5 класс"}};
    Lines rows = head;
    rows.insert(rows.end(), {{"Группы участников", "Кол-во участников", "%"},
                             {"Ручейковский муниципальный район"},
                             {"Понизили (Отметка < Отметка по журналу)", "100", "20"},
                             {"Подтвердили (Отметка = Отметке по журналу)", "", "70"},
                             {"Повысили (Отметка > Отметка по журналу)", "", "10"},
                             {"Всего", "500", "100"},
                             {"Ручейковская СОШ (edu000107)"},
                             {"Понизили (Отметка < Отметка по журналу)", "5", "20"},
                             {"Подтвердили (Отметка = Отметке по журналу)", "18", "72"},
                             {"Повысили (Отметка > Отметка по журналу)", "2", "8"},
                             {"Всего", "25", "100"},
                             {"Заозёрная ООШ (edu000108)"},
                             {"Понизили (Отметка < Отметка по журналу)", "", "33,3"},
                             {"Подтвердили (Отметка = Отметке по журналу)", "", "66,7"},
                             {"Повысили (Отметка > Отметка по журналу)", "", "0"},
                             {"Всего", "3", "100"}});
    const auto in_rows = world.read(world.xlsx({{"Лист1", rows}}));
    CHECK(in_rows.kind == "vpr-journal");
    CHECK(in_rows.errors.empty());
    REQUIRE(in_rows.territory_forms.size() == 1);
    CHECK(in_rows.territory_forms[0].territory.value == "ruch");
    CHECK(in_rows.territory_forms[0].counts.lowered == 100);
    CHECK(in_rows.territory_forms[0].counts.journaled == 500);
    REQUIRE(in_rows.aggregates.size() == 2);
    const auto& counts = in_rows.aggregates[0].counts;
    CHECK(counts.journaled == 25);
    CHECK(counts.lowered == 5);
    CHECK(counts.confirmed == 18);
    CHECK(counts.raised == 2);
    CHECK(in_rows.aggregates[0].row_first == 9);
    CHECK(in_rows.aggregates[0].row_last == 13);
    CHECK(in_rows.aggregates[1].counts.lowered == 1);
    CHECK(in_rows.aggregates[1].counts.confirmed == 2);

    Lines columns = head;
    columns.insert(columns.end(),
                   {{"Логин", "Кол-во участников", "Понизили", "Подтвердили", "Повысили"},
                    {"edu000107", "25", "20", "72", "8"},
                    {"edu000108", "3", "1", "2", "0"}});
    const auto in_columns = world.read(world.xlsx({{"Лист1", columns}}));
    CHECK(all_messages(in_columns) == "");
    REQUIRE(in_columns.aggregates.size() == 2);
    CHECK(in_columns.aggregates[0].counts == counts);
    CHECK(in_columns.aggregates[1].counts.confirmed == 2);
}

TEST_CASE("one group among the headings does not make its form one of columns") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Сравнение отметок с отметками по журналу"},
                                 {"ВПР 2024 Математика 5 класс"},
                                 {"Группы участников", "Кол-во участников", "Понизили"},
                                 {"Ручейковская СОШ (edu000107)"},
                                 {"Понизили (Отметка < Отметка по журналу)", "1", ""},
                                 {"Подтвердили (Отметка = Отметке по журналу)", "3", ""},
                                 {"Повысили (Отметка > Отметка по журналу)", "0", ""}}}}));
    CHECK(batch.kind == "vpr-journal");
    REQUIRE(batch.aggregates.size() == 1);
    CHECK(batch.aggregates[0].counts.confirmed == 3);
}

TEST_CASE("rows of groups without a school belong to the school above the headings") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Сравнение отметок с отметками по журналу"},
                                 {"ВПР 2024 Математика 5 класс"},
                                 {"Ручейковская СОШ (edu000107)"},
                                 {"Группы участников", "Кол-во участников", "%"},
                                 {"Понизили (Отметка < Отметка по журналу)", "1", "25"},
                                 {"Подтвердили (Отметка = Отметке по журналу)", "3", "75"},
                                 {"Повысили (Отметка > Отметка по журналу)", "0", "0"},
                                 {"Всего", "4", "100"}}}}));
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.aggregates.size() == 1);
    CHECK(batch.aggregates[0].school.value == "edu000107");
    CHECK(batch.aggregates[0].counts.confirmed == 3);
}

TEST_CASE("a distribution of scores becomes a histogram") {
    const IntakeWorld world;
    const auto batch = world.read(
        world.xlsx({{"Распределение первичных баллов",
                     {{"Распределение первичных баллов"},
                      {"ВПР 2024 Математика 5 класс"},
                      {"Группы участников", "Кол-во участников", "0", "1", "2", "3", "4", "5"},
                      {"Ручейковская СОШ (edu000107)", "25", "4", "8", "16", "28", "32", "12"}}}}));
    CHECK(batch.kind == "vpr-scores");
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.aggregates.size() == 1);
    const tally::Cell& cell = batch.aggregates[0];
    CHECK(cell.detail.histogram == std::vector<std::int32_t>{1, 2, 4, 7, 8, 3});
    CHECK(cell.counts.scored == 25);
    CHECK(cell.counts.score_max == 5);
    CHECK(cell.counts.score_sum == 2 + 8 + 21 + 32 + 15);
    CHECK(cell.counts.score_squares == 2 + 16 + 63 + 128 + 75);
    CHECK(cell.counts.marked() == 0);
}

TEST_CASE("solved tasks keep their percent of the maximum") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Выполнение заданий"},
                                 {"ВПР 2024 Математика 5 класс"},
                                 {"Группы участников", "Кол-во участников", "1", "2", "3K1"},
                                 {"Макс балл", "", "1", "2", "3"},
                                 {"Ручейковская СОШ (edu000107)", "25", "64", "48", "100"}}}}));
    CHECK(batch.kind == "vpr-tasks");
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.aggregates.size() == 1);
    const auto& tasks = batch.aggregates[0].detail.tasks;
    REQUIRE(tasks.size() == 3);
    CHECK(tasks[0].counts == std::vector<std::int32_t>{9, 16});
    CHECK(tasks[1].counts == std::vector<std::int32_t>{1, 24, 0});  // 24 points of 50
    CHECK(tasks[2].counts == std::vector<std::int32_t>{0, 0, 0, 25});
    REQUIRE(batch.form_works.size() == 1);
    CHECK(batch.form_works[0].tasks[2] == model::Task{"3К1", 3});
}

TEST_CASE("the lines of an unknown group are not those of the school above the headings") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Сравнение отметок с отметками по журналу"},
                                 {"ВПР 2024 Математика 5 класс"},
                                 {"Ручейковская СОШ (edu000107)"},
                                 {"Группы участников", "Кол-во участников", "%"},
                                 {"Заречный район"},
                                 {"Понизили (Отметка < Отметка по журналу)", "10", "25"},
                                 {"Подтвердили (Отметка = Отметке по журналу)", "30", "75"},
                                 {"Повысили (Отметка > Отметка по журналу)", "0", "0"}}}}));
    CHECK(codes(batch.warnings) == Codes{"territory_unknown"});
    CHECK(batch.aggregates.empty());
    CHECK(batch.territory_forms.empty());
}

TEST_CASE("tasks of territories are told of and left out") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Лист1",
                                {{"Выполнение заданий"},
                                 {"ВПР 2024 Математика 5 класс"},
                                 {"Группы участников", "Кол-во участников", "1", "2"},
                                 {"Макс балл", "", "1", "2"},
                                 {"Озёрная область", "9000", "64", "48"},
                                 {"Ручейковская СОШ (edu000107)", "25", "64", "48"}}}}));
    CHECK(codes(batch.warnings) == Codes{"group_skipped"});
    CHECK(batch.territory_forms.empty());
    CHECK(batch.aggregates.size() == 1);
}

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::testing;

TEST_CASE("a register of schools needs nothing but their codes") {
    const IntakeWorld world;
    const auto batch = world.read(world.text("school_id,region,rural\n1,33,0\n2,19,1\n3,33,\n"));
    CHECK(batch.kind == "schools");
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"territory_made", "territory_made"});
    REQUIRE(batch.rows.schools.size() == 3);
    const model::School& first = batch.rows.schools[0];
    CHECK(first.id.value == "1");
    CHECK(first.name == "Школа 1");
    CHECK(first.type == model::SchoolType::secondary);
    CHECK(first.territory.value == "33");
    CHECK(first.settlement == model::SettlementType::city);
    CHECK(batch.rows.schools[1].settlement == model::SettlementType::village);
    CHECK(batch.rows.schools[2].settlement == model::SettlementType::unknown);
    REQUIRE(batch.rows.territories.size() == 2);
    CHECK(batch.rows.territories[0].level == model::TerritoryLevel::region);
}

TEST_CASE("a municipal clerk's headings and words are understood") {
    const IntakeWorld world;
    const auto batch = world.read(
        world.xlsx({{"Школы",
                     {{"Список школ района на 1 сентября"},
                      {},
                      {"№ п/п", "Логин", "Наименование ОО", "Район", "Тип ОО", "Кoд РЦОИ",
                       "Местность", "Расстояние до райцентра, км", "Директор"},
                      {"1", "edu000201", "МБОУ «Лесная СОШ»", "Ручейковский  район",
                       "Основная школа", "0120201", "сельская", "18,0", "Вымышленная А. А."},
                      {"2", "edu000202", "Гимназия № 2", "Ручейковский район", "гимназия",
                       "0120202", "город", "", ""}}}}));
    CHECK(batch.kind == "schools");
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"unknown_column"});  // № п/п
    CHECK(batch.rows.territories.empty());
    REQUIRE(batch.rows.schools.size() == 2);
    const model::School& forest = batch.rows.schools[0];
    CHECK(forest.id.value == "edu000201");
    CHECK(forest.name == "МБОУ «Лесная СОШ»");
    CHECK(forest.territory.value == "ruch");
    CHECK(forest.type == model::SchoolType::basic);
    CHECK(forest.rcoi_code == "0120201");
    CHECK(forest.settlement == model::SettlementType::village);
    CHECK(forest.distance_km == 18);
    CHECK(forest.head == "Вымышленная А. А.");
    CHECK(batch.rows.schools[1].type == model::SchoolType::gymnasium);
    CHECK_FALSE(batch.rows.schools[1].distance_km);
}

TEST_CASE("columns that a file of schools lacks keep what the register says") {
    const IntakeWorld world;
    const auto batch = world.read(world.text("Код школы;Код РЦОИ\nEDU000107;777\n"));
    REQUIRE(batch.rows.schools.size() == 1);
    CHECK(batch.rows.schools[0].id.value == "edu000107");
    CHECK(batch.rows.schools[0].name == "Ручейковская СОШ");
    CHECK(batch.rows.schools[0].login == "edu000107");
    CHECK(batch.rows.schools[0].rcoi_code == "777");
}

TEST_CASE("the type is taken from the name when there is no column for it") {
    const IntakeWorld world;
    const struct {
        const char* name;
        model::SchoolType type;
    } rows[] = {
        {"МБОУ Заречная ООШ", model::SchoolType::basic},
        {"МБОУ «Заречная СОШ»", model::SchoolType::secondary},
        {"Лицей № 3", model::SchoolType::lyceum},
        {"Открытая (сменная) вечерняя школа", model::SchoolType::evening},
        {"Школа-интернат № 4", model::SchoolType::boarding},
        {"Начальная школа - детский сад", model::SchoolType::primary},
        {"Заречная школа", model::SchoolType::secondary},
    };
    std::string text = "school_id;name\n";
    for (std::size_t i = 0; i < std::size(rows); ++i)
        text += fmt::format("s{};{}\n", i, rows[i].name);
    const auto batch = world.read(world.text(text));
    REQUIRE(batch.rows.schools.size() == std::size(rows));
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        CAPTURE(rows[i].name);
        CHECK(batch.rows.schools[i].type == rows[i].type);
    }
}

TEST_CASE("wrong rows of a register of schools are refused, all at once") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(
        "school_id;name;type;distance_km;grade_low;grade_high;opened;closed;successor_id\n"
        "a;А;СОШ;5;1;11;;;\n"
        "a;Б;СОШ;5;1;11;;;\n"
        ";В;СОШ;5;1;11;;;\n"
        "c;Г;замок;5;1;11;;;\n"
        "d;Д;СОШ;далеко;1;11;;;\n"
        "e;Е;СОШ;-5;1;11;;;\n"
        "f;Ж;СОШ;5;9;4;;;\n"
        "g;З;СОШ;5;1;13;;;\n"
        "h;И;СОШ;5;1;11;2024;2020;\n"
        "i;К;СОШ;5;1;11;;;i\n"
        "j;Л;СОШ;5;1;11;;;нет такой\n"));
    CHECK(codes(batch.errors) == Codes{"blank", "duplicate", "grades_reversed", "not_whole",
                                       "out_of_range", "out_of_range", "own_successor",
                                       "unknown_word", "years_reversed"});
    CHECK(codes(batch.warnings) == Codes{"unknown_school"});
    CHECK(batch.rows.schools.size() == 2);
    CHECK(batch.failed.rows.size() == 9);

    const auto path = world.folder() / "failed.xlsx";
    intake::write_failed_rows(batch.failed, path);
    CHECK(world.read(path).kind == "schools");
    CHECK(world.read(path).failed.rows.size() == 8);  // the repeated school stands there once
}

TEST_CASE(
    "a login of two working schools refuses the register: protocols could not be told apart") {
    const IntakeWorld world;
    struct Row {
        const char* text;
        Codes errors;
    };
    for (const Row& row : std::vector<Row>{{"a;А;edu1;11;\nb;Б;edu2;12;\n", {}},
                                           {"a;А;edu1;11;\nb;Б;edu1;12;\n", {"shared_login"}},
                                           {"a;А;edu1;11;\nb;Б;edu2;11;\n", {"shared_exam_code"}},
                                           {"a;А;edu1;11;\nb;Б;edu1;11;2020\n", {}},
                                           {"a;А;;;\nb;Б;;;\n", {}},
                                           {"a;А;edu000107;;\n", {"shared_login"}},
                                           {"edu000107;А;edu000107;;\n", {}}}) {
        CAPTURE(row.text);
        const auto batch = world.read(
            world.text(std::string{"school_id;name;login;rcoi_code;closed\n"} + row.text));
        CHECK(codes(batch.errors) == row.errors);
        CHECK(batch.refused == !row.errors.empty());
    }
}

TEST_CASE("territories that hold each other are refused") {
    const IntakeWorld world;
    const std::string heading = "Код территории;Название;Уровень;Вышестоящая территория\n";
    const auto circle =
        world.read(world.text(heading + "a;А;муниципалитет;b\nb;Б;муниципалитет;a\n"));
    CHECK(codes(circle.errors) == Codes{"territories_in_circle"});
    CHECK(circle.refused);
    CHECK(world.read(world.text(heading + "a;А;муниципалитет;b\nb;Б;регион;\n")).errors.empty());
}

TEST_CASE("territories form a tree by code or by name") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Код территории;Название;Уровень;Вышестоящая территория;ОКТМО\n"
                              "r1;Северная область;регион;;02\n"
                              "m1;Лесной район;муниципалитет;Северная область;02605\n"
                              "m2;Полевой район;муниципалитет;obl;\n"
                              "m3;Дальний район;муниципалитет;нет такой;\n"
                              "m3;Повтор;муниципалитет;r1;\n"
                              "m4;Без уровня;;r1;\n"
                              "m5;Сама в себе;район;m5;\n"));
    CHECK(batch.kind == "territories");
    CHECK(codes(batch.errors) == Codes{"blank", "duplicate", "own_parent"});
    CHECK(codes(batch.warnings) == Codes{"unknown_territory"});
    REQUIRE(batch.rows.territories.size() == 4);
    CHECK(batch.rows.territories[0].level == model::TerritoryLevel::region);
    CHECK(batch.rows.territories[1].parent.value == "r1");
    CHECK(batch.rows.territories[1].code == "02605");
    CHECK(batch.rows.territories[2].parent.value == "obl");
    CHECK(batch.rows.territories[3].parent.value.empty());
}

TEST_CASE("a social passport brings a fact for each filled cell, and none for a blank") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.xlsx({{"Паспорт",
                                {{"Код школы", "Учебный год", "Всего обучающихся", "Неполные семьи",
                                  "На учёте", "Русский язык как неродной", "4 класс"},
                                 {"edu000107", "2023/24", "320", "80", "0", "", "28"},
                                 {"edu000108", "2024", "90", "91", "-1", "5,5", "н/д"}}}}));
    CHECK(batch.kind == "passports");
    CHECK(batch.rows.facts ==
          std::vector<model::SchoolFact>{{{"edu000107"}, {2024}, "pupils", {320, 1}},
                                         {{"edu000107"}, {2024}, "families_incomplete", {80, 1}},
                                         {{"edu000107"}, {2024}, "registered", {0, 1}},
                                         {{"edu000107"}, {2024}, "enrolled_grade_4", {28, 1}}});
    CHECK(codes(batch.errors) == Codes{"not_whole", "out_of_range", "part_above_whole"});
    for (const auto& error : batch.errors) CHECK(error.place.row == 3);
    REQUIRE(batch.failed.rows.size() == 1);
    CHECK(batch.failed.headings[3] == "Неполные семьи");
}

TEST_CASE("part and whole: equal is allowed, one more is not") {
    const IntakeWorld world;
    const std::string head = "school_id;year;grade9_finishers;admitted_grade10_here\n";
    const auto equal = world.read(world.text(head + "edu000107;2024;20;20\n"));
    CHECK(equal.kind == "flows");
    CHECK(equal.errors.empty());
    CHECK(codes(world.read(world.text(head + "edu000107;2024;20;21\n")).errors) ==
          Codes{"part_above_whole"});
    CHECK(world.read(world.text(head + "edu000107;2024;;21\n")).errors.empty());
}

TEST_CASE("no more enter grade 10 of their own school than of any school") {
    const IntakeWorld world;
    const std::string head = "school_id;year;admitted_grade10_here;admitted_grade10_anywhere\n";
    CHECK(world.read(world.text(head + "edu000107;2024;10;10\n")).errors.empty());
    CHECK(codes(world.read(world.text(head + "edu000107;2024;11;10\n")).errors) ==
          Codes{"part_above_whole"});
    CHECK(world.read(world.text(head + "edu000107;2024;11;\n")).errors.empty());
}

TEST_CASE("staff and resources are facts too, some of them with a fraction") {
    const IntakeWorld world;
    const auto staff = world.read(world.text(
        "Логин;Год;Всего педагогов;Высшее образование;Вакансии\nedu000107;2024;31;28;1,5\n"));
    CHECK(staff.kind == "staff");
    REQUIRE(staff.rows.facts.size() == 3);
    CHECK(staff.rows.facts[2].fact == "vacancies");
    CHECK(staff.rows.facts[2].value == base::Fraction{15, 10});
    const auto resources = world.read(
        world.text("school_id;year;Компьютеров;Библиотечный фонд\nedu000107;2024;40;12000\n"));
    CHECK(resources.kind == "resources");
    CHECK(resources.rows.facts.size() == 2);
}

TEST_CASE("facts of an unknown school, a wrong or missing year, a school twice") {
    IntakeWorld world;
    const std::string text =
        "school_id;year;pupils\n"
        "edu000107;2024;320\nedu999;2024;10\nedu000107;2024;321\n"
        "edu000108;1999;10\nedu000108;2028;10\nedu000108;когда-то;10\nedu000108;;10\n";
    CHECK(codes(world.read(world.text(text)).errors) ==
          Codes{"blank", "duplicate", "not_year", "unknown_school", "wrong_year", "wrong_year"});
    world.context.year = model::SchoolYear{2024};
    const auto batch = world.read(world.text(text));
    CHECK(codes(batch.errors) ==
          Codes{"duplicate", "not_year", "unknown_school", "wrong_year", "wrong_year"});
    CHECK(batch.rows.facts.size() == 2);  // the blank year is the given one
    world.context.year = model::SchoolYear{2023};
    CHECK(codes(world.read(world.text("school_id;year;pupils\nedu000107;2024;320\n")).errors) ==
          Codes{"other_year"});
}

TEST_CASE("teachers keep their names in the register and out of every message") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Код педагога;Код школы;ФИО педагога;Образование;Категория;Год "
                              "рождения;Стаж;Год прихода в школу\n"
                              "t1;edu000107;Секретова Светлана;высшее;первая;1990;8;2021\n"
                              "t2;edu000107;Тайнов Тимофей;среднее профессиональное;;18;8;\n"
                              "t1;edu000107;Скрытова Софья;высшее;без категории;1980;;\n"));
    CHECK(batch.kind == "teachers");
    REQUIRE(batch.rows.teachers.size() == 1);
    const model::Teacher& teacher = batch.rows.teachers[0];
    CHECK(teacher.name == "Секретова Светлана");
    CHECK(teacher.education == model::Education::higher);
    CHECK(teacher.category == model::QualificationCategory::first);
    CHECK(teacher.birth_year == 1990);
    CHECK(teacher.arrived_year == 2021);
    CHECK(codes(batch.errors) == Codes{"duplicate", "out_of_range"});
    for (const auto& error : batch.errors) {
        const std::string message = base::describe(error);
        for (const char* name : {"Секретова", "Тайнов", "Скрытова"}) {
            CHECK(message.find(name) == std::string::npos);
        }
    }
    CHECK(batch.errors[0].found.empty());  // a birth year is personal too
}

TEST_CASE("teaching loads share a class by hours") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("Код педагога;Код школы;Учебный год;Предмет;Класс;Доля часов\n"
                              "t1;edu000107;2024;Математика;5 а;1/2\n"
                              "t2;edu000107;2024;математика;5А;50 %\n"
                              "t3;edu000107;2024;Русский язык;5А;\n"
                              "t4;edu000107;2024;Русский язык;5А;0,5\n"
                              "t5;edu000107;2024;Русский язык;5А;0\n"
                              "t6;edu000107;2024;Русский язык;5А;3/2\n"
                              "t1;edu000107;2024;Математика;5А;1\n"));
    CHECK(batch.kind == "loads");
    REQUIRE(batch.rows.loads.size() == 4);
    CHECK(batch.rows.loads[0].class_name == "5А");
    CHECK(batch.rows.loads[0].share == base::Fraction{1, 2});
    CHECK(batch.rows.loads[1].share.value() == 0.5);
    CHECK(batch.rows.loads[2].share == base::Fraction{1, 1});
    CHECK(codes(batch.errors) == Codes{"duplicate", "not_share", "not_share"});
    CHECK(codes(batch.warnings) == Codes{"hours_above_one"});
}

TEST_CASE("reference values: a share in any spelling is a share") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(
        "Территория;Процедура;Предмет;Класс;Учебный год;Показатель;Значение;Число участников\n"
        "Озёрная область;ВПР;Русский язык;4;2024;quality;47,3;5120\n"
        "obl;впр;Математика;4;2024;Качество знаний;47,3 %;\n"
        "obl;ОГЭ;Математика;9;2024;quality;0,473;\n"
        "obl;ЕГЭ;Математика;11;2024;mean_score;61,5;\n"
        "obl;ЕГЭ;Математика;11;2024;mean_score;61,6;\n"
        "Нигде;ВПР;Математика;4;2024;quality;50;\n"
        "obl;Зачёт;Математика;4;2024;quality;50;\n"
        "obl;ВПР;Математика;4;2024;quality;150;\n"
        "obl;ВПР;Математика;4;2024;quality;;\n"));
    CHECK(batch.kind == "references");
    REQUIRE(batch.rows.references.size() == 4);
    const auto& references = batch.rows.references;
    CHECK(references[0].territory.value == "obl");
    CHECK(references[0].procedure ==
          model::Procedure{{2024}, model::ProcedureType::vpr, {"russian"}, 4, 4});
    CHECK(references[0].value == base::Fraction{473, 1000});
    CHECK(references[0].n == 5120);
    CHECK(references[1].indicator.value == "quality");
    CHECK(references[1].value == base::Fraction{473, 1000});
    CHECK(references[2].value == base::Fraction{473, 1000});
    CHECK(references[3].value == base::Fraction{615, 10});
    CHECK(codes(batch.errors) ==
          Codes{"blank", "duplicate", "not_share", "unknown_territory", "unknown_word"});
}

TEST_CASE("indicators computed elsewhere are taken as they are") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("school_id,year,indicator,value,n\n"
                              "edu000107,2024,api00,712.5,140\n"
                              "108,2024,api00,-3,\n"
                              "108,2024,api99,,10\n"
                              "108,2024,api00,5,\n"
                              "108,2024,api98,много,\n"));
    CHECK(batch.kind == "indicators");
    REQUIRE(batch.rows.indicators.size() == 2);
    CHECK(batch.rows.indicators[0] ==
          model::ImportedIndicator{{"edu000107"}, {2024}, {"api00"}, {7125, 10}, 140});
    CHECK(batch.rows.indicators[1].value == base::Fraction{-3, 1});
    CHECK_FALSE(batch.rows.indicators[1].n);
    CHECK(codes(batch.errors) == Codes{"duplicate", "not_number"});
    CHECK(codes(batch.warnings) == Codes{"no_values"});
}

TEST_CASE("official markers of objectivity, with blanks unknown") {
    const IntakeWorld world;
    const auto batch = world.read(world.xlsx(
        {{"bias",
          {{"Год", "Муниципалитет", "Логин", "ОО", "4 РУ", "4 МА", "5 РУ", "5МА",
            "Количество маркеров"},
           {"2024", "Ручейковский район", "edu000107", "Ручейковская СОШ", "1", "0", "", "да", "2"},
           {"2024", "Ручейковский район", "edu000108", "Заозёрная ООШ", "0", "0", "+", "-", "3"},
           {"2024", "Ручейковский район", "edu000109", "Нет такой", "0", "0", "0", "0", "0"},
           {"2023", "Ручейковский район", "edu000108", "Заозёрная ООШ", "может быть", "0", "0", "0",
            "0"}}}}));
    CHECK(batch.kind == "objectivity-markers");
    CHECK(codes(batch.errors) == Codes{"not_flag", "unknown_school"});
    CHECK(codes(batch.warnings) == Codes{"markers_differ"});
    REQUIRE(batch.rows.markers.size() == 7);
    CHECK(batch.rows.markers[0] ==
          model::ObjectivityMarker{{"edu000107"}, {2024}, {"russian"}, 4, true});
    CHECK(batch.rows.markers[1].marked == false);
    CHECK(batch.rows.markers[2] ==
          model::ObjectivityMarker{{"edu000107"}, {2024}, {"mathematics"}, 5, true});
}

TEST_CASE("the sample surveys of foreign schools: register and indicators of one file each") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("\"school_id\",\"name\",\"type\"\n"
                              "\"15739081534155\",\"Вымышленная школа\",\"\"\n"));
    CHECK(batch.kind == "schools");
    CHECK(batch.rows.schools[0].id.value == "15739081534155");
}

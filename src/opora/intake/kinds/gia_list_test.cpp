#include <doctest/doctest.h>
#include <fmt/format.h>

#include "opora/intake/kinds/gia_answers.hpp"
#include "opora/intake/kinds/gia_title.hpp"
#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::testing;
using intake::Answer;
using model::ProcedureType;

namespace {

std::string joined(const Lines& lines) {
    std::string text;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) text += (i > 0 ? ";" : "") + line[i];
        text += "\r\n";
    }
    return text;
}

const std::vector<std::string> headings{"№",
                                        "Код МСУ",
                                        "Код ОО",
                                        "Класс",
                                        "Код ППЭ",
                                        "Аудитория",
                                        "Фамилия",
                                        "Имя",
                                        "Отчество",
                                        "Серия",
                                        "Номер",
                                        "Задания с кратким ответом",
                                        "Задания с развёрнутым ответом",
                                        "Первичный балл",
                                        "Оценка"};

std::vector<std::string> pupil(const char* school, const char* grade, const char* shorts,
                               const char* extended, const char* score, const char* mark) {
    return {"1",      "012",  school,   grade,  "301",    "0005", "Вымышленный", "Ученик",
            "Первый", "0102", "345678", shorts, extended, score,  mark};
}

}  // namespace

TEST_CASE("short answers are a sign each, extended ones points with their maximum") {
    using Answers = std::vector<Answer>;
    CHECK(intake::short_answers("+-2") ==
          Answers{{std::int16_t{1}, 0}, {std::int16_t{0}, 0}, {std::int16_t{2}, 0}});
    CHECK(intake::short_answers("X1") == Answers{{{}, 0}, {std::int16_t{1}, 0}});
    CHECK(intake::short_answers("") == Answers{});
    CHECK_FALSE(intake::short_answers("+-a"));
    CHECK(intake::extended_answers("2(2)0(3)1(4)") ==
          Answers{{std::int16_t{2}, 2}, {std::int16_t{0}, 3}, {std::int16_t{1}, 4}});
    CHECK(intake::extended_answers("X(2), 10(12)") == Answers{{{}, 2}, {std::int16_t{10}, 12}});
    for (const char* cell : {"2(2", "2", "(2)", "2(0)", "2(2)3", "a(2)"}) {
        CAPTURE(cell);
        CHECK_FALSE(intake::extended_answers(cell));
    }
}

TEST_CASE("the first line of a list tells subject, day and period") {
    const intake::Subjects& subjects = IntakeWorld::dictionaries().subjects;
    const struct {
        const char* line;
        ProcedureType type;
        const char* subject;
        int year;
        model::Period period;
    } rows[] = {
        {"1 - Русский язык 06.06.2023", ProcedureType::oge, "russian", 2023, model::Period::main},
        {"9 - Английский язык п27.05.2023 у03.06.2023", ProcedureType::oge, "english", 2023,
         model::Period::main},
        {"2 - Математика профильная 2023.06.01", ProcedureType::ege, "mathematics", 2023,
         model::Period::main},
        {"22 - Математика базовая 2023-06-01", ProcedureType::ege, "mathematics_base", 2023,
         model::Period::main},
        {"22 – Математика 01.06.2023", ProcedureType::ege, "mathematics_base", 2023,
         model::Period::main},
        {"2 - Математика 01.06.2023", ProcedureType::oge, "mathematics", 2023, model::Period::main},
        {"ОГЭ 3 физика 05.06.2023 (резерв)", ProcedureType::oge, "physics", 2023,
         model::Period::reserve},
        {"1 - Русский язык 08.09.2023", ProcedureType::oge, "russian", 2023, model::Period::retake},
    };
    for (const auto& row : rows) {
        CAPTURE(row.line);
        const auto title = intake::read_exam_title(row.line);
        REQUIRE(title);
        REQUIRE(title->day);
        CHECK(title->day->year == row.year);
        CHECK(title->period == row.period);
        REQUIRE(intake::subject_of(*title, row.type, subjects));
        CHECK(intake::subject_of(*title, row.type, subjects)->value == row.subject);
    }
    CHECK_FALSE(intake::read_exam_title("Список участников"));
    CHECK_FALSE(intake::read_exam_title("06.06.2023"));
}

TEST_CASE("a list of the ОГЭ gives marks, points and minima, and forgets every name") {
    const IntakeWorld world;
    const auto batch = world.read(
        world.text(joined({{"1 - Русский язык 06.06.2023"},
                           headings,
                           pupil("0120107", "9А", "++-+", "2(2)0(3)9(10)", "14", "2"),
                           pupil("120107", "9А", "+++2", "2(2)3(3)5(10)", "15", "3"),
                           pupil("0120108", "9Б", "+++2", "2(2)3(3)6(10)", "16", "3")})));
    CHECK(batch.kind == "gia-list");
    CHECK(batch.errors.empty());
    CHECK(batch.warnings.empty());
    REQUIRE(batch.results.rows() == 3);
    const auto first = batch.results.row(0);
    CHECK(first.procedure == model::Procedure{{2023}, ProcedureType::oge, {"russian"}, 9, 9});
    CHECK(first.school.value == "edu000107");
    CHECK(first.participant.empty());
    CHECK(first.score == 14);
    CHECK(first.mark == 2);
    CHECK(first.below_minimum == true);
    CHECK(first.at_minimum == false);
    CHECK(first.points == std::vector<std::optional<std::int16_t>>{1, 1, 0, 1, 2, 0, 9});
    CHECK(batch.results.row(1).school.value ==
          "edu000107");  // a spreadsheet dropped the leading zero
    CHECK(batch.results.row(1).at_minimum == true);
    CHECK(batch.results.row(2).school.value == "108");
    REQUIRE(batch.results.works.size() == 1);
    CHECK(batch.results.works[0].score_max == 33);
    CHECK(batch.results.works[0].tasks[3] == model::Task{"4", 2});
    CHECK(batch.results.works[0].tasks[6] == model::Task{"С3", 10});
    CHECK(all_messages(batch).find("Вымышленный") == std::string::npos);
}

TEST_CASE("the same list in windows-1251, with LF, as xlsx, with one column for the document") {
    const IntakeWorld world;
    const std::string text =
        "1 - \xD0\xF3\xF1\xF1\xEA\xE8\xE9 \xFF\xE7\xFB\xEA 06.06.2023\n"
        "\xCA\xEE\xE4 "
        "\xCE\xCE;\xCA\xEB\xE0\xF1\xF1;\xD4\xE0\xEC\xE8\xEB\xE8\xFF;"
        "\xC4\xEE\xEA\xF3\xEC\xE5\xED\xF2;"
        "\xD7\xE0\xF1\xF2\xFC \xF1 \xEA\xF0\xE0\xF2\xEA\xE8\xEC \xEE\xF2\xE2\xE5\xF2\xEE\xEC;"
        "\xCF\xE5\xF0\xE2\xE8\xF7\xED\xFB\xE9 \xE1\xE0\xEB\xEB;\xCE\xF6\xE5\xED\xEA\xE0\n"
        "0120107;9\xC0;\xC2\xFB\xEC\xFB\xF8\xEB\xE5\xED\xED\xFB\xE9;0102 345678;++-+;3;2\n";
    const auto cp1251 = world.read(world.text(text));
    CHECK(cp1251.errors.empty());
    REQUIRE(cp1251.results.rows() == 1);
    CHECK(cp1251.results.row(0).class_name == "9А");
    CHECK(cp1251.results.row(0).mark == 2);

    const auto xlsx = world.read(world.xlsx({{"Лист1",
                                              {{"1 - Русский язык 06.06.2023"},
                                               headings,
                                               pupil("0120107", "9А", "++-+", "", "3", "2")}}}));
    CHECK(xlsx.kind == "gia-list");
    REQUIRE(xlsx.results.rows() == 1);
    CHECK(xlsx.results.row(0).score == 3);
}

TEST_CASE("a list of the ЕГЭ is told by its class, and below the minimum by the test score") {
    const IntakeWorld world;
    auto ege = headings;
    ege.back() = "Тестовый балл";
    const struct {
        const char* test;
        bool below;
        bool at;
    } rows[] = {{"23", true, false},
                {"24", false, true},
                {"25", false, false},
                {"100", false, false},
                {"0", true, false}};
    Lines lines{{"1 - Русский язык 29.05.2023"}, ege};
    for (const auto& row : rows)
        lines.push_back(pupil("0120107", "11А", "+", "0(2)", "1", row.test));
    const auto batch = world.read(world.text(joined(lines)));
    CHECK(batch.errors.empty());
    REQUIRE(batch.results.rows() == std::size(rows));
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        const auto result = batch.results.row(i);
        CAPTURE(rows[i].test);
        CHECK(result.procedure.type == ProcedureType::ege);
        CHECK(result.procedure.grade == 11);
        CHECK(result.below_minimum == rows[i].below);
        CHECK(result.at_minimum == rows[i].at);
        CHECK_FALSE(result.mark);
    }
}

TEST_CASE("without a known minimum it is unknown who is below it") {
    const IntakeWorld world;
    auto ege = headings;
    ege.back() = "Балл";
    const auto batch = world.read(world.text(joined(
        {{"14 - Родной язык 29.05.2018"}, ege, pupil("0120107", "11А", "+", "", "1", "20")})));
    REQUIRE(batch.results.rows() == 1);
    CHECK(batch.results.row(0).test_score == 20);
    CHECK_FALSE(batch.results.row(0).below_minimum);
    CHECK(codes(batch.warnings) == Codes{"minimum_unknown"});
}

TEST_CASE("base mathematics has no extended answers and ends in a mark") {
    const IntakeWorld world;
    auto base = headings;
    base.erase(base.begin() + 12);
    auto row = pupil("0120107", "11А", "++-+", "", "3", "2");
    row.erase(row.begin() + 12);
    const auto own =
        world.read(world.text(joined({{"22 - Математика базовая 01.06.2023"}, base, row})));
    CHECK(all_messages(own) == "");
    REQUIRE(own.results.rows() == 1);
    CHECK(own.results.row(0).procedure.subject.value == "mathematics_base");
    CHECK(own.results.row(0).procedure.type == ProcedureType::ege);
    CHECK(own.results.row(0).score == 3);
    CHECK(own.results.row(0).mark == 2);
    CHECK(own.results.row(0).below_minimum == true);

    // Printed under the headings of the other exams: the two last columns stand further left.
    const auto shifted =
        world.read(world.text(joined({{"22 - Математика базовая 01.06.2023"}, headings, row})));
    CHECK(shifted.errors.empty());
    CHECK(codes(shifted.warnings) == Codes{"columns_shifted"});
    REQUIRE(shifted.results.rows() == 1);
    CHECK(shifted.results.row(0).score == 3);
    CHECK(shifted.results.row(0).mark == 2);
}

TEST_CASE("foreign languages have an oral part and two primary scores") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(
        joined({{"9 - Английский язык п27.05.2023 у03.06.2023"},
                {"№", "Код ОО", "Класс", "Задания с кратким ответом",
                 "Задания с развёрнутым ответом", "Устная часть", "Первичный балл письменной части",
                 "Первичный балл устной части", "Первичный балл", "Оценка"},
                {"1", "0120107", "9А", "++2", "3(10)", "5(6)", "7", "5", "12", "2"},
                {"2", "0120107", "9А", "++2", "3(10)", "5(6)", "7", "5", "", "2"}})));
    CHECK(batch.errors.empty());
    REQUIRE(batch.results.rows() == 2);
    CHECK(batch.results.row(0).score == 12);
    CHECK(batch.results.row(1).score == 12);
    CHECK(batch.results.works[0].tasks.back() == model::Task{"У1", 6});
}

TEST_CASE(
    "a missing mark is computed where the scale leaves no doubt, a wrong one is kept and counted") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text(joined({{"3 - Физика 06.06.2023"},
                                      {"Код ОО", "Класс", "Первичный балл", "Оценка"},
                                      {"0120107", "9А", "10", ""},
                                      {"0120107", "9А", "11", ""},
                                      {"0120107", "9А", "45", "4"},
                                      {"0120107", "9А", "34", "4"},
                                      {"0120107", "9А", "", ""}})));
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"mark_computed", "mark_disagrees"});
    REQUIRE(batch.results.rows() == 5);
    CHECK(batch.results.row(0).mark == 2);
    CHECK(batch.results.row(0).below_minimum == true);
    CHECK(batch.results.row(1).mark == 3);
    CHECK(batch.results.row(1).at_minimum == true);
    CHECK(batch.results.row(2).mark == 4);
    CHECK_FALSE(batch.results.row(4).mark);
    CHECK_FALSE(batch.results.row(4).below_minimum);
    const auto disagrees = std::ranges::find(batch.warnings, "mark_disagrees", &base::Error::code);
    CHECK(disagrees->place.row == 5);
}

TEST_CASE("a year whose scale is not there leaves a score without its mark and says so") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text(joined({{"3 - Физика 06.06.2025"},
                                      {"Код ОО", "Класс", "Первичный балл", "Оценка"},
                                      {"0120107", "9А", "10", ""},
                                      {"0120107", "9А", "11", "3"}})));
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"scale_unknown"});
    REQUIRE(batch.results.rows() == 2);
    CHECK_FALSE(batch.results.row(0).mark);
    CHECK_FALSE(batch.results.row(0).below_minimum);
    CHECK(batch.results.row(1).below_minimum == false);
    CHECK(all_messages(batch).find("шкала перевода баллов ОГЭ 2025 года не заведена") !=
          std::string::npos);
}

TEST_CASE(
    "side conditions: geometry decides a mark of mathematics when the tasks are in the list") {
    const IntakeWorld world;
    const std::string shorts = "+++++++++++++0000-0";  // 19 tasks, none of 15-19 solved
    const auto batch = world.read(world.text(
        joined({{"2 - Математика 06.06.2023"},
                headings,
                pupil("0120107", "9А", shorts.c_str(), "0(2)0(2)0(2)0(2)0(2)0(2)", "13", "3"),
                pupil("0120107", "9А", shorts.c_str(), "0(2)0(2)0(2)2(2)0(2)0(2)", "15", "4"),
                pupil("0120107", "9А", "", "", "15", "4")})));
    CHECK(codes(batch.warnings) == Codes{"mark_disagrees"});
    REQUIRE_FALSE(batch.warnings.empty());
    CHECK(batch.warnings.front().place.row == 3);
    CHECK(batch.warnings.front().message.find("Строка: 3") != std::string::npos);
}

TEST_CASE("wrong rows of a list are refused with their place and without a name") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(joined({{"3 - Физика 06.06.2023"},
                                                     headings,
                                                     pupil("9999999", "9А", "+", "", "1", "2"),
                                                     pupil("0120107", "9А", "+", "", "46", "5"),
                                                     pupil("0120107", "9А", "+", "", "45", "6"),
                                                     pupil("0120107", "9А", "+%", "", "1", "2"),
                                                     pupil("0120107", "9А", "+", "3(2)", "4", "2"),
                                                     pupil("0120107", "5А", "+", "", "1", "2"),
                                                     pupil("0120107", "9А", "+", "", "1", "2")})));
    CHECK(codes(batch.errors) == Codes{"answers_unreadable", "points_above_max", "score_above_max",
                                       "unknown_school", "wrong_grade", "wrong_mark"});
    CHECK(batch.results.rows() == 1);
    for (const auto& error : batch.errors) CHECK(error.place.row >= 3);
    const std::string messages = all_messages(batch);
    for (const char* secret : {"Вымышленный", "Ученик", "Первый", "345678", "0102"}) {
        CAPTURE(secret);
        CHECK(messages.find(secret) == std::string::npos);
    }

    const auto path = world.folder() / "failed.xlsx";
    intake::write_failed_rows(batch.failed, path);
    const auto again = world.read(path);
    CHECK(again.kind == "gia-list");
    CHECK(codes(again.errors) == codes(batch.errors));
    CHECK(again.results.rows() == 1);
    CHECK(again.results.row(0).procedure == batch.results.row(0).procedure);
}

TEST_CASE("a list without its first line or date is refused as a whole") {
    IntakeWorld world;
    world.context.kind = "gia-list";
    const auto row = pupil("0120107", "9А", "+", "", "1", "2");
    CHECK(codes(world.read(world.text(joined({headings, row}))).errors) == Codes{"title_missing"});
    CHECK(codes(world.read(world.text(joined({{"1 - Русский язык"}, headings, row}))).errors) ==
          Codes{"year_unknown"});
    CHECK(codes(world.read(world.text(joined({{"1 - Русский язык 06.06.2033"}, headings, row})))
                    .errors) == Codes{"wrong_year"});
    world.context.year = model::SchoolYear{2023};
    CHECK(world.read(world.text(joined({{"1 - Русский язык"}, headings, row}))).results.rows() ==
          1);
}

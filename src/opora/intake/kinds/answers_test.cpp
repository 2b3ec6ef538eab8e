#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "opora/intake/tables/table_reader.hpp"
#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

const model::AnswerTally* find(const ports::ImportBatch& batch, const char* item,
                               const char* school = "edu000107") {
    for (const model::AnswerTally& tally : batch.rows.answers) {
        if (tally.item.value == item && tally.school.value == school) return &tally;
    }
    return nullptr;
}

using Counts = std::vector<model::AnswerCount>;

}  // namespace

TEST_CASE(
    "answers become counts of the school by question: words, codes and numbers mean the same") {
    const IntakeWorld world;
    const auto batch = world.read(
        world.text("school_id;year;questionnaire;respondent;p01;p02;Мне спокойно в школе\n"
                   "edu000107;2024;pupils;1;да;1;скорее нет\n"
                   "edu000107;2023/24;Анкета обучающегося;2;Всегда;-;seldom\n"
                   "EDU000107;2024;;3;не знаю;5;\n"
                   "108;2024;pupils;1;нет;нет;нет\n"));
    CHECK(batch.kind == "answers");
    CHECK(batch.errors.empty());
    CHECK(batch.rows.answers.size() ==
          24);  // All twelve questions of the questionnaire, two schools.
    REQUIRE(find(batch, "p01"));
    CHECK(find(batch, "p01")->respondents == 3);
    CHECK(find(batch, "p01")->answers == Counts{{"always", 2}, {"unsure", 1}});
    CHECK(find(batch, "p02")->answers == Counts{{"always", 1}, {"never", 1}});
    CHECK(find(batch, "p05")->answers == Counts{{"seldom", 2}});
    CHECK(find(batch, "p12")->answers.empty());
    CHECK(find(batch, "p12")->respondents == 3);
    CHECK(find(batch, "p01", "108")->answers == Counts{{"never", 1}});
    CHECK(codes(batch.warnings) == Codes{"answers_few", "answers_few"});
}

TEST_CASE("one answer a row gives the same counts as one respondent a row") {
    const IntakeWorld world;
    const auto wide = world.read(
        world.text("school_id,year,questionnaire,respondent,t01,t02\n"
                   "108,2024,teachers,1,согласен,\n108,2024,teachers,2,не согласен,3\n"));
    const auto rows =
        world.read(world.text("Код школы,Учебный год,Номер анкеты,Вопрос,Ответ\n"
                              "108,2024,1,t01,согласен\n"
                              "108,2024,2,Для моих уроков есть всё нужное оборудование,5\n"
                              "108,2024,2,t02,3\n"));
    CHECK(rows.kind == "answers");
    CHECK(rows.errors.empty());
    CHECK(rows.rows.answers == wide.rows.answers);
}

TEST_CASE("rows in any order give the same counts") {
    const IntakeWorld world;
    const unsigned seed = 3;
    CAPTURE(seed);
    std::mt19937 random{seed};
    Lines lines;
    for (int i = 1; i <= 30; ++i) {
        lines.push_back({i % 3 == 0 ? "108" : "edu000107", "2024", std::to_string(i),
                         std::to_string(1 + random() % 5), std::to_string(1 + random() % 5)});
    }
    const Lines head{{"school_id", "year", "respondent", "r01", "r02"}};
    const auto read = [&] {
        Lines all = head;
        all.insert(all.end(), lines.begin(), lines.end());
        return world.read(world.xlsx({{"Лист1", all}})).rows.answers;
    };
    const auto straight = read();
    for (int round = 0; round < 5; ++round) {
        std::ranges::shuffle(lines, random);
        CHECK(read() == straight);
    }
}

TEST_CASE("what is wrong with a row of answers is told with its place, the answer itself never") {
    const IntakeWorld world;
    const struct {
        const char* row;
        const char* code;
    } rows[] = {
        {"nobody;2024;pupils;1;да;", "unknown_school"},
        {"108;давно;pupils;1;да;", "not_year"},
        {"108;1995;pupils;1;да;", "wrong_year"},
        {"108;2024;gardeners;1;да;", "unknown_questionnaire"},
        {"108;2024;pupils;Иванов Пётр;да;", "not_whole"},
        {"108;2024;pupils;;да;", "not_whole"},
        {"108;2024;pupils;0;да;", "not_whole"},
        {"108;2024;pupils;1;учусь у Марьи Ивановны;", "unknown_answer"},
        {"108;2024;pupils;1;6;", "unknown_answer"},
        {"108;2024;pupils;1;;согласен", "other_questionnaire"},
        {"108;2024;;1;;", "unknown_questionnaire"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.row});
        const auto batch = world.read(world.text(
            std::string{"school_id;year;questionnaire;respondent;p01;r01\n"} + row.row + "\n"));
        REQUIRE(batch.errors.size() == 1);
        CHECK(batch.errors[0].code == row.code);
        CHECK(batch.errors[0].place.row == 2);
        CHECK_FALSE(batch.errors[0].place.column.empty());
        CHECK(batch.rows.answers.empty());
        std::string told;
        for (const auto& error : batch.errors) told += base::describe(error);
        CHECK(told.find("Марь") == std::string::npos);
        CHECK(told.find("Иванов") == std::string::npos);
    }
}

TEST_CASE("a questionnaire filled in twice, and one for other people, are refused") {
    const IntakeWorld world;
    const auto twice = world.read(world.text(
        "school_id;year;questionnaire;respondent;p01\n108;2024;pupils;1;1\n108;2024;pupils;1;1\n"
        "108;2023;pupils;1;1\nedu000107;2024;pupils;1;2\n"));
    CHECK(codes(twice.errors) == Codes{"duplicate"});
    CHECK(twice.errors[0].place.row == 3);
    const auto groups = world.read(
        world.text("school_id;year;Группа опрошенных;respondent;p01\n108;2024;родители;1;1\n"
                   "108;2024;ученики;2;1\n108;2024;садовники;3;1\n"));
    CHECK(codes(groups.errors) == Codes{"other_group", "unknown_word"});
    CHECK(find(groups, "p01", "108")->respondents == 1);
}

TEST_CASE(
    "a file of refused answers holds the whole school, and no name put in place of a number") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(
        "school_id;year;questionnaire;respondent;ФИО;p01\n108;2024;pupils;1;Тайнов Т. Т.;1\n"
        "108;2024;pupils;Тайнова Анна;;2\nedu000107;2024;pupils;1;;3\n"));
    CHECK(codes(batch.errors) == Codes{"not_whole"});
    REQUIRE(batch.failed.rows.size() == 2);
    CHECK_FALSE(batch.failed.rows[0].refused);
    CHECK(batch.failed.rows[1].refused);
    CHECK(all_messages(batch).find("Тайнов") == std::string::npos);
}

TEST_CASE(
    "a template of each questionnaire is recognised, lists its questions and brings nothing") {
    for (const auto& one : IntakeWorld::dictionaries().factors.questionnaires) {
        for (const char* extension : {".xlsx", ".csv"}) {
            CAPTURE(one.code.value);
            const IntakeWorld world;
            const auto path = world.folder() / (one.code.value + extension);
            REQUIRE(intake::write_template("answers-" + one.code.value, path,
                                           IntakeWorld::dictionaries()));
            CHECK(*intake::detect_kind(path, IntakeWorld::dictionaries()) == "answers");
            const auto batch = world.read(path);
            CHECK(batch.errors.empty());
            CHECK(batch.warnings.empty());
            CHECK(batch.rows == ports::RegisterRows{});
        }
    }
    const IntakeWorld world;
    CHECK(intake::write_template("answers-nobody", world.folder() / "a.csv",
                                 IntakeWorld::dictionaries())
              .error()
              .code == "kind_unknown");
}

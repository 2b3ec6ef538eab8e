#include "opora/intake/kinds/work_head.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/source_folder.hpp"

using namespace opora;
using namespace opora::intake;

namespace {

const Subjects& subjects() {
    static const Subjects loaded = load_subjects(*read_text_file(opora::testing::source_folder() /
                                                                 "methodology/subjects.yaml"))
                                       .value();
    return loaded;
}

WorkHead head_of(std::vector<std::vector<std::string>> lines) {
    std::vector<TableRow> rows;
    for (auto& line : lines)
        rows.push_back({static_cast<std::int64_t>(rows.size() + 1), std::move(line)});
    return read_work_head(rows, subjects());
}

}  // namespace

TEST_CASE("subject, grade, year and maximum are understood in every form that they take") {
    const std::vector<std::vector<std::vector<std::string>>> forms{
        {{"ВПР 2025 Математика 5 класс"}, {"Максимальный первичный балл", "20"}},
        {{"ВПР-2025. Математика. 5-й класс"}, {"Максимальный первичный балл: 20"}},
        {{"ВПР 2024/2025 учебного года, 5 класс"},
         {"Предмет", "Математика"},
         {"Макс. балл:", "20"}},
        {{"Предмет: Математика"}, {"Класс: 5"}, {"Год", "2025"}, {"Максимальный балл", "", "20"}},
        {{"", "Индивидуальные результаты"},
         {"", "Предмет", "Математика"},
         {"", "Класс", "5"},
         {"Дата проведения", "15.04.2025"},
         {"Максимальный первичный балл", "20,0"}},
        {{"ВПР 5 класс Математика"}, {"Дата", "45762"}, {"Максимальный первичный балл", "20"}},
    };
    for (std::size_t i = 0; i < forms.size(); ++i) {
        CAPTURE(i);
        const WorkHead head = head_of(forms[i]);
        CHECK(head.type == model::ProcedureType::vpr);
        REQUIRE(head.subject);
        CHECK(head.subject->value == "mathematics");
        CHECK(head.grade == 5);
        CHECK_FALSE(head.programme_grade);
        CHECK(head.year == model::SchoolYear{2025});
        CHECK(head.score_max == 20);
    }
}

TEST_CASE("the school and the declared number stand in one cell") {
    const auto head = head_of(
        {{"МБОУ СОШ № 12 5 класса (EDU000107) | Ручейковский район | Кол-во участников: 25"},
         {"ВПР 2025 Русский язык 4 класс"}});
    CHECK(head.school == "edu000107");
    CHECK(head.declared == 25);
    CHECK(head.grade == 4);
    CHECK(head.subject->value == "russian");
}

TEST_CASE("a work held in autumn belongs to the school year that has begun") {
    auto head = head_of({{"ВПР 2022 Математика 5 класс (по программе 4 класса)"},
                         {"Дата проведения", "20.09.2022"}});
    CHECK(head.year == model::SchoolYear{2023});
    CHECK(head.grade == 5);
    CHECK(head.programme_grade == 4);
    CHECK_FALSE(head.autumn_assumed);
    head = head_of({{"ВПР осень 2022 Математика 5 класс"}});
    CHECK(head.year == model::SchoolYear{2023});
    head = head_of({{"ВПР 2022 Математика 5 класс по программе 4 класса"}});
    CHECK(head.year == model::SchoolYear{2022});
    CHECK(head.autumn_assumed);
}

TEST_CASE("what is not said is missing") {
    const auto head = head_of({{"Индивидуальные результаты"}});
    CHECK_FALSE(head.subject);
    CHECK_FALSE(head.grade);
    CHECK_FALSE(head.year);
    CHECK_FALSE(head.score_max);
    CHECK_FALSE(head.declared);
    CHECK(head.school.empty());
}

TEST_CASE("the written lines are understood as the same work") {
    const auto head = head_of({{"ВПР 2025 Окружающий мир 4 класс"},
                               {"Максимальный первичный балл", "32"},
                               {"Вымышленная СОШ (edu000001)"}});
    const auto again = head_of(written_head(head, subjects()));
    CHECK(again.subject->value == "world_around");
    CHECK(again.year == head.year);
    CHECK(again.grade == 4);
    CHECK(again.score_max == 32);
    CHECK(again.school == "edu000001");
}

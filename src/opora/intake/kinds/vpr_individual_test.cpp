#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/intake_world.hpp"
#include "support/vpr_form.hpp"
#include "support/xlsx_package.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

const model::Procedure maths_5{{2025}, model::ProcedureType::vpr, {"mathematics"}, 5, 5};

}  // namespace

TEST_CASE("form Ф1 gives pupils with their points, marks and work") {
    const IntakeWorld world;
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", usual_form()}}));
    CHECK(batch.kind == "vpr-f1");
    CHECK(batch.errors.empty());
    CHECK(batch.warnings.empty());
    CHECK(batch.file == "file.xlsx");
    CHECK(batch.file_sha256.size() == 64);
    REQUIRE(batch.results.rows() == 2);

    const auto first = batch.results.row(0);
    CHECK(first.procedure == maths_5);
    CHECK(first.school.value == "edu000107");
    CHECK(first.class_name == "5А");
    CHECK(first.participant == "50001");
    CHECK(first.variant == "1");
    CHECK(first.score == 4);
    CHECK(first.mark == 5);
    CHECK(first.journal_mark == 4);
    CHECK(first.points == std::vector<std::optional<std::int16_t>>{1, 2, 1});
    CHECK(first.below_minimum == false);
    CHECK_FALSE(first.at_minimum);
    CHECK(first.source_row == 9);
    CHECK(batch.results.row(1).below_minimum == true);

    REQUIRE(batch.results.works.size() == 1);
    const model::Work& work = batch.results.works.front();
    CHECK(work.score_max == 5);
    CHECK(work.tasks == std::vector<model::Task>{{"1", 1, 'b'}, {"2.1", 2, 'b'}, {"3К1", 2, 'p'}});
}

TEST_CASE("form Ф1 in its messy variants is the same file") {
    const IntakeWorld world;
    const auto usual = world.read(world.xlsx({{"Индивидуальные результаты", usual_form()}}));

    std::vector<std::vector<SheetText>> variants;
    {  // Latin K, decimal comma, numbers as text with zeros, lower-case class with a space, another
       // spelling of headings
        Lines lines = usual_form();
        lines[7] = {"Логин",    "Муниципалитет",   "Название ОО", "КОД УЧАСТНИКА",
                    "Класс",    "Вариант",         "1 (1 б)",     "2,1(2б)",
                    "3K1 (2б)", "Первичный  балл", "Отметка",     "Отметка по\u00a0журналу"};
        lines[8] = {"EDU000107", "",    "",    "50001", "5 а", "1",
                    "1,0",       "2.0", " 1 ", "4,0",   "5.0", "4"};
        variants.push_back({{"Индивидуальные результаты", lines}});
    }
    {  // headings far down, helper sheets around, metadata in one cell each
        Lines lines;
        for (int i = 0; i < 20; ++i) lines.push_back({fmt::format("примечание {}", i + 1)});
        for (const auto& line : usual_form()) lines.push_back(line);
        variants.push_back({{"Служебный", {{"список"}, {"1"}, {"2"}}},
                            {"Ф1_Индивидуальные результаты", lines},
                            {"Лист3", {{"Сводка", "25"}}}});
    }
    {  // no column ОО: the school stands above; columns in another order
        Lines lines = usual_form();
        for (std::size_t i = 6; i < lines.size(); ++i)
            lines[i].erase(lines[i].begin(), lines[i].begin() + 3);
        variants.push_back({{"Индивидуальные результаты", lines}});
    }
    {  // no title line: labels only
        Lines lines = usual_form();
        lines[0] = {"Класс:", "5"};
        variants.push_back({{"Лист1", lines}});
    }
    for (std::size_t i = 0; i < variants.size(); ++i) {
        CAPTURE(i);
        const auto batch = world.read(world.xlsx(variants[i]));
        CHECK(batch.kind == "vpr-f1");
        CHECK(all_messages(batch) == "");
        REQUIRE(batch.results.rows() == 2);
        for (std::size_t row = 0; row < 2; ++row) {
            auto read = batch.results.row(row);
            auto wanted = usual.results.row(row);
            CHECK(read.procedure == wanted.procedure);
            CHECK(read.school == wanted.school);
            CHECK(read.class_name == wanted.class_name);
            CHECK(read.score == wanted.score);
            CHECK(read.mark == wanted.mark);
            CHECK(read.journal_mark == wanted.journal_mark);
            CHECK(read.points == wanted.points);
        }
        CHECK(batch.results.works == usual.results.works);
    }
}

TEST_CASE("missing marks and points are missing, in every sign that stands for it") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[4] = {"Ручейковская СОШ (edu000107)"};
    lines.resize(8);
    const std::vector<std::string> signs{"", "X", "Х", "x", "-", "—", "Нет отметки"};
    for (std::size_t i = 0; i < signs.size(); ++i) {
        lines.push_back({"", "", "", fmt::format("{}", i + 1), "5А", "", signs[i], "0", "0",
                         signs[i], signs[i], signs[i]});
    }
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.results.rows() == signs.size());
    for (std::size_t i = 0; i < signs.size(); ++i) {
        CAPTURE(signs[i]);
        const auto row = batch.results.row(i);
        CHECK_FALSE(row.score);
        CHECK_FALSE(row.mark);
        CHECK_FALSE(row.journal_mark);
        CHECK_FALSE(row.below_minimum);
        CHECK_FALSE(row.points[0]);
        CHECK(row.points[1] == 0);
    }
}

TEST_CASE("several schools stand in one file, and several works in one workbook") {
    const IntakeWorld world;
    Lines two = usual_form();
    two[4] = {};
    two[9][0] = "edu000108";
    Lines russian = usual_form();
    russian[0] = {"ВПР 2025 Русский язык 4 класс"};
    russian[1] = {"Предмет", "Русский язык"};
    russian[8][4] = russian[9][4] = "4Б";
    const auto batch =
        world.read(world.xlsx({{"Индивидуальные 1", two}, {"Индивидуальные 2", russian}}));
    CHECK(all_messages(batch) == "");
    REQUIRE(batch.results.rows() == 4);
    CHECK(batch.results.row(1).school.value == "108");
    CHECK(batch.results.row(2).procedure ==
          model::Procedure{{2025}, model::ProcedureType::vpr, {"russian"}, 4, 4});
    CHECK(batch.results.works.size() == 2);
}

TEST_CASE("every wrong row is refused with its place, and the good ones stay") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[4] = {"Ручейковская СОШ (edu000107)"};
    const struct {
        std::size_t cell;
        const char* value;
        const char* code;
        const char* column;
    } rows[] = {
        {0, "edu999999", "unknown_school", "ОО"},
        {10, "6", "wrong_mark", "Отметка"},
        {10, "1", "wrong_mark", "Отметка"},
        {10, "4,5", "wrong_mark", "Отметка"},
        {9, "6", "score_above_max", "Первичный балл"},
        {9, "3,5", "not_whole", "Первичный балл"},
        {9, "-1", "out_of_range", "Первичный балл"},
        {6, "2", "points_above_max", "1 (1б)"},
        {6, "-1", "not_whole", "1 (1б)"},
        {6, "много", "not_whole", "1 (1б)"},
        {3, "50001", "duplicate_participant", "Код участника"},
        {11, "7", "out_of_range", "Отметка по журналу"},
    };
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        auto line = lines[9];
        line[3] = fmt::format("6{:04}", i);
        line[rows[i].cell] = rows[i].value;
        lines.push_back(line);
    }
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.results.rows() == 2);
    REQUIRE(batch.errors.size() == std::size(rows));
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        CAPTURE(i);
        const base::Error& error = batch.errors[i];
        CHECK(error.code == rows[i].code);
        CHECK(error.place.file == "file.xlsx");
        CHECK(error.place.sheet == "Индивидуальные результаты");
        CHECK(error.place.row == static_cast<std::int64_t>(11 + i));
        CHECK(error.place.column == rows[i].column);
        CHECK(error.found == rows[i].value);
        CHECK_FALSE(error.expected.empty());
        CHECK_FALSE(error.message.empty());
    }
}

TEST_CASE("a score at the maximum and points at the maximum are good") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[8][8] = "2";
    lines[8][9] = "5";
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(all_messages(batch) == "");
    CHECK(batch.results.row(0).score == 5);
}

TEST_CASE("swapped columns of marks and scores refuse the file and say so") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[2] = {"Максимальный первичный балл", "38"};
    lines[4] = {"Ручейковская СОШ (edu000107)"};
    lines.resize(8);
    lines[7] = {"ОО", "Код участника", "Класс", "Первичный балл", "Отметка"};
    for (int i = 0; i < 10; ++i) {
        lines.push_back({"edu000107", fmt::format("{}", i), "5А", fmt::format("{}", 2 + i % 4),
                         fmt::format("{}", 3 * i)});
    }
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    const auto swapped = std::ranges::find(batch.errors, "columns_swapped", &base::Error::code);
    REQUIRE(swapped != batch.errors.end());
    CHECK_FALSE(swapped->place.row);
    CHECK(swapped->place.column == "Отметка");
}

TEST_CASE("one wrong mark among good ones is not a swap") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[8][10] = "6";
    lines[8][9] = "4";
    CHECK(codes(world.read(world.xlsx({{"Индивидуальные результаты", lines}})).errors) ==
          Codes{"wrong_mark"});
}

TEST_CASE("what does not agree but can be kept is a warning") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[4] = {"Ручейковская СОШ (edu000107) | Кол-во участников: 25"};
    lines[8][9] = "5";  // the points give 4
    lines[7].emplace_back("Комментарий");
    lines[8].emplace_back("тайна");
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.errors.empty());
    CHECK(batch.results.rows() == 2);
    CHECK(codes(batch.warnings) == Codes{"declared_differs", "sum_differs", "unknown_column"});
    CHECK(all_messages(batch).find("тайна") == std::string::npos);
}

TEST_CASE("wrong or missing metadata refuses the file with what to write where") {
    const IntakeWorld world;
    const auto read = [&](std::size_t line, std::vector<std::string> cells) {
        Lines lines = usual_form();
        lines[3] = {};
        lines[line] = std::move(cells);
        return world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    };
    CHECK(codes(read(0, {"ВПР 2035 Математика 5 класс"}).errors) == Codes{"wrong_year"});
    CHECK(codes(read(0, {"ВПР 2027 Математика 5 класс"}).errors) == Codes{});
    CHECK(codes(read(0, {"ВПР 2028 Математика 5 класс"}).errors) == Codes{"wrong_year"});
    CHECK(codes(read(0, {"ВПР Математика 5 класс"}).errors) == Codes{"year_unknown"});
    Lines lines = usual_form();
    lines[0] = {"ВПР 2025 5 класс"};
    lines[1] = {};
    CHECK(codes(world.read(world.xlsx({{"Индивидуальные результаты", lines}})).errors) ==
          Codes{"subject_unknown"});
    lines[1] = {"Предмет", "Чистописание"};
    const auto unknown = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(codes(unknown.warnings) == Codes{"unknown_subject"});
    CHECK(unknown.results.row(0).procedure.subject.value == "чистописание");
}

TEST_CASE("a year given for the file fills a missing one and refuses another one") {
    IntakeWorld world;
    world.context.year = model::SchoolYear{2025};
    Lines lines = usual_form();
    CHECK(world.read(world.xlsx({{"Индивидуальные результаты", lines}})).errors.empty());
    lines[0] = {"ВПР Математика 5 класс"};
    lines[3] = {};
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    REQUIRE(batch.errors.empty());
    CHECK(batch.results.row(0).procedure.year == model::SchoolYear{2025});
    world.context.year = model::SchoolYear{2024};
    CHECK(codes(world.read(world.xlsx({{"Индивидуальные результаты", usual_form()}})).errors) ==
          Codes{"other_year"});
}

TEST_CASE("a work of the grade before is told from the classes") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[0] = {"ВПР 2022 Математика 4 класс"};
    lines[3] = {"Дата проведения", "20.09.2022"};
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"programme_of_last_grade"});
    CHECK(batch.results.row(0).procedure ==
          model::Procedure{{2023}, model::ProcedureType::vpr, {"mathematics"}, 4, 5});
}

TEST_CASE("hidden or foreign sheets alone are no protocol") {
    const IntakeWorld world;
    const auto batch = intake::read_file(
        world.xlsx({{"Сводка", {{"Всего", "25"}, {"Средний", "4,1"}}}}), world.context);
    REQUIRE_FALSE(batch);
    CHECK(batch.error().code == "kind_unknown");

    IntakeWorld forced;
    forced.context.kind = "vpr-f1";
    const auto refused =
        intake::read_file(forced.xlsx({{"Сводка", {{"Всего", "25"}}}}), forced.context);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "headings_missing");
    CHECK(refused.error().expected.find("Код участника") != std::string::npos);
    forced.context.kind = "no-such-kind";
    CHECK(intake::read_file(forced.xlsx({{"Сводка", {{"Всего", "25"}}}}), forced.context)
              .error()
              .code == "kind_unknown");
}

TEST_CASE("a title and a date of different years: the date counts, with a warning") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[3] = {"Дата проведения", "15.04.2024"};
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(codes(batch.warnings) == Codes{"year_conflict"});
    CHECK(batch.results.row(0).procedure.year == model::SchoolYear{2024});
}

TEST_CASE("headings repeated on a next page and rows of sums are not pupils") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines.insert(lines.begin() + 9, lines[7]);
    lines.push_back({"Средний процент", "", "", "", "", "", "50", "50", "50"});
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(batch.errors.empty());
    CHECK(codes(batch.warnings) == Codes{"row_without_result"});
    CHECK(batch.results.rows() == 2);
}

TEST_CASE("texts that are no class are refused before they swell the results") {
    const IntakeWorld world;
    Lines lines = usual_form();
    lines[8][4] = std::string(100, '5');
    const auto batch = world.read(world.xlsx({{"Индивидуальные результаты", lines}}));
    CHECK(codes(batch.errors) == Codes{"not_a_word"});
}

TEST_CASE("a hidden sheet is not read, and its reader is told so") {
    const IntakeWorld world;
    const auto cell = [](const std::string& text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    const auto sheet = [&](const std::string& school) {
        return "<sheetData><row>" + cell("school_id") + cell("year") + cell("pupils") +
               "</row><row>" + cell(school) + cell("2024") + cell("10") + "</row></sheetData>";
    };
    PackageParts parts = workbook_parts({sheet("edu000107"), sheet("edu000108")});
    std::string& book = parts["xl/workbook.xml"];
    book.insert(book.find("name=\"Лист1\""), "state=\"hidden\" ");
    const auto path = world.folder() / "hidden.xlsx";
    write_zip(path, parts);
    const auto batch = world.read(path);
    CHECK(codes(batch.warnings) == Codes{"hidden_sheet"});
    REQUIRE(batch.rows.facts.size() == 1);
    CHECK(batch.rows.facts[0].school.value == "108");
}

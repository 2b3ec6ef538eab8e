#include "opora/intake/read_file.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/intake_world.hpp"
#include "support/source_folder.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

const std::filesystem::path page_path = opora::testing::source_folder() / "docs/data.md";
constexpr std::string_view generated_mark = "<!-- Отсюда страницу пишет тест: OPORA_BLESS=1. -->\n";

std::string page_text() {
    std::ifstream file{page_path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The part of docs/data.md that lists the kinds and their columns.
std::string page_of_kinds() {
    std::string page{generated_mark};
    for (const intake::Kind& kind : intake::kinds(IntakeWorld::dictionaries())) {
        page += fmt::format("\n## {} · {}\n\n{}\n\n    opora template {}\n\n", kind.code,
                            kind.title, kind.description, kind.code);
        page += "| имя | заголовок | обязателен | что в нём | пример |\n|---|---|---|---|---|\n";
        for (const intake::Column& column : kind.columns) {
            page += fmt::format("| `{}` | {} | {} | {} | {} |\n", column.code, column.title,
                                column.required ? "да" : "", column.description, column.example);
        }
    }
    return page;
}

}  // namespace

TEST_CASE("every template is recognised as its kind and brings nothing") {
    for (const intake::Kind& kind : intake::kinds(IntakeWorld::dictionaries())) {
        for (const char* extension : {".xlsx", ".csv"}) {
            CAPTURE(kind.code);
            CAPTURE(std::string{extension});
            const IntakeWorld world;
            const auto path = world.folder() / (kind.code + extension);
            REQUIRE(intake::write_template(kind.code, path, IntakeWorld::dictionaries()));
            const auto detected = intake::detect_kind(path, IntakeWorld::dictionaries());
            if (!detected) FAIL(base::describe(detected.error()));
            CHECK(*detected == kind.code);
            const auto batch = intake::read_file(path, world.context);
            REQUIRE(batch);
            CHECK(batch->errors.empty());
            CHECK(batch->results.rows() == 0);
            CHECK(batch->aggregates.empty());
            CHECK(batch->rows == ports::RegisterRows{});
            for (const auto& warning : batch->warnings) CHECK(warning.code == "no_rows");
        }
    }
}

TEST_CASE("a template is not written for an unknown kind or another extension") {
    const IntakeWorld world;
    const auto& dictionaries = IntakeWorld::dictionaries();
    CHECK(intake::write_template("nothing", world.folder() / "a.xlsx", dictionaries).error().code ==
          "kind_unknown");
    CHECK(intake::write_template("schools", world.folder() / "a.pdf", dictionaries).error().code ==
          "template_extension");
    CHECK(intake::write_template("schools", world.folder() / "no/such/folder/a.csv", dictionaries)
              .error()
              .code == "file_unwritable");
}

TEST_CASE("docs/data.md names every kind, its template command and each of its columns") {
    const std::string page = page_text();
    const auto mark = page.find(generated_mark);
    REQUIRE(mark != std::string::npos);
    if (std::getenv("OPORA_BLESS") != nullptr) {
        std::ofstream{page_path, std::ios::binary} << page.substr(0, mark) << page_of_kinds();
    }
    CHECK(page_text().substr(mark) == page_of_kinds());
}

TEST_CASE("the bulk kind passes through the register's schools and the dictionary's subjects") {
    const IntakeWorld world;
    const auto batch =
        world.read(world.text("school_id,subject,grade,year,class,score,mark\n"
                              "edu000107,russian,4,2024,4А,14,3\n"
                              "EDU000108,Математика,5,2024,5а,15,5\n"));
    CHECK(batch.kind == "bulk");
    CHECK(batch.file_sha256.size() == 64);
    CHECK(batch.errors.empty());
    REQUIRE(batch.results.rows() == 2);
    CHECK(batch.results.row(1).school.value == "108");
    CHECK(batch.results.row(1).procedure.subject.value == "mathematics");
    CHECK(batch.results.row(0).below_minimum == false);

    const auto xlsx = world.read(world.xlsx({{"Данные",
                                              {{"Код школы", "Предмет", "grade", "year", "Отметка"},
                                               {"edu000107", "Русский язык", "4", "2024", "2"}}}}));
    CHECK(xlsx.kind == "bulk");
    REQUIRE(xlsx.results.rows() == 1);
    CHECK(xlsx.results.row(0).below_minimum == true);
}

TEST_CASE("a bulk row of an unknown school may belong to any: all rows stand among the failed") {
    const IntakeWorld world;
    const auto batch = world.read(world.text(
        "school_id,subject,grade,year,mark\nedu000107,russian,4,2024,3\nedu00107,russian,4,2024,2\n"
        "EDU000108,russian,4,2024,4\n"));
    REQUIRE(batch.failed.rows.size() == 3);
    CHECK_FALSE(batch.failed.rows[0].refused);
    CHECK(batch.failed.rows[1].refused);
    CHECK_FALSE(batch.failed.rows[2].refused);
}

TEST_CASE("files that are no tables end in a message with the file's name") {
    const IntakeWorld world;
    for (const auto& path :
         {world.text("", "empty.csv"), world.text("PK\x03\x04", "broken.xlsx"),
          world.text(std::string{"a;b\0c\n", 6}, "nul.csv"), world.folder() / "absent.csv"}) {
        CAPTURE(path);
        const auto batch = intake::read_file(path, world.context);
        REQUIRE_FALSE(batch);
        CHECK_FALSE(batch.error().message.empty());
        CHECK(batch.error().place.file == path.filename().string());
    }
}

TEST_CASE("the order of rows does not change what is read of them") {
    const IntakeWorld world;
    const std::string head = "school_id;year;pupils\n";
    const auto one = world.read(world.text(head + "edu000107;2024;320\n108;2024;90\n"));
    const auto other = world.read(world.text(head + "108;2024;90\nedu000107;2024;320\n"));
    auto left = one.rows.facts;
    auto right = other.rows.facts;
    std::ranges::reverse(right);
    CHECK(left == right);
}

TEST_CASE(
    "a file of thousands of wrong rows is refused as a whole instead of listing them for ever") {
    const IntakeWorld world;
    std::string text = "school_id;year;pupils\n";
    for (int i = 0; i < 25'000; ++i) text += "unknown;2024;1\n";
    const auto batch = world.read(world.text(text));
    CHECK(batch.errors.back().code == "too_many_errors");
    CHECK_FALSE(batch.errors.back().place.row);
    CHECK(batch.errors.size() == 20'001);
}

TEST_CASE("a user's own heading makes a foreign file readable") {
    IntakeWorld world;
    const auto own =
        world.text("columns:\n  school_id: [шифр учреждения]\n  pupils: [ребят]\n", "own.yaml");
    const auto extended = intake::load_dictionaries(
        *intake::read_dictionary_texts(opora::testing::source_folder() / "methodology", own));
    REQUIRE(extended);
    const auto path = world.text("Шифр учреждения;Год;Ребят\nedu000107;2024;320\n");
    CHECK_FALSE(intake::read_file(path, world.context));
    world.context.dictionaries = &*extended;
    const auto batch = world.read(path);
    CHECK(batch.kind == "passports");
    CHECK(batch.rows.facts.size() == 1);
}

TEST_CASE("columns divided by an unknown sign are told as that, not as an unknown kind") {
    const IntakeWorld world;
    const auto code = [&](const std::string& content) {
        const auto batch = intake::read_file(world.text(content), world.context);
        return batch ? std::string{} : batch.error().code;
    };
    const std::string lines = "school_id;subject;grade;year;mark\nedu000107;russian;5;2024;3\n";
    const auto divided = [&](char separator) {
        std::string text = lines;
        std::ranges::replace(text, ';', separator);
        return code(text);
    };
    CHECK(divided(';').empty());
    CHECK(divided(',').empty());
    CHECK(divided('\t').empty());
    CHECK(divided('|') == "separator_unknown");
    CHECK(divided(':') == "separator_unknown");
    CHECK(code("a;b\nc;d\n") == "kind_unknown");
    CHECK(code("слово\n") == "kind_unknown");
}

TEST_CASE(
    "a file with too many errors is refused whole; the rows refused until then are given back") {
    const IntakeWorld world;
    std::string text =
        "ВПР 2024 Математика 5 класс\nРучейковская СОШ (edu000107)\n"
        "Код участника;1 (1б);Первичный балл;Отметка\n";
    const auto batch_of = [&](int wrong) {
        std::string rows = text;
        for (int i = 0; i < wrong; ++i) rows += fmt::format("{};1;1;9\n", i);
        return world.read(world.text(rows + "x1;1;1;3\nx2;1;1;4\nx3;1;1;3\n"));
    };
    const auto some = batch_of(2);
    CHECK_FALSE(some.refused);
    CHECK(some.failed.rows.size() == 5);
    const auto many = batch_of(20'001);
    CHECK(many.refused);
    CHECK(many.failed.rows.size() == 20'000);
    CHECK(std::ranges::all_of(many.failed.rows, &ports::FailedRow::refused));
    CHECK(std::ranges::count(many.errors, "too_many_errors", &base::Error::code) == 1);
}

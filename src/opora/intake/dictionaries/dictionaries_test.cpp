#include "opora/intake/dictionaries/dictionaries.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/dictionaries/scale_files.hpp"
#include "opora/tally/scale.hpp"
#include "support/source_folder.hpp"

using namespace opora;
using namespace opora::intake;
using model::ProcedureType;

namespace {

const std::filesystem::path methodology = opora::testing::source_folder() / "methodology";

std::filesystem::path written(const std::string& name, const std::string& text) {
    const auto folder = std::filesystem::temp_directory_path() / "opora_dictionaries_test";
    std::filesystem::create_directories(folder);
    std::ofstream{folder / name, std::ios::binary} << text;
    return folder / name;
}

const Dictionaries& shipped() {
    static const Dictionaries dictionaries = [] {
        auto loaded = load_dictionaries(*read_dictionary_texts(methodology));
        if (!loaded) {
            for (const auto& error : loaded.error()) MESSAGE(base::describe(error));
        }
        return std::move(loaded).value();
    }();
    return dictionaries;
}

}  // namespace

TEST_CASE("headings are compared without case, ё, spaces, punctuation and keyboard layout") {
    CHECK(normalised("  Кол-во\u00a0 участников: ") == "кол во участников");
    CHECK(normalised("ОТМЕТКА ПО ЖУРНАЛУ") == normalised("Отметка  по журналу"));
    CHECK(normalised("учёт") == "учет");
    CHECK(normalised("") == "");
    CHECK(heading_key("Кoд OО") == heading_key("код оо"));
    CHECK(heading_key("Кот") != heading_key("Код"));
    CHECK(stripped(" \u00a0 5А \t") == "5А");
}

TEST_CASE("the shipped dictionaries are read without an error") {
    CHECK(shipped().subjects.all().size() >= 20);
    CHECK(find_fact(shipped().facts, "grade9_finishers") != nullptr);
    CHECK(find_fact(shipped().facts, "no_such_fact") == nullptr);
    CHECK(shipped().scales.size() > 50);
}

TEST_CASE("a subject is found by any of its names, for the procedure that uses it") {
    const Subjects& subjects = shipped().subjects;
    const struct {
        const char* text;
        ProcedureType type;
        const char* code;
    } rows[] = {
        {"Русский язык", ProcedureType::vpr, "russian"},
        {"русский", ProcedureType::oge, "russian"},
        {"РУ", ProcedureType::vpr, "russian"},
        {"russian", ProcedureType::vpr, "russian"},
        {"Математика (базовая)", ProcedureType::ege, "mathematics_base"},
        {"Математика (базовый уровень)", ProcedureType::vpr, "mathematics"},
        {"Математика (с углубленным изучением предмета)", ProcedureType::vpr,
         "mathematics_advanced"},
        {"Математика профильная", ProcedureType::ege, "mathematics"},
        {"Окружающий  мир", ProcedureType::vpr, "world_around"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        REQUIRE(subjects.find(row.text, row.type));
        CHECK(subjects.find(row.text, row.type)->value == row.code);
    }
    CHECK_FALSE(subjects.find("Чистописание", ProcedureType::vpr));
    CHECK(subjects.find_inside("ВПР 2024 Окружающий мир 4 класс", ProcedureType::vpr)->value ==
          "world_around");
    CHECK_FALSE(subjects.find_inside("ВПР 2024 4 класс", ProcedureType::vpr));
    CHECK(subjects.find_exam_code(22, ProcedureType::ege)->value == "mathematics_base");
    CHECK_FALSE(subjects.find_exam_code(99, ProcedureType::ege));
}

TEST_CASE("the user's own synonyms extend the shipped ones") {
    const auto own = written("own.yaml",
                             "columns:\n  school_id: [шифр учреждения]\nvalues:\n"
                             "  school_type:\n    secondary: [мобусош]\n");
    const auto loaded = load_dictionaries(*read_dictionary_texts(methodology, own));
    REQUIRE(loaded);
    REQUIRE(loaded->synonyms.meanings("Шифр учреждения").size() == 1);
    CHECK(loaded->synonyms.meanings("Шифр учреждения")[0].column == "school_id");
    CHECK(loaded->synonyms.value("school_type", "МОБУСОШ") == "secondary");
    CHECK(shipped().synonyms.meanings("Шифр учреждения").empty());
}

TEST_CASE("personal headings are recognised in their usual forms, others are not") {
    for (const char* heading : {"Фамилия", "ФИО участника", "Имя", "Отчество", "Серия", "Номер",
                                "Документ", "СНИЛС", "Дата рождения", "Паспорт (серия)"}) {
        CAPTURE(heading);
        CHECK(shipped().synonyms.personal(heading));
    }
    for (const char* heading : {"Код участника", "Класс", "№", "Номер варианта", "Именование"}) {
        CAPTURE(heading);
        CHECK_FALSE(shipped().synonyms.personal(heading));
    }
}

TEST_CASE("a wrong dictionary is refused with its line, all errors at once") {
    const auto folder = written("scales/wrong.yaml", "").parent_path();
    std::filesystem::create_directories(folder);
    std::ofstream{folder / "wrong.yaml"}
        << "edition: x\ntitle: X\nprocedure: oge\nevidence: C\nsource: s\n"
           "years: {from: 2024, to: 2022}\nsubjects:\n"
           "  - {subject: russian, marks: {3: 15, 4: 14, 5: 29}}\n"
           "  - {subject: alchemy, marks: {3: 15}}\n"
           "  - {subject: physics, colour: red, marks: {3: 15}}\n"
           "  - {subject: chemistry}\n";
    const auto loaded = load_scales(*read_yaml_folder(folder), shipped().subjects);
    REQUIRE_FALSE(loaded);
    std::vector<std::int64_t> lines;
    for (const auto& error : loaded.error()) {
        REQUIRE(error.place.row);
        CHECK(error.place.file == "wrong.yaml");
        lines.push_back(*error.place.row);
    }
    CHECK(lines == std::vector<std::int64_t>{6, 8, 9, 10, 11});

    std::ofstream{folder / "wrong.yaml"} << "edition: [x\n";
    CHECK(load_scales(*read_yaml_folder(folder), shipped().subjects).error().front().code ==
          "dictionary_syntax");
    std::filesystem::remove(folder / "wrong.yaml");
}

TEST_CASE("two scales for the same subject and year are refused") {
    const auto folder = std::filesystem::temp_directory_path() / "opora_scales_overlap";
    std::filesystem::create_directories(folder);
    for (const char* name : {"a.yaml", "b.yaml"}) {
        std::ofstream{folder / name}
            << "edition: " << name
            << "\ntitle: X\nprocedure: oge\ngrade: 9\nevidence: C\nsource: s\n"
               "years: {from: 2022, to: 2024}\n"
               "subjects: [{subject: russian, marks: {3: 15}}]\n";
    }
    const auto loaded = load_scales(*read_yaml_folder(folder), shipped().subjects);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().front().code == "scales_overlap");
    CHECK(loaded.error().front().place == base::Place{"b.yaml", "", 8, ""});
    std::filesystem::remove_all(folder);
}

TEST_CASE("the user's own scale outranks the shipped one, and must say its years") {
    const auto folder = std::filesystem::temp_directory_path() / "opora_own_scales";
    std::filesystem::create_directories(folder);
    const auto own = [&](const char* years) {
        std::ofstream{folder / "own.yaml"}
            << "edition: own\ntitle: X\nprocedure: vpr\ngrade: 8\nevidence: C\nsource: s\n"
            << years << "subjects: [{subject: mathematics, marks: {3: 8, 4: 15, 5: 21}}]\n";
        DictionaryTexts texts = *read_dictionary_texts(methodology);
        texts.own_scales = *read_yaml_folder(folder);
        return load_dictionaries(texts);
    };
    const model::Procedure work{{2024}, ProcedureType::vpr, {"mathematics"}, 8, 8};
    const auto dated = own("years: {from: 2024, to: 2024}\n");
    REQUIRE(dated);
    const auto* found = tally::find_scale(dated->scales, work, {});
    REQUIRE(found != nullptr);
    CHECK(found->edition == "own");
    CHECK(tally::find_scale(dated->scales, {{2023}, ProcedureType::vpr, {"mathematics"}, 8, 8},
                            {}) == nullptr);
    const auto undated = own("");
    REQUIRE_FALSE(undated);
    CHECK(undated.error().front().code == "scale_without_years");
    CHECK(undated.error().front().place == base::Place{"own.yaml", "", 7, ""});

    std::ofstream{folder / "own.yaml"}
        << "edition: ours\ntitle: X\nprocedure: oge\ngrade: 9\nevidence: C\nsource: s\n"
           "years: {from: 2023, to: 2023}\nsubjects: [{subject: physics, marks: {3: 9}}]\n";
    DictionaryTexts texts = *read_dictionary_texts(methodology);
    texts.own_scales = *read_yaml_folder(folder);
    const auto both = load_dictionaries(texts);
    REQUIRE(both);
    const auto* physics =
        tally::find_scale(both->scales, {{2023}, ProcedureType::oge, {"physics"}, 9, 9}, {});
    REQUIRE(physics != nullptr);
    CHECK(physics->edition == "ours");
    std::filesystem::remove_all(folder);
}

TEST_CASE("shipped minima: the ЕГЭ minimum of Russian, and none for the undated ВПР scale") {
    const auto& scales = shipped().scales;
    const auto* ege =
        tally::find_scale(scales, {{2024}, ProcedureType::ege, {"russian"}, 11, 11}, {});
    REQUIRE(ege != nullptr);
    CHECK(tally::minimum_of(*ege, model::MinimumPurpose::certificate) == 24);
    CHECK(tally::find_scale(scales, {{2018}, ProcedureType::ege, {"russian"}, 11, 11}, {}) ==
          nullptr);
    CHECK(tally::find_scale(scales, {{2024}, ProcedureType::vpr, {"mathematics"}, 8, 8}, {}) ==
          nullptr);
    const auto* oge =
        tally::find_scale(scales, {{2023}, ProcedureType::oge, {"physics"}, 9, 9}, {});
    REQUIRE(oge != nullptr);
    CHECK(tally::mark_of(*oge, 10, {}, {}) == 2);
    CHECK(tally::mark_of(*oge, 11, {}, {}) == 3);
}

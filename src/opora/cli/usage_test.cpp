#include "opora/cli/usage.hpp"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

namespace opora::cli {
namespace {

TEST_CASE("a school year is named by its end or by both of its years") {
    CHECK(ending_year("2024") == "2024");
    CHECK(ending_year("2023/24") == "2024");
    CHECK(ending_year("2023/2024") == "2024");
    CHECK(ending_year("2023-2024") == "2024");
    CHECK(ending_year("1999/00") == "2000");
    CHECK(ending_year("2100") == "2100");
}

TEST_CASE("what is no school year is none") {
    for (const char* text : {"", "24", "1999", "2101", "2023/25", "2023/2025", "2024/23", "2023/",
                             "/24", "2023/24/25", "двадцать", "2024 ", "20 24", "-2024"}) {
        CAPTURE(text);
        CHECK(ending_year(text).empty());
    }
}

/// A command line of one command with an option of each kind.
struct Line {
    CLI::App app{"Проверка", "opora"};
    int year = 0;
    int count = 0;
    bool whole = false;
    std::string view;

    Line() {
        speak_russian(app);
        app.require_subcommand(1);
        CLI::App* command = app.add_subcommand("look", "Посмотреть");
        command->add_option("--year", year, "Учебный год")->required();
        command->add_option("--count", count, "Сколько")->check(CLI::Range(1, 9));
        command->add_option("--view", view, "Вид")->check(CLI::IsMember({"one", "two"}));
        command->add_flag("--whole", whole, "Целиком");
        accept_school_years(app);
    }

    /// What is said to words that are wrong; empty when nothing is.
    std::string said(std::vector<std::string> words) {
        std::ranges::reverse(words);
        try {
            app.parse(words);
        } catch (const CLI::ParseError& error) {
            return describe_usage(app, error);
        }
        return {};
    }
};

TEST_CASE("usage: every spelling of a school year reaches the command as its end") {
    Line line;
    CHECK(line.said({"look", "--year", "2023/24"}).empty());
    CHECK(line.year == 2024);
}

TEST_CASE("usage: the refusal names the parameter, the value, the allowed values and the help") {
    const std::string help = ". Справка: opora look --help";
    CHECK(Line{}.said({"look", "--year", "2024", "--view", "три"}) ==
          "неверное значение --view: «три»; можно: one, two" + help);
    CHECK(Line{}.said({"look", "--year", "2024", "--count", "10"}) ==
          "неверное значение --count: «10»; можно: целое число от 1 до 9" + help);
    CHECK(Line{}
              .said({"look", "--year", "скоро"})
              .starts_with("неверное значение --year: «скоро»; можно: учебный год с 2000 по 2100"));
    CHECK(Line{}.said({"look", "--year", "2024", "--vew", "one"}) ==
          "нет такого параметра: «--vew»" + help);
    CHECK(Line{}.said({"look", "--year", "2024", "--count"}) ==
          "у параметра --count нет значения; можно: целое число от 1 до 9" + help);
    CHECK(Line{}.said({"look"}) == "не указано обязательное --year: Учебный год" + help);
    CHECK(Line{}.said({"lok"}) == "нет такой команды: «lok»; есть: look. Справка: opora --help");
    CHECK(Line{}.said({"--lok"}) == "нет такого параметра: «--lok». Справка: opora --help");
    CHECK(Line{}.said({}) == "не указана команда; есть: look. Справка: opora --help");
}

TEST_CASE("help: Russian, a column of names and a column of what they are, none of CLI11's words") {
    Line line;
    CHECK(line.app.get_subcommand("look")->help() ==
          "Посмотреть\n"
          "Вызов: look [ПАРАМЕТРЫ]\n"
          "\n"
          "Параметры:\n"
          "  -h, --help                  Показать справку и пример\n"
          "  --year ГОД                  Учебный год; 2024, 2023/24 или 2023-2024 (обязательно)\n"
          "  --count ЧИСЛО               Сколько; целое число от 1 до 9\n"
          "  --view ТЕКСТ                Вид; one, two\n"
          "  --whole                     Целиком\n"
          "\n");
}

}  // namespace
}  // namespace opora::cli

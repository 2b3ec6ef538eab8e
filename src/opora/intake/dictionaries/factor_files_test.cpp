#include "opora/intake/dictionaries/factor_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <random>

#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::intake;

namespace {

const std::filesystem::path methodology = testing::source_folder() / "methodology";

FactorTexts shipped() {
    return {.catalogue = *read_text_file(methodology / "risk_factors.yaml"),
            .questionnaires = *read_yaml_folder(methodology / "questionnaires")};
}

const std::vector<SchoolFactEntry>& facts() { return testing::IntakeWorld::dictionaries().facts; }

/// The shipped texts with one piece of one file replaced; the line of the piece.
struct Changed {
    FactorTexts texts;
    std::int64_t line = 0;
};

Changed changed(std::string_view file, std::string_view before, std::string_view after) {
    Changed one{.texts = shipped()};
    TextFile* text = &one.texts.catalogue;
    for (TextFile& other : one.texts.questionnaires) {
        if (other.name == file) text = &other;
    }
    const std::size_t place = text->text.find(before);
    REQUIRE(place != std::string::npos);
    one.line = 1 + std::ranges::count(text->text.substr(0, place), '\n');
    text->text.replace(place, before.size(), after);
    return one;
}

}  // namespace

TEST_CASE("the shipped catalogue: twelve factors of the project and seven that the sources add") {
    const auto loaded = load_factors(shipped(), facts());
    if (!loaded) {
        for (const auto& error : loaded.error()) MESSAGE(base::describe(error));
    }
    REQUIRE(loaded);
    CHECK(loaded->factors.size() == 19);
    CHECK(loaded->parameters.size() == 14);
    CHECK(loaded->cuts.respondents_min == 5);
    CHECK(loaded->cuts.answers_high == base::Fraction{50, 100});
    const auto named_by = [&](std::string_view source) {
        return std::ranges::count_if(loaded->factors, [&](const model::RiskFactor& factor) {
            return std::ranges::any_of(factor.sources, [&](const model::FactorSource& one) {
                return one.source.find(source) != std::string::npos;
            });
        });
    };
    CHECK(named_by("500+") == 12);
    for (int number = 1; number <= 7; ++number) {
        CAPTURE(number);
        CHECK(named_by("003, раздел 2, фактор " + std::to_string(number)) >= 1);
    }
    CHECK(named_by("004, раздел 1") >= 5);
    for (int number = 1; number <= 5; ++number) {
        CAPTURE(number);
        const auto problem = std::to_string(number);
        CHECK(std::ranges::any_of(loaded->factors, [&](const model::RiskFactor& factor) {
            return std::ranges::any_of(factor.sources, [&](const model::FactorSource& one) {
                return one.source.starts_with("002, вводная часть") &&
                       one.source.find(problem, 20) != std::string::npos;
            });
        }));
    }
}

TEST_CASE("every factor has a sign or a question; head, teachers, pupils and parents are asked") {
    const auto loaded = load_factors(shipped(), facts());
    REQUIRE(loaded);
    std::vector<model::RespondentGroup> groups;
    for (const auto& questionnaire : loaded->questionnaires) groups.push_back(questionnaire.group);
    CHECK(groups == std::vector{model::RespondentGroup::head, model::RespondentGroup::teachers,
                                model::RespondentGroup::pupils, model::RespondentGroup::parents});
    for (const model::RiskFactor& factor : loaded->factors) {
        CAPTURE(factor.code.value);
        const bool asked = std::ranges::any_of(loaded->questionnaires, [&](const auto& one) {
            return std::ranges::any_of(one.items, [&](const auto& item) {
                return std::ranges::find(item.factors, factor.code) != item.factors.end();
            });
        });
        CHECK((asked || !factor.signs.empty()));
        CHECK_FALSE(factor.sources.empty());
    }
}

TEST_CASE("a wrong catalogue or questionnaire is refused with its file and line") {
    const struct {
        const char* file;
        const char* before;
        const char* after;
    } rows[] = {
        {"risk_factors.yaml", "side: external\n    side_note: средства",
         "side: outside\n    side_note: средства"},
        {"risk_factors.yaml", "{fact: computers, per: pupils", "{fact: no_such_fact, per: pupils"},
        {"risk_factors.yaml", "{fact: computers, per: pupils", "{fact: computers, per: nobody"},
        {"risk_factors.yaml", "worse: lower, evidence: U, title: Компьютеров",
         "worse: less, evidence: U, title: Компьютеров"},
        {"risk_factors.yaml", "worse: lower, evidence: U, title: Компьютеров",
         "worse: lower, evidence: Q, title: Компьютеров"},
        {"risk_factors.yaml", "{name: answers_high, value: 50 %",
         "{name: answers_high, value: 150 %"},
        {"risk_factors.yaml", "{name: answers_high, value: 50 %",
         "{name: answers_high, value: много"},
        {"risk_factors.yaml", "{name: respondents_min, value: 5",
         "{name: respondents_min, value: 0"},
        {"risk_factors.yaml", "{name: respondents_min, value: 5",
         "{name: respondents_least, value: 5"},
        {"risk_factors.yaml", "middle: 15 %, high: 30 %", "middle: 30 %, high: 15 %"},
        {"risk_factors.yaml", "middle: 15 %, high: 30 %", "middle: 15 %"},
        {"risk_factors.yaml", "types: [ВПР, ОГЭ, ЕГЭ], worse", "types: [ЕГЭ, урок], worse"},
        {"risk_factors.yaml", "- code: staff_shortage", "- code: low_equipment"},
        {"risk_factors.yaml", "- code: staff_shortage", "- code: нехватка"},
        {"pupils.yaml", "{code: p02, scale: frequency", "{code: p01, scale: frequency"},
        {"pupils.yaml", "{code: p02, scale: frequency", "{code: p02, scale: other"},
        {"pupils.yaml", "problem: disagree, factors: [pupil_motivation], text: Мне",
         "problem: unsure, factors: [pupil_motivation], text: Мне"},
        {"pupils.yaml", "problem: disagree, factors: [pupil_motivation], text: Мне",
         "problem: disagree, factors: [no_such_factor], text: Мне"},
        {"pupils.yaml", "problem: disagree, factors: [pupil_motivation], text: Мне",
         "problem: disagree, text: Мне"},
        {"pupils.yaml", "group: pupils", "group: everybody"},
        {"pupils.yaml", "{code: never, title: нет, names: [5, никогда]",
         "{code: never, title: нет, names: [1]"},
        {"pupils.yaml", "{code: p03,", "{code: r01,"},
        {"pupils.yaml", "text: Мне интересно на уроках", "text: Школа советуется с родителями"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.after});
        const Changed one = changed(row.file, row.before, row.after);
        const auto loaded = load_factors(one.texts, facts());
        REQUIRE_FALSE(loaded);
        const base::Error& error = loaded.error().front();
        CHECK_FALSE(error.message.empty());
        CHECK_FALSE(error.expected.empty());
        REQUIRE(error.place.row);
        const bool whole_scale = error.message.find("шкалы") != std::string::npos;
        CHECK(error.place.file == row.file);
        // A name that stands twice in a scale is found when the scale has been read.
        CHECK(std::abs(*error.place.row - one.line) <= (whole_scale ? 8 : 1));
    }
}

TEST_CASE("all errors of all files are told at once; unknown keys are among them") {
    Changed one = changed("pupils.yaml", "group: pupils", "group: everybody");
    one.texts.catalogue.text += "\nmore: {}\n";
    const auto loaded = load_factors(one.texts, facts());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().size() == 2);
}

TEST_CASE("a missing parameter and cut-offs in the wrong order are refused") {
    const auto without = load_factors(
        changed("risk_factors.yaml", "  - {name: disagreement", "  #- {name: disagreement").texts,
        facts());
    REQUIRE_FALSE(without);
    CHECK(without.error().front().message.find("disagreement") != std::string::npos);
    const auto wrong =
        load_factors(changed("risk_factors.yaml", "{name: answers_middle, value: 25 %",
                             "{name: answers_middle, value: 60 %")
                         .texts,
                     facts());
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().front().message.find("строже") != std::string::npos);
}

TEST_CASE("a working directory's own files hold in place of the shipped ones of the same name") {
    const testing::IntakeWorld world;
    const auto folder = world.folder();
    CHECK_FALSE(has_own_factors(folder));
    const auto same = own_factor_texts(shipped(), folder);
    REQUIRE(same);
    CHECK(same->catalogue.text == shipped().catalogue.text);

    std::filesystem::create_directories(folder / "questionnaires");
    const Changed pupils = changed("pupils.yaml", "version: 1", "version: 2");
    for (const TextFile& file : pupils.texts.questionnaires) {
        if (file.name == "pupils.yaml")
            std::ofstream{folder / "questionnaires" / "pupils.yaml"} << file.text;
    }
    std::ofstream{folder / "risk_factors.yaml"}
        << changed("risk_factors.yaml", "side: external", "side: internal").texts.catalogue.text;
    CHECK(has_own_factors(folder));
    const auto own = own_factor_texts(shipped(), folder);
    REQUIRE(own);
    const auto loaded = load_factors(*own, facts());
    REQUIRE(loaded);
    CHECK(loaded->factors.front().side == model::FactorSide::internal);
    CHECK(loaded->questionnaire({"pupils"})->version == 2);
    CHECK(loaded->questionnaire({"parents"})->version == 1);
}

TEST_CASE("disturbed catalogues and questionnaires end in a catalogue or in errors with a line") {
    const char* wanted = std::getenv("OPORA_RANDOM_ROUNDS");
    int rounds = 150;
    if (wanted != nullptr)
        std::from_chars(wanted, wanted + std::string_view{wanted}.size(), rounds);
    const std::vector<std::string> odd{"",          "- ",
                                       "{",         "}",
                                       "]",         "'",
                                       "&a ",       "*a",
                                       ": ",        "!!int ",
                                       "\t",        "\n",
                                       "~",         "null",
                                       "[]",        "{}",
                                       "\xF0\x9F",  "99999999999999999999",
                                       "-1",        "0 %",
                                       "code: x, ", "yes ",
                                       "\n    ",    "# ",
                                       "title: ",   "%",
                                       "\"",        ".nan",
                                       "? ",        "|\n",
                                       "signs: []", "- {code: p01}"};
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        std::mt19937 random{static_cast<unsigned>(round) * 104729U + 1};
        const auto below = [&](std::size_t limit) {
            return random() % std::max<std::size_t>(limit, 1);
        };
        FactorTexts texts = shipped();
        TextFile& file = round % 2 == 0 ? texts.catalogue
                                        : texts.questionnaires[below(texts.questionnaires.size())];
        for (std::size_t change = 0; change < 1 + below(4); ++change) {
            const std::size_t place = below(file.text.size());
            const std::string& piece = odd[below(odd.size())];
            if (below(2) == 0) {
                file.text.insert(place, piece);
            } else {
                file.text.replace(place, 1 + below(12), piece);
            }
        }
        const auto loaded = load_factors(texts, facts());
        if (loaded) {
            CHECK_FALSE(loaded->factors.empty());
            continue;
        }
        for (const base::Error& error : loaded.error()) {
            CHECK_FALSE(error.message.empty());
            CHECK_FALSE(error.place.file.empty());
        }
    }
}

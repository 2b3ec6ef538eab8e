#include "opora/wording/parameter_words.hpp"

#include <doctest/doctest.h>

namespace opora::wording {

namespace {

const std::map<model::SubjectCode, std::string> subjects{{{"russian"}, "Русский язык"},
                                                         {{"mathematics"}, "Математика"}};

std::string words(std::string_view written) {
    rules::Parameter parameter{.name = "x", .title = "Икс", .value = rules::Choice{}};
    parameter.titles = {{"a_or_b", "достаточно любого из условий"}};
    return value_words(parameter, rules::parse_value(written).value(), subjects);
}

}  // namespace

TEST_CASE("the value of a parameter is read in Russian, whatever it is") {
    struct Row {
        std::string_view written;
        std::string_view read;
    };
    for (const Row& row : {Row{"30 %", "30\u00a0%"},
                           Row{"3.5 %", "3,5\u00a0%"},
                           Row{"20 pp", "20\u00a0п.п."},
                           Row{"1 years", "1\u00a0год"},
                           Row{"3 years", "3\u00a0года"},
                           Row{"5 years", "5\u00a0лет"},
                           Row{"2 procedures", "2\u00a0процедуры"},
                           Row{"1 participants", "1\u00a0участник"},
                           Row{"11 participants", "11\u00a0участников"},
                           Row{"1 markers", "1\u00a0признак"},
                           Row{"20 score", "20\u00a0баллов"},
                           Row{"3.5 marks", "3,5"},
                           Row{"1.5 number", "1,5"},
                           Row{"a_or_b", "достаточно любого из условий"},
                           Row{"a_and_b", "«a_and_b»"},
                           Row{"all", "все"},
                           Row{"none", "никакие"},
                           Row{"[ВПР, ОГЭ, ЕГЭ]", "ВПР, ОГЭ, ЕГЭ"},
                           Row{"[annual]", "годовые отметки"},
                           Row{"[russian, mathematics]", "русский язык, математика"},
                           Row{"[evening, correctional]", "вечерние, коррекционные"},
                           Row{"[unheard_of]", "«unheard_of»"}}) {
        CAPTURE(row.written);
        CHECK(words(row.written) == row.read);
    }
}

}  // namespace opora::wording

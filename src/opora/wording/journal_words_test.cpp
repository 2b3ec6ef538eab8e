#include "opora/wording/journal_words.hpp"

#include <doctest/doctest.h>

using namespace opora;

TEST_CASE(
    "the journal in words: titles of roles, what was and what became, unknown codes as they are") {
    const std::vector<model::JournalChange> changes{{"user", {}, "5"},
                                                    {"role", "auditor", "curator"},
                                                    {"territory", "", "a"},
                                                    {"active", "yes", "no"},
                                                    {"later_field", {}, "x"}};
    CHECK(wording::journal_sentence(changes) ==
          "Учётная запись: 5; Роль: Наблюдатель → Куратор; Территория: — → a; "
          "Запись действует: да → нет; later_field: x");
    CHECK(wording::action_title("import") == "Загружены данные");
    CHECK(wording::action_title("later_action") == "later_action");
    CHECK(wording::journal_sentence({}).empty());
}

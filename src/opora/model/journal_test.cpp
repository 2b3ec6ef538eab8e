#include "opora/model/journal.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace opora::model;

TEST_CASE("changes of the journal read as they were written") {
    const std::vector<JournalChange> changes{
        {"user", {}, "5"},
        {"role", "auditor", "curator"},
        {"territory", "", "район \"А\""},
        {"path", "a->b", "c\\d"},
    };
    CHECK(journal_text(changes) ==
          "user=5 role=auditor->curator territory=\"\"->\"район \\\"А\\\"\" "
          "path=\"a->b\"->\"c\\\\d\"");
    CHECK(journal_changes(journal_text(changes)) == changes);
    CHECK(journal_changes("").empty());
}

TEST_CASE("words that are no field are kept, and a broken quote ends with the text") {
    CHECK(journal_changes("список 7") ==
          std::vector<JournalChange>{{"", {}, "список"}, {"", {}, "7"}});
    CHECK(journal_changes("a=\"b c") == std::vector<JournalChange>{{"a", {}, "b c"}});
    CHECK(journal_changes("=1") == std::vector<JournalChange>{{"", {}, "=1"}});
}

TEST_CASE("any values survive the journal") {
    CHECK(rc::check("written and read", [](const std::string& before, const std::string& after) {
        const std::vector<JournalChange> changes{{"a", before, after}, {"b", {}, before}};
        RC_ASSERT(journal_changes(journal_text(changes)) == changes);
    }));
}

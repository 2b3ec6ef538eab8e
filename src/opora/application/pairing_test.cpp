#include "opora/application/pairing.hpp"

#include <doctest/doctest.h>

using namespace opora;
using namespace opora::application;

TEST_CASE("a pair is named by two schools and an equals sign") {
    CHECK(named_schools("a=b")->school == "a");
    CHECK(named_schools("a=b")->leader == "b");
    CHECK_FALSE(named_schools("ab"));
    CHECK_FALSE(named_schools("=b"));
    CHECK_FALSE(named_schools("a="));
}

TEST_CASE("settled pairs come from a csv; what is not understood names its row") {
    PairingQuestion question;
    const auto read = [&](const std::string& text) {
        question = {};
        const auto done = read_settled_pairs(text, "пары.csv", question);
        if (done) return std::string{};
        return done.error().front().code + " " +
               std::to_string(done.error().front().place.row.value_or(0));
    };
    CHECK(read("school_id,leader_id,decision\na,b,pin\r\n\n\"c\";\"d\";ban\n").empty());
    REQUIRE(question.pins.size() == 1);
    CHECK(question.pins[0].leader == "b");
    REQUIRE(question.bans.size() == 1);
    CHECK(question.bans[0].school == "c");
    CHECK(read("\xEF\xBB\xBFschool_id,leader_id,decision\n").empty());
    CHECK(read("school,leader\n") == "pair_file_heading 1");
    CHECK(read("") == "pair_file_heading 1");
    CHECK(read("school_id,leader_id,decision\na,b,maybe\n") == "pair_file_row 2");
    CHECK(read("school_id,leader_id,decision\na,b,pin\na,,pin\n") == "pair_file_row 3");
    CHECK(read("school_id,leader_id,decision\na,pin\n") == "pair_file_row 2");
}

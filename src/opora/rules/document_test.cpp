// Every example of docs/rules.md is read and its units agree.

#include <doctest/doctest.h>

#include "opora/rules/test_territory.hpp"
#include "support/source_folder.hpp"

namespace opora::rules {

namespace {

/// The blocks of a Markdown text that begin with «```kind».
std::vector<std::string> blocks(const std::string& text, const std::string& kind) {
    std::vector<std::string> all;
    const std::string opening = "```" + kind + "\n";
    for (std::size_t begin = text.find(opening); begin != std::string::npos;
         begin = text.find(opening, begin)) {
        begin += opening.size();
        const std::size_t end = text.find("```", begin);
        all.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return all;
}

}  // namespace

TEST_CASE("every rule of docs/rules.md is a rule") {
    const std::string text =
        testing::read_file(opora::testing::source_folder() / "docs" / "rules.md");
    const auto sections = blocks(text, "yaml");
    const auto rules = blocks(text, "rule");
    REQUIRE(sections.size() == 1);
    CHECK(rules.size() >= 40);
    for (const std::string& rule : rules) {
        CAPTURE(rule);
        const auto pack = testing::try_rule(rule, sections[0]);
        if (pack) continue;
        for (const base::Error& error : pack.error()) {
            // A single example leaves most of the declared names unused, and that alone.
            const std::string problem = error.code == "pack_unused" ? "" : describe(error);
            CHECK(problem.empty());
        }
    }
}

}  // namespace opora::rules

// Wrong packs of tests/cases/packs: every line that ends in «#! code …» must be reported with these
// codes, and no other line.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "opora/rules/test_territory.hpp"
#include "support/source_folder.hpp"

namespace opora::rules {

namespace {

using Reports = std::multimap<std::int64_t, std::string>;

/// The marks of a case, and its text without them.
std::pair<Reports, std::string> read_case(const std::string& text) {
    Reports marks;
    std::string clean;
    std::istringstream lines{text};
    std::string line;
    for (std::int64_t number = 1; std::getline(lines, line); ++number) {
        const std::size_t mark = line.find("#!");
        if (mark != std::string::npos) {
            std::istringstream codes{line.substr(mark + 2)};
            for (std::string code; codes >> code;) marks.emplace(number, code);
            line.erase(line.find_last_not_of(' ', mark - 1) + 1);
        }
        clean += line + "\n";
    }
    return {marks, clean};
}

/// «12 pack_unit; 14 pack_value»: in order of lines and codes.
std::string text_of(const Reports& reports) {
    std::vector<std::pair<std::int64_t, std::string>> sorted(reports.begin(), reports.end());
    std::ranges::sort(sorted);
    std::string text;
    for (const auto& [line, code] : sorted) text += std::to_string(line) + " " + code + "; ";
    return text;
}

}  // namespace

TEST_CASE("a wrong pack is refused: every mistake at once, at its line") {
    const std::filesystem::path folder =
        opora::testing::source_folder() / "tests" / "cases" / "packs";
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        CAPTURE(entry.path().filename().string());
        const auto [marks, text] = read_case(testing::read_file(entry.path()));
        const auto pack = parse_pack(text, "case.yaml");
        REQUIRE_FALSE(pack);
        Reports found;
        for (const base::Error& error : pack.error()) {
            CHECK(error.place.file == "case.yaml");
            CHECK_FALSE(error.message.empty());
            CHECK_FALSE((error.expected.empty() && error.found.empty()));
            found.emplace(error.place.row.value_or(0), error.code);
        }
        CHECK(text_of(found) == text_of(marks));
        ++cases;
    }
    CHECK(cases >= 12);
}

TEST_CASE("a mistyped name is met with the one that was probably meant") {
    const auto pack = testing::try_rule("low_shair(ОГЭ) > 1 %");
    REQUIRE_FALSE(pack);
    CHECK(pack.error()[0].expected == "возможно, low_share");
    CHECK(pack.error()[0].found == "low_shair");
}

TEST_CASE("text that no one would write is refused, not followed") {
    CHECK_FALSE(parse_pack("", "t.yaml"));
    CHECK_FALSE(parse_pack("[]", "t.yaml"));
    CHECK_FALSE(parse_pack("\xff\xfe", "t.yaml"));
    CHECK_FALSE(parse_pack(std::string(100'000, '['), "t.yaml"));
    CHECK_FALSE(testing::try_rule(std::string(70'000, '(') + "1 = 1"));
    CHECK_FALSE(testing::try_rule(std::string(100, '(') + "1 = 1" + std::string(100, ')')));
    std::string sum = "1";
    for (int i = 0; i < 1000; ++i) sum += " + 1";
    CHECK_FALSE(testing::try_rule(sum + " = 1"));
    std::string doubling = "define:\n  d0: value(\"x\") + value(\"x\")\n";
    for (int i = 1; i < 40; ++i) {
        const std::string before = "d" + std::to_string(i - 1);
        doubling += "  d" + std::to_string(i) + ": " + before + " + " + before + "\n";
    }
    CHECK_FALSE(testing::try_rule("d39 > 1", doubling));
}

TEST_CASE("packs together: the same version twice, versions that overlap") {
    Pack first = testing::shipped("federal-2025");
    Pack second = first;
    CHECK(check_together({first, second}).size() == 1);
    second.document.version = "2";
    CHECK(check_together({first, second})[0].code == "pack_validity");
    using std::chrono::year;
    first.document.in_force_to = year{2025} / 8 / 31;
    second.document.in_force_from = year{2025} / 9 / 1;
    CHECK(check_together({first, second}).empty());
}

TEST_CASE("a parameter takes values of its own kind, and the other readings stay visible") {
    const Pack pack = testing::shipped("order-237");
    const auto value = [&](const char* name, const char* text) -> std::string {
        const auto changed = with_parameter(pack, name, text);
        return changed ? to_text(find_parameter(*changed, name)->value) : changed.error().code;
    };
    CHECK(value("failure_limit", "4.25%") == "4.25 %");
    CHECK(value("failure_limit", "4,25 %") == "4.25 %");
    CHECK(value("failure_limit", "4") == "pack_unit");
    CHECK(value("failure_limit", "4 pp") == "pack_value");
    CHECK(value("window_years", "2") == "2 years");
    CHECK(value("window_years", "2.5") == "pack_value");
    CHECK(value("combination", "k_of_n") == "k_of_n");
    CHECK(value("combination", "some") == "pack_value");
    CHECK(value("summed_subjects", "russian, physics") == "[russian, physics]");
    CHECK(value("summed_subjects", "all") == "all");
    CHECK(value("n_min", "10") == "10 participants");
    CHECK(value("limit", "4 %") == "unknown_parameter");
    const auto changed = with_parameter(pack, "combination", "k_of_n");
    CHECK(to_text(find_parameter(*changed, "combination")->other.front()) == "any_rule");
    CHECK(*with_parameter(pack, "window_years", "3 years") == pack);
}

}  // namespace opora::rules

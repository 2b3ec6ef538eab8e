// The packs of the project as a whole: each is read without mistakes, names what it comes from, and
// shows every open point.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"
#include "support/source_folder.hpp"

namespace opora::rules {

namespace {

std::vector<std::string> shipped_ids() {
    std::vector<std::string> ids;
    const std::filesystem::path folder = opora::testing::source_folder() / "methodology" / "packs";
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        ids.push_back(entry.path().stem().string());
    }
    std::ranges::sort(ids);
    return ids;
}

}  // namespace

TEST_CASE("every shipped pack is read without mistakes and is named like its file") {
    std::vector<Pack> packs;
    for (const std::string& id : shipped_ids()) {
        CAPTURE(id);
        const std::string name = "methodology/packs/" + id + ".yaml";
        const auto pack =
            parse_pack(testing::read_file(opora::testing::source_folder() / name), name);
        if (!pack) {
            for (const auto& error : pack.error()) MESSAGE(describe(error));
        }
        REQUIRE(pack);
        CHECK(pack->document.id == id);
        packs.push_back(*pack);
    }
    CHECK(packs.size() >= 8);
    CHECK(check_together(packs).empty());
}

TEST_CASE("every reading of a shipped pack has Russian words") {
    for (const std::string& id : shipped_ids()) {
        const Pack pack = testing::shipped(id);
        for (const Parameter& parameter : pack.parameters) {
            CAPTURE(id + " " + parameter.name);
            std::vector<ParameterValue> values{parameter.value};
            values.insert(values.end(), parameter.other.begin(), parameter.other.end());
            for (const ParameterValue& value : values) {
                const auto* choice = std::get_if<Choice>(&value);
                if (choice != nullptr) CHECK(parameter.titles.contains(choice->reading));
            }
        }
    }
}

}  // namespace opora::rules

// methodology/coverage.yaml: every rule, parameter, command and test that it names exists, and
// every rule of a pack that serves a row of the documents is named there.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "opora/rules/test_territory.hpp"
#include "opora/rules/yaml_tree.hpp"
#include "support/source_folder.hpp"

namespace opora::rules {

namespace {

using std::filesystem::path;

std::string all_text(const path& folder, std::string_view ending) {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().string().ends_with(ending)) text += testing::read_file(entry.path());
    }
    return text;
}

/// Sources break long names of tests into several literals; the quotes between them are dropped.
std::string joined_literals(std::string text) {
    for (std::size_t quote = text.find('"'); quote != std::string::npos;
         quote = text.find('"', quote + 1)) {
        const std::size_t next = text.find_first_not_of(" \n", quote + 1);
        if (next != std::string::npos && text[next] == '"' && next > quote + 1) {
            text.erase(quote, next - quote + 1);
            --quote;
        }
    }
    return text;
}

std::vector<std::string> texts(const YamlNode& row, std::string_view key) {
    std::vector<std::string> all;
    const YamlNode* list = row.find(key);
    REQUIRE(list != nullptr);
    for (const YamlNode& item : list->items) all.push_back(item.text);
    return all;
}

bool pack_has(const std::string& reference) {
    const std::size_t slash = reference.find('/');
    const Pack pack = testing::shipped(reference.substr(0, slash));
    const std::string name = reference.substr(slash + 1);
    return find_parameter(pack, name) != nullptr ||
           std::ranges::find(pack.rules, name, &Rule::id) != pack.rules.end();
}

std::set<std::string> shipped_ids() {
    std::set<std::string> ids;
    for (const auto& entry : std::filesystem::directory_iterator{opora::testing::source_folder() /
                                                                 "methodology" / "packs"}) {
        ids.insert(entry.path().stem().string());
    }
    return ids;
}

}  // namespace

TEST_CASE("coverage.yaml names only what exists, and every rule that serves a row") {
    const std::string text =
        testing::read_file(opora::testing::source_folder() / "methodology" / "coverage.yaml");
    const auto tree = read_yaml(text, "coverage.yaml");
    REQUIRE(tree);
    const YamlNode* rows = tree->find("rows");
    REQUIRE(rows != nullptr);
    const std::string tests =
        joined_literals(all_text(opora::testing::source_folder() / "src", "_test.cpp") +
                        all_text(opora::testing::source_folder() / "tests", "_test.cpp"));
    const std::string commands =
        all_text(opora::testing::source_folder() / "src/opora/cli", ".cpp");
    std::set<std::string> named;
    for (std::size_t i = 0; i < rows->keys.size(); ++i) {
        CAPTURE(rows->keys[i].text);
        for (const std::string& rule : texts(rows->items[i], "rules")) {
            CAPTURE(rule);
            CHECK(pack_has(rule));
            named.insert(rule);
        }
        for (const std::string& command : texts(rows->items[i], "commands")) {
            CAPTURE(command);
            CHECK(commands.find("\"" + command + "\"") != std::string::npos);
        }
        for (const std::string& test : texts(rows->items[i], "tests")) {
            CAPTURE(test);
            CHECK(tests.find("\"" + test) != std::string::npos);
        }
    }
    for (const std::string& id : shipped_ids()) {
        for (const Rule& rule : testing::shipped(id).rules) {
            if (!rule.row.starts_with('S')) continue;
            const std::string reference = id + "/" + rule.id;
            CAPTURE(reference);
            CHECK(named.contains(reference));
            CHECK(rows->find(rule.row) != nullptr);
        }
    }
}

TEST_CASE("every open point of identification is a parameter or a note") {
    // Rows of the contradictions that concern packs; rows 6, 21, 23, 28, 39 are fixed rows of
    // tests.
    std::set<std::string> shown;
    for (const std::string& id : shipped_ids()) {
        const Pack pack = testing::shipped(id);
        for (const Parameter& parameter : pack.parameters) shown.insert(parameter.row);
        for (const Note& note : pack.notes) shown.insert(note.row);
    }
    for (int row = 1; row <= 41; ++row) {
        if (row == 6) continue;
        const std::string code = "C" + std::to_string(row);
        CAPTURE(code);
        CHECK(shown.contains(code));
    }
}

TEST_CASE("what the sources leave to a choice is a parameter with its other reading") {
    std::set<std::string> chosen;
    for (const std::string& id : shipped_ids()) {
        for (const Parameter& parameter : testing::shipped(id).parameters) {
            if (!parameter.other.empty()) chosen.insert(parameter.row);
        }
    }
    for (const char* code : {"C1", "C2", "C3", "C4", "C5", "C7", "C11", "C13", "C14", "C15", "C16",
                             "C19", "C20", "C24", "C25", "C26", "C27", "C31", "C38"}) {
        CAPTURE(code);
        CHECK(chosen.contains(code));
    }
}

TEST_CASE("what the documents contradict themselves in is a note with its code") {
    const auto codes = [](const char* id) {
        std::multiset<std::string> found;
        for (const Note& note : testing::shipped(id).notes) found.insert(note.code);
        return found;
    };
    const std::vector<std::pair<const char*, std::vector<const char*>>> expected{
        {"order-237",
         {"adopted_after_start", "name_differs", "passport_differs_from_text", "annex_absent"}},
        {"adyge-khabl",
         {"reference_later_than_document", "territory_word", "number_repeated", "number_missing",
          "title_differs_from_points", "annex_unmarked", "annex_absent"}},
        {"pervomaysky-tomsk",
         {"deadline_beyond_plan", "overlapping_measures", "quote_unbalanced",
          "responsible_separator", "annex_absent"}},
        {"krasnoselsky",
         {"deadline_outside_stage", "deadline_without_year", "percent_without_base",
          "too_few_years", "number_repeated", "name_differs", "approval_undated", "annex_absent",
          "abbreviation_undefined"}},
        {"pervomaysky-altai",
         {"document_undated", "statement_refuted_by_series", "series_diverge", "precision_mixed",
          "statement_refuted_by_numbers", "year_outside_plan", "order_of_steps", "number_missing",
          "annex_absent", "abbreviation_undefined", "person_without_position"}},
    };
    for (const auto& [id, wanted] : expected) {
        const auto found = codes(id);
        for (const char* code : wanted) {
            CAPTURE(id);
            CAPTURE(code);
            CHECK(found.contains(code));
        }
    }
}

TEST_CASE("subjects of shipped packs are subjects of the catalogue") {
    const std::string catalogue =
        testing::read_file(opora::testing::source_folder() / "methodology" / "subjects.yaml");
    const auto known = [&](const std::string& code) {
        return catalogue.find("{code: " + code + ",") != std::string::npos;
    };
    for (const std::string& id : shipped_ids()) {
        for (const Parameter& parameter : testing::shipped(id).parameters) {
            if (parameter.name.find("subjects") == std::string::npos) continue;
            std::vector<ParameterValue> values = parameter.other;
            values.push_back(parameter.value);
            for (const ParameterValue& value : values) {
                const auto* list = std::get_if<CodeList>(&value);
                if (list == nullptr) continue;
                for (const std::string& code : list->codes) {
                    CAPTURE(code);
                    CHECK(known(code));
                }
            }
        }
    }
}

}  // namespace opora::rules

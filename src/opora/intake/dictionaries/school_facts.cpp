#include "opora/intake/dictionaries/school_facts.hpp"

#include <algorithm>
#include <array>

#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

namespace {

constexpr std::array<std::string_view, 4> kinds{"passports", "flows", "staff", "resources"};
constexpr std::array<std::string_view, 8> units{"pupils", "families", "people", "teachers",
                                                "posts",  "hours",    "things", "kilometres"};

SchoolFactEntry fact_of(YamlFile& file, const YAML::Node& node) {
    SchoolFactEntry fact{.code = file.text(node, "code"),
                         .title = file.text(node, "title"),
                         .kind = file.text(node, "kind"),
                         .unit = file.text(node, "unit"),
                         .part_of = file.optional_text(node, "part_of"),
                         .within = file.optional_text(node, "within"),
                         .whole = file.flag(node, "whole", true),
                         .names = file.texts(node, "names")};
    if (std::ranges::find(kinds, fact.kind) == kinds.end()) {
        file.fail(node["kind"], "Неизвестный вид файла.", "passports, flows, staff, resources");
    }
    if (std::ranges::find(units, fact.unit) == units.end()) {
        file.fail(node["unit"], "Неизвестная единица.",
                  "pupils, families, people, teachers, posts, hours, things, kilometres");
    }
    return fact;
}

}  // namespace

base::Result<std::vector<SchoolFactEntry>, base::Errors> load_school_facts(const TextFile& text) {
    auto opened = YamlFile::open(text);
    if (!opened) return base::Unexpected{base::Errors{opened.error()}};
    YamlFile& file = *opened;

    std::vector<SchoolFactEntry> facts;
    if (file.map(file.root(), {"facts"}) && file.sequence(file.root()["facts"])) {
        for (const YAML::Node& node : file.root()["facts"]) {
            if (!file.map(node,
                          {"code", "title", "kind", "unit", "part_of", "within", "whole", "names"}))
                continue;
            SchoolFactEntry fact = fact_of(file, node);
            if (find_fact(facts, fact.code) != nullptr) {
                file.fail(node["code"], "Такой показатель школы уже есть.", "другой код");
            }
            facts.push_back(std::move(fact));
        }
        for (const SchoolFactEntry& fact : facts) {
            for (const std::string& limit : {fact.part_of, fact.within}) {
                if (limit.empty() || find_fact(facts, limit) != nullptr) continue;
                file.fail(file.root(),
                          "Ключ part_of или within называет неизвестный показатель " + limit + ".",
                          "код показателя этого файла");
            }
        }
    }
    if (!file.errors().empty()) return base::Unexpected{std::move(file.errors())};
    return facts;
}

const SchoolFactEntry* find_fact(const std::vector<SchoolFactEntry>& facts, std::string_view code) {
    const auto found = std::ranges::find(facts, code, &SchoolFactEntry::code);
    return found != facts.end() ? &*found : nullptr;
}

}  // namespace opora::intake

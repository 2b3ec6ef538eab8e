#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/text_file.hpp"

namespace opora::intake {

/// A fact of methodology/school_facts.yaml.
struct SchoolFactEntry {
    std::string code;
    std::string title;  ///< Russian, as a column heading.
    std::string kind;   ///< `passports`, `flows`, `staff` or `resources`.
    std::string unit;
    std::string part_of;  ///< Fact that this one is a share of and cannot exceed; empty for none.
    std::string within;   ///< Another fact that it cannot exceed; empty for none.
    bool whole = true;
    std::vector<std::string> names;
};

base::Result<std::vector<SchoolFactEntry>, base::Errors> load_school_facts(const TextFile& file);

const SchoolFactEntry* find_fact(const std::vector<SchoolFactEntry>& facts, std::string_view code);

}  // namespace opora::intake

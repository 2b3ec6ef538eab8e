#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/school_facts.hpp"
#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/dictionaries/synonyms.hpp"
#include "opora/model/scale.hpp"

namespace opora::intake {

/// All that is known beforehand of files: words, headings, facts and scales.
struct Dictionaries {
    Subjects subjects;
    std::vector<SchoolFactEntry> facts;
    Synonyms synonyms;
    std::vector<model::Scale> scales;
};

/// Reads methodology/{subjects,school_facts,synonyms}.yaml and methodology/scales/*.yaml, then the
/// user's own synonyms. All errors of all files at once, with file and line.
base::Result<Dictionaries, base::Errors> load_dictionaries(
    const std::filesystem::path& methodology,
    const std::optional<std::filesystem::path>& own_synonyms = std::nullopt);

}  // namespace opora::intake

#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/factor_files.hpp"
#include "opora/intake/dictionaries/school_facts.hpp"
#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/dictionaries/synonyms.hpp"
#include "opora/model/scale.hpp"

namespace opora::intake {

/// All that is known beforehand of files: words, headings, facts, scales and questionnaires.
struct Dictionaries {
    Subjects subjects;
    std::vector<SchoolFactEntry> facts;
    Synonyms synonyms;
    std::vector<model::Scale> scales;  ///< The user's own first: the first that fits is taken.
    model::FactorCatalogue factors;    ///< With the questionnaires.
};

/// The texts they are read from: methodology/{subjects,school_facts,synonyms}.yaml,
/// methodology/scales/*.yaml, the factors, and the user's own: synonyms, which come last, and
/// scales, which outrank the shipped ones.
struct DictionaryTexts {
    TextFile subjects;
    TextFile facts;
    TextFile synonyms;
    std::vector<TextFile> scales;
    FactorTexts factors;
    std::optional<TextFile> own_synonyms;
    std::vector<TextFile> own_scales;
};

/// All errors of all texts at once, with file and line.
base::Result<Dictionaries, base::Errors> load_dictionaries(const DictionaryTexts& texts);

/// The texts of a folder `methodology`.
base::Result<DictionaryTexts, base::Errors> read_dictionary_texts(
    const std::filesystem::path& methodology,
    const std::optional<std::filesystem::path>& own_synonyms = std::nullopt);

}  // namespace opora::intake

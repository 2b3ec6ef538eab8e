#pragma once

#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/school_facts.hpp"
#include "opora/intake/dictionaries/text_file.hpp"
#include "opora/model/risk_factor.hpp"

namespace opora::intake {

/// The catalogue of factors and the questionnaires that speak for them.
struct FactorTexts {
    TextFile catalogue;                    ///< methodology/risk_factors.yaml
    std::vector<TextFile> questionnaires;  ///< methodology/questionnaires/*.yaml
};

/// Reads both and holds them together: every question names factors of the catalogue, every sign
/// facts of `facts`. All errors at once, with file and line. Codes of indicators are not known
/// here; factors/catalogue_check.hpp looks at them.
base::Result<model::FactorCatalogue, base::Errors> load_factors(
    const FactorTexts& texts, const std::vector<SchoolFactEntry>& facts);

/// Whether a working directory has factors or questionnaires of its own.
bool has_own_factors(const std::filesystem::path& directory);

/// The texts that hold in a working directory: DIR/risk_factors.yaml in place of the shipped
/// catalogue, a file of DIR/questionnaires in place of the shipped one of the same name, further
/// files beside them. Errors for files that cannot be read.
base::Result<FactorTexts, base::Errors> own_factor_texts(FactorTexts shipped,
                                                         const std::filesystem::path& directory);

}  // namespace opora::intake

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/application/risk_factors.hpp"

namespace opora::application {

/// The result that factors are compared with.
enum class ComparedResult : std::uint8_t {
    standard,    ///< Mean standard score of the school over all its procedures of the year.
    contextual,  ///< Effect of the school given its conditions.
};

struct AssociationRequest {
    std::filesystem::path directory;
    model::SchoolYear year;
    std::optional<model::TerritoryId> territory;  ///< Its schools, at any depth.
    ComparedResult result = ComparedResult::standard;
};

struct AssociationReport {
    std::shared_ptr<const model::FactorCatalogue> catalogue;
    std::vector<model::FactorAssociation> associations;  ///< In the order of the catalogue.
    std::int64_t schools = 0;                            ///< With a result.
    std::string note;  ///< Why there are no results; may be empty.
};

/// Which factors go together with the results of the schools; see factors/associations.hpp. Errors
/// as of risk_profiles.
base::Result<AssociationReport, base::Errors> factor_associations(
    const Adapters& adapters, ports::Store& store, const AssociationRequest& request);

}  // namespace opora::application

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/risk_profile.hpp"
#include "opora/model/school.hpp"

namespace opora::application {

/// The catalogue of factors that holds in a working directory (the shipped one without it), checked
/// against the catalogue of indicators. Errors with file and line.
base::Result<model::FactorCatalogue, base::Errors> factor_catalogue(
    const Adapters& adapters, const std::optional<std::filesystem::path>& directory);

struct ProfileRequest {
    std::filesystem::path directory;
    model::SchoolYear year;
    std::optional<model::SchoolId> school;
    std::optional<model::TerritoryId> territory;  ///< Its schools, at any depth.
    bool with_basis = false;  ///< Whether the readings behind the levels are asked for.
};

/// Risk profiles with all that is needed to show them. Schools are compared with all schools of the
/// store, also where only some are asked for.
struct ProfileReport {
    std::shared_ptr<const model::FactorCatalogue> catalogue;  ///< Holds the texts of the profiles.
    std::vector<model::School> schools;                       ///< One for each profile.
    std::vector<model::RiskProfile> profiles;
};

/// Errors: those of the catalogue; `school_unknown`, `territory_unknown`.
base::Result<ProfileReport, base::Errors> risk_profiles(const Adapters& adapters,
                                                        ports::Store& store,
                                                        const ProfileRequest& request);

/// The same with the evidence of the store at hand.
base::Result<ProfileReport, base::Errors> risk_profiles(const Adapters& adapters,
                                                        ports::Store& store,
                                                        const indicators::Evidence& evidence,
                                                        const ProfileRequest& request);

/// What a curator decides on one factor of one school.
struct ReviewRequest {
    std::filesystem::path directory;
    model::SchoolYear year;
    model::SchoolId school;
    model::FactorCode factor;
    model::ReviewDecision decision = model::ReviewDecision::confirmed;
    std::optional<model::FactorLevel> level;  ///< For `changed`, and for nothing else.
    std::string note;
};

/// Keeps the decision beside the level that the data give now: one transaction with its audit row.
///
/// Errors: those of the catalogue; `school_unknown`, `factor_unknown`; `nothing_to_confirm` (there
/// is no computed level), `nothing_to_withdraw`, `note_missing` (a rejected or changed level needs
/// its reason).
base::Result<model::FactorReview, base::Errors> review_factor(const Adapters& adapters,
                                                              ports::Store& store,
                                                              const ReviewRequest& request);

}  // namespace opora::application

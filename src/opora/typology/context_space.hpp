#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/indicators/context_table.hpp"
#include "opora/statistics/neighbours.hpp"

namespace opora::typology {

/// Conditions of schools as plain numbers in their own units: never a result.
struct ContextColumns {
    std::vector<indicators::ContextFeature> features;
    std::vector<indicators::SchoolNumber> schools;  ///< Ascending; the rows.
    std::vector<std::optional<double>> values;      ///< [row][feature].
};

/// Conditions of the schools that are open in the year: those of ContextTable, and from the
/// register whether the school has an advanced programme (gymnasium, lyceum) or is of a special
/// kind (evening, correctional, boarding).
ContextColumns context_columns(const indicators::Evidence& evidence, model::SchoolYear year);

struct SpaceOptions {
    /// A condition that a smaller share of the schools told is left out.
    double known_share_min = 0.5;
};

struct SpaceFeature {
    indicators::ContextFeature feature;
    double mean = 0;
    double deviation = 0;  ///< Between schools (n - 1).
    double known_share = 0;
};

/// A condition that cannot serve, and why.
struct UnusedFeature {
    indicators::ContextFeature feature;
    std::string reason;  ///< Russian.
};

/// Schools as points: every usable condition in standard deviations from its mean over the schools
/// that told it, so that its unit changes nothing. All conditions weigh the same.
///
/// Left out with a reason: what too few schools told, what is the same everywhere, and what repeats
/// another condition exactly (|correlation| > 1 - 1e-9 over the schools that told both; the later
/// one goes).
class ContextSpace {
public:
    /// Errors: `context_no_schools`, `context_one_school`, `context_no_passports` (nothing of the
    /// social passport is usable), `context_one_feature`.
    static base::Result<ContextSpace> make(const ContextColumns& columns,
                                           const SpaceOptions& options = {});

    std::span<const SpaceFeature> features() const { return features_; }
    std::span<const UnusedFeature> unused() const { return unused_; }
    std::span<const indicators::SchoolNumber> schools() const { return schools_; }
    /// Row of a school; std::nullopt for one that is not in the space.
    std::optional<std::uint32_t> row(indicators::SchoolNumber school) const;
    const statistics::PartialRows& rows() const { return rows_; }
    std::vector<double> weights() const { return std::vector<double>(features_.size(), 1.0); }
    /// Share of the conditions that a school told.
    double known_share(std::uint32_t row) const;
    bool complete(std::uint32_t row) const;

private:
    std::vector<SpaceFeature> features_;
    std::vector<UnusedFeature> unused_;
    std::vector<indicators::SchoolNumber> schools_;
    statistics::PartialRows rows_;
};

}  // namespace opora::typology

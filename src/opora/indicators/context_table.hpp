#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "opora/indicators/evidence.hpp"

namespace opora::indicators {

/// What a condition of a school says of its social context.
enum class ContextSign : std::int8_t { adverse = -1, neutral = 0, favourable = 1 };

/// One condition under which a school works and which its head does not choose (DOMAIN 2.4): never
/// a result.
struct ContextFeature {
    std::string_view code;   ///< Of a year indicator (`families_incomplete_share`), or own.
    std::string_view title;  ///< Russian.
    ContextSign sign = ContextSign::neutral;
};

/// The conditions of the schools of an evidence in a year: shares of the social passport, size,
/// settlement, distance.
///
/// A passport that is older than the year stands in for a missing one as long as it is not more
/// than `passport_age_max` years older; the newest counts. What nobody stated is absent: missing is
/// not zero.
class ContextTable {
public:
    static constexpr int passport_age_max = 2;

    ContextTable(const Evidence& evidence, model::SchoolYear year);

    static std::span<const ContextFeature> features();
    /// Number of a feature; nothing for an unknown code.
    static std::size_t feature(std::string_view code);

    std::size_t schools() const { return schools_; }
    const std::optional<double>& value(SchoolNumber school, std::size_t feature) const {
        return values_[school * features().size() + feature];
    }
    /// The year of the passport that a school's shares come from; std::nullopt without any.
    std::optional<model::SchoolYear> passport_year(SchoolNumber school) const {
        return passport_years_[school];
    }

private:
    std::size_t schools_;
    std::vector<std::optional<double>> values_;  ///< [school][feature].
    std::vector<std::optional<model::SchoolYear>> passport_years_;
};

}  // namespace opora::indicators

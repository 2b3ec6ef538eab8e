#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// Conditions by result (DOMAIN 2.5).
enum class SchoolGroup : std::uint8_t {
    struggling,   ///< «борющаяся»: adverse context, low result
    ineffective,  ///< «неэффективная»: favourable context, low result
    resilient,    ///< «резильентная»: adverse context, high result
    leading,      ///< «лидер»: favourable context, high result
    ordinary,     ///< ordinary result
    unknown,      ///< the index or the result is not known
};
constexpr std::size_t known_groups = 5;  ///< All but `unknown`.

std::string_view code(SchoolGroup group);
std::string_view title(SchoolGroup group);

/// The group of a school in a year and how sure it is.
struct TypologyRow {
    SchoolId school;
    std::string name;
    SchoolYear year;
    std::optional<double> index;
    std::optional<bool> adverse;
    std::optional<double> result;
    std::optional<double> standard_error;
    SchoolGroup group = SchoolGroup::unknown;
    /// Of every known group, given the error of the result; all 0 where the group is unknown.
    std::array<double, known_groups> probabilities{};
    std::string reason;  ///< Why the group is unknown, Russian.

    double confidence() const {
        return group == SchoolGroup::unknown ? 0 : probabilities[static_cast<std::size_t>(group)];
    }
};

/// Yes, no, or not known.
enum class Resilience : std::uint8_t { yes, no, unknown };
std::string_view code(Resilience resilience);
std::string_view title(Resilience resilience);

/// One year of the quantile definition.
struct ResilienceYear {
    SchoolYear year;
    std::optional<bool> adverse;             ///< The index is in the lowest part.
    std::optional<bool> high;                ///< The result is in the highest part.
    std::optional<double> high_probability;  ///< That the true result is.
};

/// Whether a school does well in adverse conditions, by both definitions (DOMAIN 2.6).
struct ResilienceRow {
    SchoolId school;
    std::string name;
    Resilience by_quantiles = Resilience::unknown;
    std::vector<ResilienceYear> years;  ///< Ascending.
    Resilience by_residual = Resilience::unknown;
    std::optional<double> effect;  ///< Of the contextual model.
    std::optional<double> effect_error;
    std::string reason;  ///< Why something is not known, Russian.
};

/// How many schools went from a group to another between two years.
struct TransitionMatrix {
    SchoolYear from;
    SchoolYear to;
    std::array<std::array<std::int32_t, known_groups>, known_groups> counts{};  ///< [from][to].
    std::int32_t schools = 0;  ///< With a group in both years.
    std::int32_t changed = 0;
    /// Changes to be expected if no true result had changed: the noise of two measurements alone.
    double changed_by_chance = 0;
};

/// A statistic of a year with its interval.
struct SpreadValue {
    std::string code;
    std::string title;  ///< Russian.
    SchoolYear year;
    std::optional<double> value;
    std::optional<double> low;  ///< 95 %.
    std::optional<double> high;
    std::optional<double> change;  ///< Against the year before.
    std::optional<double> change_low;
    std::optional<double> change_high;
    std::int64_t schools = 0;
    std::int64_t results = 0;
    std::string reason;  ///< Why there is no value, Russian.
};

}  // namespace opora::model

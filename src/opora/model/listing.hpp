#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/finding.hpp"

namespace opora::model {

/// What the list says of an object.
enum class Verdict : std::uint8_t {
    listed,
    watch,  ///< «под наблюдением»
    not_listed,
    unknown,   ///< «данные на проверке» or too little data to say
    excluded,  ///< outside the pack's inclusion parameters
};

/// How sure the verdict is. With P the probability that the true results meet the rules: `sure`
/// listed and P >= 0.8, `unsure` listed and P < 0.8, `borderline` not listed and P >= 0.2, `none`
/// not listed and P < 0.2 (or no probability has a meaning), `no_data` for unknown.
enum class Reliability : std::uint8_t { none, sure, unsure, borderline, no_data };

/// Where the prior of the probabilities comes from, the weakest last.
enum class PriorSource : std::uint8_t {
    territory,    ///< Estimated from the schools of the territory.
    imported,     ///< Mean and spread of imported reference values of the region.
    few_schools,  ///< From the schools themselves, too few of them: weak.
};

/// How far the list as a whole may be trusted.
struct ListUncertainty {
    double expected_false = 0;   ///< Listed whose true results do not meet the rules: sum of 1 - P.
    double expected_missed = 0;  ///< Not listed whose true results do: sum of P.
    std::int64_t judged = 0;     ///< How many have a probability.
    /// The largest standard error that a probability has from the finite number of draws.
    double simulation_error = 0;
    std::int64_t draws = 0;  ///< At most, of one object.
    PriorSource prior = PriorSource::territory;

    bool weak() const { return prior == PriorSource::few_schools; }
};

/// One line of a list: an object (a school; a teacher under order-237), its verdict and why.
struct Listing {
    SchoolId school;
    std::string school_name;
    TeacherId teacher;  ///< Empty when the unit is the school.
    Verdict verdict = Verdict::unknown;
    std::optional<double> probability;
    Reliability reliability = Reliability::none;
    std::vector<std::string> rules_met;
    std::vector<std::string> notes;  ///< «за один год», the reason of an exclusion …, Russian.
    std::vector<Finding> findings;
};

/// A whole list under one methodology and one year.
struct SchoolList {
    MethodologyId methodology;
    std::string version;
    SchoolYear year;
    std::string snapshot;           ///< SHA-256 of the data it was made from.
    std::string clusters;           ///< How clusters were made, Russian; empty: none are used.
    std::vector<Listing> listings;  ///< In order of school id, then teacher id.
    /// Without it the methodology has no probabilities, or nobody asked for them.
    std::optional<ListUncertainty> uncertainty;
};

std::string_view code(Verdict verdict);
std::string_view title(Verdict verdict);
std::string_view code(Outcome outcome);
std::string_view code(Reliability reliability);
std::string_view code(PriorSource source);

constexpr double sure_from = 0.8;
constexpr double borderline_from = 0.2;

/// The class of a verdict with this probability; both limits belong to the upper class.
Reliability reliability(Verdict verdict, std::optional<double> probability);

}  // namespace opora::model

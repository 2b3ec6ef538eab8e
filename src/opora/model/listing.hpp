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

/// How sure the verdict is; `none` until a probability is computed, `no_data` for unknown.
enum class Reliability : std::uint8_t { none, sure, unsure, borderline, no_data };

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
};

std::string_view code(Verdict verdict);
std::string_view title(Verdict verdict);
std::string_view code(Outcome outcome);
std::string_view code(Reliability reliability);

}  // namespace opora::model

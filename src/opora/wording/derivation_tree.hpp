#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/model/finding.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// One node of a derivation as people read it, with what it rests on below it.
struct DerivationNode {
    std::string text;
    model::Outcome outcome =
        model::Outcome::not_applicable;  ///< Of conditions; else not_applicable.
    std::optional<model::Procedure>
        procedure;                     ///< Of a value measured in the school's own results.
    std::vector<std::string> sources;  ///< ««Ф1 МА5.xlsx», строки 14–38».
    std::vector<DerivationNode> parts;
};

/// The derivation of a rule as a tree, whole: a condition above the conditions that make it, a
/// comparison above the values that it compares, a value with its counts, interval and threshold
/// above the rows of the files that it was counted from. Parts that are met stand before others.
/// `year` is the year of the list: results of other years carry theirs.
DerivationNode derivation_tree(const model::Derivation& derivation, model::SchoolYear year,
                               const Vocabulary& vocabulary);

}  // namespace opora::wording

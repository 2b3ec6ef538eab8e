#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/import.hpp"

namespace opora::application {

/// Two files that tell different things of one school in one work.
struct FormDifference {
    model::SchoolId school;
    model::Procedure procedure;
    std::string counts;  ///< «участников 25 и 24, отметок «2» 3 и 4»: the form's number first.
    std::string form_file;   ///< The aggregate form.
    std::string other_file;  ///< The protocol, or the form with another number of participants.
    bool protocol = false;   ///< Whether the other is a protocol: it is what counts.
    std::int32_t form_row = 0;
};

/// The cells of aggregate forms in force, by what they tell, and the protocol of the same school
/// and work.
struct HeldCell {
    struct Part {
        std::uint32_t fact = 0;  ///< Number among the facts in force.
        std::int32_t row = 0;
        tally::CellCounts counts;
    };
    std::array<std::optional<Part>, 4> forms;  ///< By group of fields: the latest form that has it.
    std::optional<Part> protocol;
};

using CellKey = std::pair<model::SchoolId, model::Procedure>;
using HeldCells = std::map<CellKey, HeldCell>;

/// Adds a form's cell to what is held, as the latest of each group of fields that it has.
void hold_form(HeldCell& held, const HeldCell::Part& form);

/// How a form and a protocol of the same school and work differ, in the fields that the form has:
/// «участников 25 и 24, отметок «2» 3 и 4»; empty when they agree.
std::string differing_counts(const tally::CellCounts& form, const tally::CellCounts& protocol);

/// The forms of one school and work that differ in the number of participants from the leading one
/// (marks, else scores, journal, tasks), which gives the number that counts.
std::vector<FormDifference> differing_participants(const CellKey& key, const HeldCell& held,
                                                   const std::vector<FactInForce>& facts);

/// Every difference between the stored forms and protocols of the same school and work, and
/// between forms; sorted by school and work.
std::vector<FormDifference> form_differences(ports::Store& store);

/// The differences as warnings of an import: up to twenty with their places, then their number.
void warn_of(const std::vector<FormDifference>& differences, const ImportOptions& options,
             base::Errors& warnings);

}  // namespace opora::application

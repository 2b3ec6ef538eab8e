#pragma once

#include <optional>
#include <string>

#include "opora/documents/template_values.hpp"
#include "opora/model/list_act.hpp"
#include "opora/model/pairing.hpp"
#include "opora/model/school.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/names.hpp"

namespace opora::documents {

/// One side of a contract; an empty name of its head becomes a line to fill in by hand.
struct ContractParty {
    model::School school;
    std::string municipality;
};

/// The draft of a contract of cooperation between a school and its leader (S1.8, S3.2, S4.6).
struct ContractDetails {
    model::Pair pair;
    ContractParty school;
    ContractParty leader;
    wording::ListHeading heading;  ///< Year and snapshot; without a methodology where none listed.
    std::optional<model::OrderRecord> order;  ///< That approved the list with the school.
};

/// What assets/templates/contract.docx is filled with; see assets/templates/README.md for the
/// names. Term, measures, number and day are lines to fill in: the sides agree on them.
TemplateValues contract_values(const ContractDetails& details,
                               const wording::Vocabulary& vocabulary);

}  // namespace opora::documents

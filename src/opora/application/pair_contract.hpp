#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "opora/application/list_desk.hpp"
#include "opora/application/pairing.hpp"

namespace opora::application {

/// One side of a contract as the register knows it.
struct ContractSide {
    model::School school;  ///< Without the name of its head where the reader may not see it.
    std::string municipality;
};

/// The draft of a contract between a school and the leader that people settled on (S1.8, S3.2).
struct ContractRequest {
    model::Pair pair;
    ContractSide school;
    ContractSide leader;
    model::SchoolYear year;  ///< Of the results by which the pair was chosen.
    std::optional<Methodology> methodology;
    std::optional<model::OrderRecord> order;  ///< That approved the list with the school.
    std::string snapshot;
    std::filesystem::path
        directory;  ///< The working directory: an own template lies in DIR/templates.
    std::filesystem::path out;
};

/// Whether the reader sees the names of people of a school.
using SeesNames = std::function<bool(const model::SchoolId&)>;

/// The contract of a pair that is pinned in the report. Errors `pair_unknown` when the proposal has
/// no such pair, `pair_not_settled` when it is only proposed.
base::Result<ContractRequest> contract_of(ports::Store& store, const ListDesk& desk,
                                          const PairingReport& report,
                                          const std::optional<Methodology>& methodology,
                                          const model::SchoolId& school, const SeesNames& sees);

}  // namespace opora::application

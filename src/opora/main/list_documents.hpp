#pragma once

#include "opora/application/adapters.hpp"
#include "opora/application/pair_contract.hpp"

namespace opora::main {

/// Writes the draft order, a letter for every listed school and the workbook of a list into a
/// folder.
///
/// Templates are the shipped ones, or DIR/templates/order.docx and letter.docx where a user has put
/// own ones.
base::Result<std::vector<std::filesystem::path>> write_documents(
    const application::Adapters& adapters, const application::DocumentRequest& request);

/// Writes the order of a list to a file.
base::Result<base::Done> write_order(const application::Adapters& adapters,
                                     const application::DocumentRequest& request);

/// Writes the workbook of a list to a file.
base::Result<base::Done> write_workbook(const application::Adapters& adapters,
                                        const application::DocumentRequest& request);

/// Writes the letter of the list's only school.
base::Result<base::Done> write_letter(const application::Adapters& adapters,
                                      const application::DocumentRequest& request);

/// Writes the draft of a contract between a school and its leader.
base::Result<base::Done> write_contract(const application::Adapters& adapters,
                                        const application::ContractRequest& request);

}  // namespace opora::main

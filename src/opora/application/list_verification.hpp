#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/application/list_desk.hpp"

namespace opora::application {

/// One thing that was checked.
struct ListCheck {
    std::string code;  ///< `journal`, `chain`, `facts`, `rederived`.
    std::string title;
    bool holds = false;
    std::vector<std::string> remarks;  ///< What differs, Russian; 20 at most.
};

/// What checking a list anew has shown.
struct ListVerification {
    std::vector<ListCheck> checks;
    std::string seal;  ///< Of the newest row of the journal; empty when the journal is broken.
    std::string snapshot_today;
    /// How the list would come out of the data of today, compared with what was computed then; the
    /// list itself stays as it was decided.
    std::vector<lifecycle::VerdictMove> moves_today;
    bool stopped = false;  ///< Cancelled: not all was checked, and nothing is said.

    bool holds() const;
};

/// Recomputes the chain of the list and the journal (with `known_seal`, one that an order printed,
/// in it), the hashes of the fact files that were in force, and every computed version of the list
/// from its frozen data, bit for bit. `program` is the version that checks. `control` is told how
/// far it is and may stop it.
ListVerification verify_list(ports::Store& store, const ListDossier& dossier,
                             std::span<const model::Scale> scales, const std::string& program,
                             const std::optional<std::string>& known_seal,
                             JobControl* control = nullptr);

}  // namespace opora::application

#pragma once

#include <string>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/ports/store.hpp"

namespace opora::application {

/// One fact file that is in force, in the order of the imports.
struct FactInForce {
    ports::ImportNumber import = 0;
    model::FactIdentity identity;
    std::string file;         ///< Name of the source file.
    bool aggregates = false;  ///< Cells of an aggregate form, not rows of pupils.
};

/// The fact files of all imports that were not undone, oldest first.
std::vector<FactInForce> facts_in_force(const std::vector<ports::ImportReceipt>& imports);

struct LoadOptions {
    bool histograms = false;  ///< Needed by the share in the bottom quarter only.
    bool follow_successors = true;
};

/// Evidence with the snapshot that names it.
struct LoadedEvidence {
    indicators::Evidence evidence;
    std::vector<FactInForce> facts;  ///< By file number of the evidence.
    std::string
        snapshot;  ///< SHA-256 (hex), the same for the same data whatever the order of imports.
};

/// Reads tallies and registers of the whole source; protocols are not touched.
LoadedEvidence load_evidence(const ports::DataSource& source, const LoadOptions& options = {});

}  // namespace opora::application

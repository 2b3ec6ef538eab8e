#pragma once

#include <filesystem>

#include "opora/application/pair_contract.hpp"

namespace opora::cli {

/// Writes the draft contract of every pinned pair into a folder, which is made; the exit status.
int write_contracts(const application::Adapters& adapters, ports::Store& store,
                    const application::PairingReport& report,
                    const std::optional<application::Methodology>& methodology,
                    const std::filesystem::path& folder);

}  // namespace opora::cli

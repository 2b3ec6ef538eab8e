#pragma once

#include "opora/application/adapters.hpp"

namespace opora::cli {

/// Runs one command of the contract (docs of each: `opora COMMAND --help`) and gives the exit
/// status.
int run(int argc, const char* const* argv, const application::Adapters& adapters);

}  // namespace opora::cli

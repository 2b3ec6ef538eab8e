#pragma once

#include "opora/indicators/evidence.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/secrets.hpp"

namespace opora::main {

/// Gives the demonstration district an account for every role, or the ones it has new passwords,
/// and prints them. Passwords are random and new at every start.
void print_demo_accounts(ports::AccountStore& accounts, ports::Secrets& secrets,
                         const indicators::Evidence& evidence);

}  // namespace opora::main

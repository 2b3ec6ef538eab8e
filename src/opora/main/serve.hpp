#pragma once

#include "opora/application/adapters.hpp"
#include "opora/base/result.hpp"

namespace opora::main {

/// Serves a working directory until it is told to stop (SIGINT, SIGTERM). The first start prints
/// the administrator's link, which works once. Errors: `address_busy`, `address_wrong`,
/// `certificate_unreadable`, `tls_needed`.
base::Result<base::Done> serve(const application::Adapters& adapters,
                               const application::ServeRequest& request);

}  // namespace opora::main

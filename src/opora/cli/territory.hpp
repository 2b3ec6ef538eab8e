#pragma once

#include <optional>
#include <span>
#include <string>

#include "opora/base/result.hpp"
#include "opora/model/territory.hpp"
#include "opora/ports/store.hpp"

namespace opora::cli {

/// Error `territory_unknown`, with the territories there are, when `--territory` names one that the
/// register does not hold: an empty answer would look as if nothing had been found there.
base::Result<base::Done> expect_territory(const std::optional<std::string>& asked,
                                          std::span<const model::Territory> known);

/// The same for a command that has read nothing yet; the register is read only when asked.
base::Result<base::Done> expect_territory(const std::optional<std::string>& asked,
                                          ports::Store& store);

}  // namespace opora::cli

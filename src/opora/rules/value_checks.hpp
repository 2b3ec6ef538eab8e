#pragma once

#include <optional>

#include "opora/rules/pack.hpp"

namespace opora::rules {

/// What is wrong with a parameter's value or with its other readings, if anything.
std::optional<base::Error> check_value(const Parameter& parameter);

}  // namespace opora::rules

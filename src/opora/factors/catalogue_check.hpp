#pragma once

#include "opora/base/error.hpp"
#include "opora/model/risk_factor.hpp"

namespace opora::factors {

/// What the readers of the catalogue cannot know: every sign names an indicator that exists, and
/// what is pooled over procedures is a share of participants. Errors with the place of the sign.
base::Errors check_catalogue(const model::FactorCatalogue& catalogue);

}  // namespace opora::factors

#pragma once

#include <vector>

#include "opora/api/router.hpp"

namespace opora::api {

std::vector<Route> session_routes();      ///< Coming in, going out, what one may see and why.
std::vector<Route> user_routes();         ///< Accounts.
std::vector<Route> school_routes();       ///< Territories, schools, their indicators.
std::vector<Route> list_routes();         ///< Lists, derivations, what-ifs, comparison.
std::vector<Route> methodology_routes();  ///< Methodologies with their parameters and open points.

}  // namespace opora::api

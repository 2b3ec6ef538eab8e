#pragma once

#include <vector>

#include "opora/api/router.hpp"

namespace opora::api {

std::vector<Route> session_routes();          ///< Coming in, going out, what one may see and why.
std::vector<Route> user_routes();             ///< Accounts.
std::vector<Route> journal_routes();          ///< What people did.
std::vector<Route> public_routes();           ///< What everybody may see.
std::vector<Route> second_step_routes();      ///< Coming in with a code.
std::vector<Route> school_routes();           ///< Territories, schools, their indicators.
std::vector<Route> school_chart_routes();     ///< Years and scores of a school.
std::vector<Route> territory_chart_routes();  ///< Series of a territory, schools in a procedure.
std::vector<Route> typology_routes();         ///< Types, transitions, groups, comparable schools.
std::vector<Route> pairing_routes();          ///< Leaders proposed to weak schools.
std::vector<Route> objectivity_routes();      ///< Signs of non-objective assessment.
std::vector<Route> rating_routes();           ///< Off until somebody switches ratings on.
std::vector<Route> list_routes();             ///< Lists, derivations, what-ifs, comparison.
std::vector<Route> job_routes();              ///< Long works: progress, cancelling.
std::vector<Route> import_routes();           ///< Kinds of files, imports: checked, stored, undone.
std::vector<Route> list_life_routes();        ///< A list from its draft to its order.
std::vector<Route> list_paper_routes();       ///< Documents and checking of lists.
std::vector<Route> methodology_routes();  ///< Methodologies with their parameters and open points.

}  // namespace opora::api

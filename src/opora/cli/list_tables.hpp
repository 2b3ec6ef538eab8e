#pragma once

#include <vector>

#include "opora/application/list_verification.hpp"
#include "opora/wording/table.hpp"

namespace opora::cli {

/// One line a list: where each stands. Columns: docs/commands.md, `list show`.
wording::Table lists_table(const std::vector<application::ListDossier>& lists, bool for_people);

/// One line a school (or teacher) of a list. For people without the columns that say the same in
/// every line, and without schools that are simply not listed.
wording::Table listings_table(const application::ListDossier& dossier, bool for_people);

wording::Table appeals_table(const application::ListDossier& dossier, bool for_people);

/// What was done with a list, act by act.
wording::Table history_table(const application::ListDossier& dossier);

wording::Table checks_table(const application::ListVerification& verification);

}  // namespace opora::cli

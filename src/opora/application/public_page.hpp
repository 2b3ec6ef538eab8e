#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/ports/register_store.hpp"

namespace opora::application {

/// What everybody may see of a territory without coming in, once the administrator has switched it
/// on: how many pupils of each municipality got which mark in one procedure, with complementary
/// suppression (statistics/suppression.hpp). Nothing of a school, a class or a pupil.
struct PublicRow {
    std::string title;  ///< A municipality, or several that are shown together.
    std::int64_t pupils = 0;
    std::vector<std::optional<std::int64_t>> by_mark;  ///< Nothing where hidden.
};

struct PublicTable {
    std::vector<std::string> marks;  ///< «2», or «2 и 3» where two are shown together.
    std::vector<PublicRow> rows;     ///< By name.
    PublicRow whole;
    bool hidden = false;  ///< Whether any cell is.
    std::string reason;   ///< Why there is no table; empty when there is one.
};

constexpr std::int64_t public_group_min = 5;

/// The procedures of a year with marks of enough pupils, those of most pupils first.
std::vector<indicators::ProcedureNumber> public_procedures(const indicators::Evidence& evidence,
                                                           model::SchoolYear year);

PublicTable public_table(const indicators::Evidence& evidence,
                         indicators::ProcedureNumber procedure);

/// Off until somebody switches it on; a setting of the register with its audit row.
bool public_page_enabled(const ports::RegisterStore& store);
void switch_public_page(ports::RegisterStore& store, bool on, const std::string& actor);

}  // namespace opora::application

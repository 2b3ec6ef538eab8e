#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/application/methodologies.hpp"
#include "opora/model/list_act.hpp"
#include "opora/ports/list_store.hpp"

namespace opora::application {

/// What a list is to be made of.
struct ListRequest {
    Methodology methodology;            ///< With the pack's own parameters.
    std::vector<std::string> settings;  ///< «parameter=value», other than these.
    model::SchoolYear year;
    model::TerritoryId territory;  ///< Empty: the whole store.
};

/// Why no list, order or letter may be made of what was found: the methodology lists nobody
/// (`no_list`), nobody is considered (`nobody_to_list`), or nothing is known of anybody
/// (`no_results`): «none was found» would be said of what nobody looked at.
std::optional<base::Error> nothing_to_list(const rules::Pack& pack, const model::SchoolList& list);

/// The list of the data as they are in `source`, derived as far as people ask why. Errors: those of
/// the settings and of `nothing_to_list`.
base::Result<model::ListContent, base::Errors> make_content(const ports::DataSource& source,
                                                            std::span<const model::Scale> scales,
                                                            const ListRequest& request,
                                                            const std::string& program);

/// The methodology of a list as it was then, its settings applied.
base::Result<Methodology, base::Errors> methodology_of(const model::ListContent& content);

/// The request that a content answers, to be asked again.
base::Result<ListRequest, base::Errors> request_of(const model::ListContent& content);

}  // namespace opora::application

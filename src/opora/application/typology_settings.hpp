#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/school_context.hpp"
#include "opora/typology/clusters.hpp"
#include "opora/typology/comparable.hpp"
#include "opora/typology/grid.hpp"
#include "opora/typology/resilience.hpp"
#include "opora/typology/spread.hpp"

namespace opora::application {

/// Everything that may be set in a typology; the defaults stand in the structs.
struct TypologyParameters {
    typology::SpaceOptions space;
    typology::ClusterOptions clusters;
    typology::ComparableOptions comparable;
    typology::GridOptions grid;
    typology::ResilienceOptions resilience;
    typology::SpreadOptions spread;
    model::IndexMethod index = model::IndexMethod::equal;
    std::int32_t years = 3;  ///< Of transitions and of the spread, the last one included.
};

/// A number of TypologyParameters under its name on the command line.
struct TypologySetting {
    std::string_view name;
    std::string_view title;  ///< Russian.
    double low;              ///< The least allowed value.
    double high;
    bool whole;
    double (*value)(const TypologyParameters&);
    void (*set)(TypologyParameters&, double);
};

std::span<const TypologySetting> typology_settings();

/// The parameters with others set, each «name=value»; a value may be a share: 0.3 or 30 %. Errors:
/// `setting_unknown`, `setting_wrong`.
base::Result<TypologyParameters> with_settings(TypologyParameters parameters,
                                               const std::vector<std::string>& settings);

}  // namespace opora::application

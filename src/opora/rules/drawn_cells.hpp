#pragma once

#include <array>
#include <cstddef>

#include "opora/indicators/catalogue.hpp"
#include "opora/statistics/lanes.hpp"

namespace opora::rules {

/// Places of the indicators of the catalogue in tables of drawn values; behind them stands
/// bottom_quartile_share.
constexpr std::size_t drawn_indicators = 17;
inline std::size_t drawn_place(const indicators::ProcedureIndicator* indicator) {
    static const indicators::ProcedureIndicator* const first =
        indicators::procedure_indicators().data();
    return indicator != nullptr ? static_cast<std::size_t>(indicator - first)
                                : drawn_indicators - 1;
}
/// The indicator of a place; nullptr for bottom_quartile_share.
const indicators::ProcedureIndicator* drawn_indicator(std::size_t place);

/// As many draws of true values as there are lanes: by indicator, the values of a candidate's cells
/// from `first` on, in the unit of the indicator. nullptr, or a negative value: no draw, the stored
/// value holds.
struct DrawnCells {
    std::size_t first = 0;
    std::array<const statistics::Lanes*, drawn_indicators> values{};
};

}  // namespace opora::rules

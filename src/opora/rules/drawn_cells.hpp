#pragma once

#include <array>
#include <cstddef>

#include "opora/indicators/catalogue.hpp"

namespace opora::rules {

/// Places of the indicators of the catalogue in tables of drawn values; behind them stands
/// bottom_quartile_share.
constexpr std::size_t drawn_indicators = 17;
std::size_t drawn_place(const indicators::ProcedureIndicator* indicator);
/// The indicator of a place; nullptr for bottom_quartile_share.
const indicators::ProcedureIndicator* drawn_indicator(std::size_t place);

/// One draw of true values: by indicator, the values of the evidence's cells from `first` on, in
/// the unit of the indicator. nullptr, or a negative value: no draw, the stored value holds.
struct DrawnCells {
    std::size_t first = 0;
    std::array<const float*, drawn_indicators> values{};
};

}  // namespace opora::rules

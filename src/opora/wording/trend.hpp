#pragma once

#include <string>
#include <utility>
#include <vector>

#include "opora/model/measurement.hpp"
#include "opora/model/school_year.hpp"

namespace opora::wording {

/// A value by years, in their order; a year without a value carries its reason.
using YearValues = std::vector<std::pair<model::SchoolYear, model::Measurement>>;

/// «2021–2024: 52,6; 47,3; 43,5; 43,8 %»; a missing value is «нет данных» or its other reason.
std::string values_by_year(const YearValues& values, model::Unit unit);

/// What the numbers say about the direction, and no more: «За период ниже на 8,8 п.п., но не каждый
/// год: в 2024 году рост на 0,3 п.п.»
///
/// Steps are differences of the printed values (shares with one decimal, marks and scores with
/// two), so that the sentence never contradicts the numbers beside it. «Каждый год» is said only
/// when every step has that direction and no year is missing. Empty for fewer than two known
/// values.
std::string trend_sentence(const YearValues& values, model::Unit unit);

}  // namespace opora::wording

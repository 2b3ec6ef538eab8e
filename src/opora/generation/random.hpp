#pragma once

#include "opora/statistics/random.hpp"

namespace opora::generation {

using statistics::logistic;
using statistics::normal_probability;
using statistics::normal_quantile;
using statistics::Random;
using statistics::text_key;

}  // namespace opora::generation

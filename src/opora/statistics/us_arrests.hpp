#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "opora/statistics/rows.hpp"

namespace opora::statistics::testing {

/// Murder, Assault, UrbanPop, Rape of the 50 states in 1973: the table USArrests of R's datasets
/// (McNeil 1977, «Interactive Data Analysis»).
inline constexpr std::array<double, 200> us_arrests{
    13.2, 236.0, 58.0, 21.2,  10.0, 263.0, 48.0, 44.5,  8.1,  294.0, 80.0, 31.0,  8.8,  190.0,
    50.0, 19.5,  9.0,  276.0, 91.0, 40.6,  7.9,  204.0, 78.0, 38.7,  3.3,  110.0, 77.0, 11.1,
    5.9,  238.0, 72.0, 15.8,  15.4, 335.0, 80.0, 31.9,  17.4, 211.0, 60.0, 25.8,  5.3,  46.0,
    83.0, 20.2,  2.6,  120.0, 54.0, 14.2,  10.4, 249.0, 83.0, 24.0,  7.2,  113.0, 65.0, 21.0,
    2.2,  56.0,  57.0, 11.3,  6,    115,   66,   18,    9.7,  109.0, 52.0, 16.3,  15.4, 249.0,
    66.0, 22.2,  2.1,  83.0,  51.0, 7.8,   11.3, 300.0, 67.0, 27.8,  4.4,  149.0, 85.0, 16.3,
    12.1, 255.0, 74.0, 35.1,  2.7,  72.0,  66.0, 14.9,  16.1, 259.0, 44.0, 17.1,  9.0,  178.0,
    70.0, 28.2,  6.0,  109.0, 53.0, 16.4,  4.3,  102.0, 62.0, 16.5,  12.2, 252.0, 81.0, 46.0,
    2.1,  57.0,  56.0, 9.5,   7.4,  159.0, 89.0, 18.8,  11.4, 285.0, 70.0, 32.1,  11.1, 254.0,
    86.0, 26.1,  13.0, 337.0, 45.0, 16.1,  0.8,  45.0,  44.0, 7.3,   7.3,  120.0, 75.0, 21.4,
    6.6,  151.0, 68.0, 20.0,  4.9,  159.0, 67.0, 29.3,  6.3,  106.0, 72.0, 14.9,  3.4,  174.0,
    87.0, 8.3,   14.4, 279.0, 48.0, 22.5,  3.8,  86.0,  45.0, 12.8,  13.2, 188.0, 59.0, 26.9,
    12.7, 201.0, 80.0, 25.5,  3.2,  120.0, 80.0, 22.9,  2.2,  48.0,  32.0, 11.2,  8.5,  156.0,
    63.0, 20.7,  4.0,  145.0, 73.0, 26.2,  5.7,  81.0,  39.0, 9.3,   2.6,  53.0,  66.0, 10.8,
    6.8,  161.0, 60.0, 15.6,
};

/// Columns with mean 0 and standard deviation 1 (n - 1), as R's scale().
inline std::vector<double> standardised(std::vector<double> values, std::size_t columns) {
    const std::size_t n = values.size() / columns;
    for (std::size_t j = 0; j < columns; ++j) {
        double mean = 0;
        double squares = 0;
        for (std::size_t i = 0; i < n; ++i) {
            mean += values[i * columns + j] / static_cast<double>(n);
        }
        for (std::size_t i = 0; i < n; ++i) {
            const double apart = values[i * columns + j] - mean;
            squares += apart * apart;
        }
        const double deviation = std::sqrt(squares / static_cast<double>(n - 1));
        for (std::size_t i = 0; i < n; ++i) {
            values[i * columns + j] = (values[i * columns + j] - mean) / deviation;
        }
    }
    return values;
}

inline std::vector<double> scaled_arrests() {
    return standardised({us_arrests.begin(), us_arrests.end()}, 4);
}

}  // namespace opora::statistics::testing

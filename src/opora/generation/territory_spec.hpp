#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "opora/model/school_year.hpp"

namespace opora::generation {

/// What is planted in a school, the truth that an identification is measured against.
enum class SchoolKind : std::uint8_t {
    low,  ///< True probability of failing of 30 % or more in at least two procedures of every year.
    resilient,  ///< Adverse context, results well above average.
    inflated,   ///< Marks lifted over the official borders, school marks that agree too well.
    small,      ///< Village school with 5 to 12 pupils in a parallel, otherwise ordinary.
    plain,
};

/// `low`, `resilient` …: the word of truth.csv.
std::string_view code(SchoolKind kind);

/// What happens to schools near the limit between low and not low.
enum class Planting : std::uint8_t {
    separated,  ///< They are moved away: a low school is made low, every other one is raised.
    natural,    ///< They stay as they were drawn, and truth.csv calls low what truly is.
};

/// Shares of the planted kinds; the rest is plain.
struct KindShares {
    double low = 0.12;
    double resilient = 0.05;
    double inflated = 0.05;
    double small = 0.15;
};

/// What to make. The same specification gives the same territory, byte for byte.
struct TerritorySpec {
    std::int32_t schools = 500;
    model::SchoolYear first{2022};
    model::SchoolYear last{2024};
    std::optional<std::int64_t>
        protocols;  ///< Wanted rows of pupils in one year; natural sizes without it.
    std::uint64_t seed = 1;
    bool annual_marks = false;  ///< Also the school's own yearly marks.
    KindShares shares;
    Planting planting = Planting::separated;
    /// Share of the schools, beside those of the kind `inflated`, whose results are made to look
    /// better in one of six ways (generation/distortion.hpp).
    double distorted = 0;
};

/// Schools of one municipality: numbers 1..25, 26..50 …
constexpr std::int32_t municipality_schools = 25;
/// Municipalities of one region.
constexpr std::int32_t region_municipalities = 40;

constexpr std::int32_t schools_max = 999'999;

}  // namespace opora::generation

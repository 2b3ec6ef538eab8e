#pragma once

#include <cstdint>
#include <vector>

#include "opora/generation/demo.hpp"
#include "opora/generation/territory_spec.hpp"

namespace opora::generation {

/// What the district's truth is made of: the same seed and years everywhere.
TerritorySpec demo_spec();

std::vector<model::Territory> demo_territories();

/// The 20 schools, in order of their codes; no results yet.
std::vector<SchoolProfile> demo_profiles();

/// Draws the procedures of a school in all years and moves single pupils until the school is listed
/// under the federal rule in 2024 (kind low) or clearly is not (all others).
std::vector<CellRows> demo_cells(const SchoolProfile& profile);

/// Turns single marks until the district's quality and success of every year equal document S4,
/// clause 1, to one decimal.
void calibrate_annual_marks(std::vector<DemoSchool>& schools);

/// Quality and success of one year in tenths of a percent.
struct DemoSeries {
    int year;
    std::int64_t quality_tenths;
    std::int64_t success_tenths;
};
inline constexpr DemoSeries demo_series[] = {
    {2021, 526, 940}, {2022, 473, 935}, {2023, 435, 958}, {2024, 438, 963}};

/// 441 teachers and who taught what; appended to the district with the staff counts of every
/// school.
void add_demo_staff(DemoDistrict& district);

}  // namespace opora::generation

#pragma once

#include <cstdint>
#include <map>

#include "opora/generation/distortion.hpp"
#include "opora/generation/territory_spec.hpp"
#include "opora/model/school.hpp"

namespace opora::generation {

/// What a school is before any year: drawn from (seed, number) alone.
struct SchoolProfile {
    std::int32_t number = 0;  ///< From 1.
    SchoolKind kind = SchoolKind::plain;
    Distortion distortion = Distortion::none;  ///< Beside the kind; see distortion_of.
    model::School school;
    double parallel =
        0;  ///< Expected pupils of one parallel, before the wanted number of protocols scales it.
    double context =
        0;  ///< Social context, standard normal over plain schools; negative is adverse.
    double effect = 0;  ///< School effect on the latent scale, shared by all its procedures.
    double stays_after_nine = 0.5;  ///< Share of a grade 9 that enters grade 10 of the same school.
    std::map<int, std::int32_t> cohort_sizes;  ///< Cohorts (year - grade) whose size is prescribed.
    bool holds_everything = false;             ///< No procedure is left out by chance.
};

/// What is planted in its results, by its kind or beside it.
Distortion distortion_of(const SchoolProfile& profile);

SchoolProfile school_profile(const TerritorySpec& spec, std::int32_t number);

/// Register ids of the municipality and region that a school of this number lies in.
model::TerritoryId municipality_of(std::int32_t number);
model::TerritoryId region_of(std::int32_t number);

}  // namespace opora::generation

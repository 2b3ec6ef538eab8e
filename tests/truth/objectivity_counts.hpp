#pragma once

#include <array>
#include <cstdint>

#include "opora/objectivity/inspect.hpp"
#include "support/generated_results.hpp"

namespace opora::testing {

/// How the signs of one generated territory agree with what was planted.
struct ObjectivityCounts {
    static constexpr std::size_t distortions = 8;

    std::int64_t planted = 0;  ///< Schools with distorted results that have a tested row.
    std::int64_t found = 0;    ///< Of those, marked.
    std::int64_t marked = 0;   ///< Schools.
    std::int64_t falsely = 0;  ///< Of those, honest.
    std::int64_t tested = 0;   ///< Schools.
    struct Sign {
        std::int64_t rows = 0;     ///< Tested rows of honest schools,
        std::int64_t below_5 = 0;  ///< of those, with p <= 0.05,
        std::int64_t below_1 = 0;  ///< and p <= 0.01,
        std::int64_t rare = 0;     ///< and p <= 0.0001.
        std::int64_t found = 0;    ///< Distorted schools with a marked row.
        std::int64_t falsely = 0;  ///< Honest ones.
    };
    std::array<Sign, model::objectivity_signs> signs;
    struct Way {
        std::int64_t planted = 0;
        std::int64_t found = 0;
        std::array<std::int64_t, model::objectivity_signs> by_sign{};
    };
    std::array<Way, distortions> ways;  ///< By generation::Distortion; honest schools stand first.

    double false_share() const {
        return marked == 0 ? 0 : static_cast<double>(falsely) / static_cast<double>(marked);
    }
};

/// Those of several territories together.
inline void add_counts(const ObjectivityCounts& one, ObjectivityCounts& all) {
    all.planted += one.planted;
    all.found += one.found;
    all.marked += one.marked;
    all.falsely += one.falsely;
    all.tested += one.tested;
    for (std::size_t i = 0; i < all.signs.size(); ++i) {
        all.signs[i].rows += one.signs[i].rows;
        all.signs[i].below_5 += one.signs[i].below_5;
        all.signs[i].below_1 += one.signs[i].below_1;
        all.signs[i].rare += one.signs[i].rare;
        all.signs[i].found += one.signs[i].found;
        all.signs[i].falsely += one.signs[i].falsely;
    }
    for (std::size_t i = 0; i < all.ways.size(); ++i) {
        all.ways[i].planted += one.ways[i].planted;
        all.ways[i].found += one.ways[i].found;
        for (std::size_t sign = 0; sign < all.signs.size(); ++sign) {
            all.ways[i].by_sign[sign] += one.ways[i].by_sign[sign];
        }
    }
}

inline void count_school(const objectivity::SchoolSigns& school, generation::Distortion distortion,
                         ObjectivityCounts& counts) {
    const bool distorted = distortion != generation::Distortion::none;
    auto& way = counts.ways[static_cast<std::size_t>(distortion)];
    ++counts.tested;
    ++way.planted;
    counts.planted += distorted ? 1 : 0;
    if (school.marked == 0) return;
    ++counts.marked;
    ++way.found;
    ++(distorted ? counts.found : counts.falsely);
}

inline ObjectivityCounts count_objectivity(const GeneratedResults& territory,
                                           const objectivity::Inspection& inspection) {
    ObjectivityCounts counts;
    for (const auto& school : inspection.schools) {
        count_school(school, territory.distortion(school.school), counts);
    }
    std::array<std::uint32_t, model::objectivity_signs> last;
    last.fill(indicators::nothing);
    for (const objectivity::Row& row : inspection.rows) {
        const auto place = static_cast<std::size_t>(row.sign);
        auto& sign = counts.signs[place];
        if (!row.tested()) continue;
        const generation::Distortion distortion = territory.distortion(row.school);
        const bool honest = distortion == generation::Distortion::none;
        if (honest) {
            ++sign.rows;
            sign.below_5 += row.p <= 0.05 ? 1 : 0;
            sign.below_1 += row.p <= 0.01 ? 1 : 0;
            sign.rare += row.p <= 0.0001 ? 1 : 0;
        }
        if (!row.marked || last[place] == row.school) continue;
        last[place] = row.school;
        ++(honest ? sign.falsely : sign.found);
        ++counts.ways[static_cast<std::size_t>(distortion)].by_sign[place];
    }
    return counts;
}

}  // namespace opora::testing

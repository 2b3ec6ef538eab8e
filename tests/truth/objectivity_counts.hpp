#pragma once

#include <array>
#include <cstdint>

#include "opora/objectivity/inspect.hpp"
#include "support/generated_results.hpp"

namespace opora::testing {

/// How the signs of one generated territory agree with what was planted.
struct ObjectivityCounts {
    std::int64_t planted = 0;  ///< Schools with inflated results that have a tested row.
    std::int64_t found = 0;    ///< Of those, marked.
    std::int64_t marked = 0;   ///< Schools.
    std::int64_t falsely = 0;  ///< Of those, honest.
    std::int64_t tested = 0;   ///< Schools.
    struct Sign {
        std::int64_t rows = 0;     ///< Tested rows of honest schools,
        std::int64_t below_5 = 0;  ///< of those, with p <= 0.05,
        std::int64_t below_1 = 0;  ///< and p <= 0.01,
        std::int64_t rare = 0;     ///< and p <= 0.0001.
        std::int64_t found = 0;    ///< Inflated schools with a marked row.
        std::int64_t falsely = 0;  ///< Honest ones.
    };
    std::array<Sign, model::objectivity_signs> signs;

    double false_share() const {
        return marked == 0 ? 0 : static_cast<double>(falsely) / static_cast<double>(marked);
    }
};

inline ObjectivityCounts count_objectivity(const GeneratedResults& territory,
                                           const objectivity::Inspection& inspection) {
    const auto inflated = [&](objectivity::SchoolNumber school) {
        return territory.kind(school) == generation::SchoolKind::inflated;
    };
    ObjectivityCounts counts;
    for (const auto& school : inspection.schools) {
        ++counts.tested;
        counts.planted += inflated(school.school) ? 1 : 0;
        if (school.marked == 0) continue;
        ++counts.marked;
        ++(inflated(school.school) ? counts.found : counts.falsely);
    }
    std::array<std::uint32_t, model::objectivity_signs> last;
    last.fill(indicators::nothing);
    for (const objectivity::Row& row : inspection.rows) {
        const auto place = static_cast<std::size_t>(row.sign);
        auto& sign = counts.signs[place];
        if (!row.tested()) continue;
        if (!inflated(row.school)) {
            ++sign.rows;
            sign.below_5 += row.p <= 0.05 ? 1 : 0;
            sign.below_1 += row.p <= 0.01 ? 1 : 0;
            sign.rare += row.p <= 0.0001 ? 1 : 0;
        }
        if (!row.marked || last[place] == row.school) continue;
        last[place] = row.school;
        ++(inflated(row.school) ? sign.found : sign.falsely);
    }
    return counts;
}

}  // namespace opora::testing

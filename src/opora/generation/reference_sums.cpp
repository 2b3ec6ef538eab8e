#include "opora/generation/reference_sums.hpp"

#include <utility>

namespace opora::generation {

void ReferenceSums::add(const CellRows& cell) {
    const WorkForm& work = *cell.work;
    Sums& sums = sums_[{cell.year.ending, work.type, work.grade, std::string{work.subject}}];
    sums.work = &work;
    for (const PupilRow& pupil : cell.pupils) {
        if (!pupil.score || !pupil.mark) continue;
        ++sums.pupils;
        sums.score += *pupil.score;
        sums.marks += *pupil.mark;
        sums.good += *pupil.mark >= 4 ? 1 : 0;
        sums.failed += *pupil.mark == 2 ? 1 : 0;
    }
}

void ReferenceSums::merge(const ReferenceSums& other) {
    for (const auto& [key, added] : other.sums_) {
        Sums& sums = sums_[key];
        sums.work = added.work;
        sums.pupils += added.pupils;
        sums.score += added.score;
        sums.marks += added.marks;
        sums.good += added.good;
        sums.failed += added.failed;
    }
}

std::vector<model::ReferenceValue> ReferenceSums::values(
    const model::TerritoryId& territory) const {
    std::vector<model::ReferenceValue> values;
    for (const auto& [key, sums] : sums_) {
        if (sums.pupils == 0) continue;
        const auto procedure = procedure_of(*sums.work, {std::get<0>(key)});
        const std::int64_t n = sums.pupils;
        const auto add = [&](std::string indicator, std::int64_t numerator,
                             std::int64_t denominator) {
            values.push_back({.territory = territory,
                              .procedure = procedure,
                              .indicator = {std::move(indicator)},
                              .value = {numerator, denominator},
                              .n = n});
        };
        add("score_share", sums.score, sums.pupils * sums.work->score_max);
        add("mean_mark", sums.marks, sums.pupils);
        add("quality", sums.good, sums.pupils);
        add("low_share", sums.failed, sums.pupils);
    }
    return values;
}

}  // namespace opora::generation

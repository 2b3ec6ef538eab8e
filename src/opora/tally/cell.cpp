#include "opora/tally/cell.hpp"

#include <algorithm>

namespace opora::tally {

void merge(CellCounts& into, const CellCounts& other) {
    into.participants += other.participants;
    into.no_result += other.no_result;
    into.listed += other.listed;
    for (std::size_t i = 0; i < into.marks.size(); ++i) into.marks[i] += other.marks[i];
    into.minimum_known += other.minimum_known;
    into.below_minimum += other.below_minimum;
    into.at_minimum_known += other.at_minimum_known;
    into.at_minimum += other.at_minimum;
    into.scored += other.scored;
    into.score_sum += other.score_sum;
    into.score_squares += other.score_squares;
    into.score_max = std::max(into.score_max, other.score_max);
    into.journaled += other.journaled;
    into.lowered += other.lowered;
    into.confirmed += other.confirmed;
    into.raised += other.raised;
    into.far_apart += other.far_apart;
}

namespace {

void add(std::vector<std::int32_t>& into, const std::vector<std::int32_t>& other) {
    if (into.size() < other.size()) into.resize(other.size(), 0);
    for (std::size_t i = 0; i < other.size(); ++i) into[i] += other[i];
}

void add(std::vector<TaskTally>& into, const std::vector<TaskTally>& other) {
    if (into.size() < other.size()) into.resize(other.size());
    for (std::size_t i = 0; i < other.size(); ++i) {
        add(into[i].counts, other[i].counts);
        into[i].missing += other[i].missing;
    }
}

}  // namespace

void merge(CellDetail& into, const CellDetail& other) {
    add(into.histogram, other.histogram);
    for (std::size_t mark = 0; mark < 4; ++mark) {
        for (std::size_t journal = 0; journal < 4; ++journal) {
            into.journal[mark][journal] += other.journal[mark][journal];
        }
        add(into.tasks_by_mark[mark], other.tasks_by_mark[mark]);
    }
    add(into.tasks, other.tasks);
    for (const ClassTally& theirs : other.classes) {
        const auto place =
            std::ranges::lower_bound(into.classes, theirs.class_name, {}, &ClassTally::class_name);
        if (place != into.classes.end() && place->class_name == theirs.class_name) {
            merge(place->counts, theirs.counts);
        } else {
            into.classes.insert(place, theirs);
        }
    }
}

}  // namespace opora::tally

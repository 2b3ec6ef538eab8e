#include "opora/tally/cell_counter.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include "opora/base/expects.hpp"

namespace opora::tally {

namespace {

constexpr std::int16_t absent = model::ResultTable::absent;
constexpr std::int32_t test_score_max = 100;
constexpr std::int32_t score_limit =
    4'000;  // Refused above it at the border: the histogram stays small.

std::int16_t at(const std::vector<std::int16_t>& column, std::size_t row) {
    return column.empty() ? absent : column[row];
}

std::size_t mark_index(std::int16_t mark) {
    OPORA_EXPECTS(mark >= 2 && mark <= 5);
    return static_cast<std::size_t>(mark - 2);
}

void count_flag(std::int16_t flag, std::int32_t& known, std::int32_t& yes) {
    if (flag == absent) return;
    ++known;
    yes += flag != 0 ? 1 : 0;
}

void count_task(TaskTally& task, std::int16_t points) {
    if (points == absent) {
        ++task.missing;
        return;
    }
    OPORA_EXPECTS(points >= 0 && points <= score_limit);
    const auto place = static_cast<std::size_t>(points);
    if (task.counts.size() <= place) task.counts.resize(place + 1, 0);
    ++task.counts[place];
}

}  // namespace

CellCounter::CellCounter(const model::ResultTable& table, const RowGroups& groups)
    : table_{table},
      groups_{groups},
      class_ranks_{text_ranks(table.classes)},
      score_max_(table.procedures.size(), 0),
      class_slots_(table.classes.size(), 0),
      classes_(1) {
    for (const model::Work& work : table.works) {
        const auto found = std::ranges::find(table.procedures, work.procedure);
        if (found == table.procedures.end() || !work.score_max) continue;
        auto& known = score_max_[static_cast<std::size_t>(found - table.procedures.begin())];
        known = std::max(known, *work.score_max);
    }
}

const Cell& CellCounter::count(std::size_t group) {
    const auto runs = groups_.runs(group);
    start(runs.front());
    for (const RowRun& run : runs) {
        for (std::size_t row = run.begin; row < run.end; ++row) count_row(row);
    }
    finish();
    return cell_;
}

void CellCounter::start(const RowRun& first) {
    const std::size_t row = first.begin;
    cell_.school.value = table_.schools.text(table_.school[row]);
    cell_.procedure = table_.procedures[table_.procedure[row]];
    cell_.origin = Origin::protocol;
    cell_.counts = {};
    cell_.detail.histogram.clear();
    cell_.detail.journal = {};
    cell_.detail.tasks.clear();
    for (auto& tasks : cell_.detail.tasks_by_mark) tasks.clear();
    cell_.row_first = table_.source_row[row];
    cell_.row_last = cell_.row_first;
    classes_.resize(1);
    classes_.front() = {};
    work_score_max_ = score_max_[table_.procedure[row]];
    with_test_score_ =
        cell_.procedure.type == model::ProcedureType::ege && !table_.test_score.empty();
}

CellCounter::ClassCounts& CellCounter::class_of(std::size_t row) {
    if (table_.class_name.empty()) return classes_.front();
    const std::uint16_t number = table_.class_name[row];
    if (class_slots_[number] != 0) return classes_[class_slots_[number]];
    if (table_.classes.text(number).empty()) return classes_.front();
    class_slots_[number] = static_cast<std::uint16_t>(classes_.size());
    classes_.push_back({number, false, {}});
    return classes_.back();
}

void CellCounter::count_row(std::size_t row) {
    ClassCounts& its_class = class_of(row);
    CellCounts& counts = its_class.counts;
    cell_.row_first = std::min(cell_.row_first, table_.source_row[row]);
    cell_.row_last = std::max(cell_.row_last, table_.source_row[row]);

    const std::int16_t mark = at(table_.mark, row);
    const std::int16_t test = with_test_score_ ? table_.test_score[row] : absent;
    const std::int16_t score = test != absent ? test : at(table_.score, row);
    if (mark == absent && score == absent) {
        ++counts.no_result;
        return;
    }
    ++counts.participants;
    ++counts.listed;
    its_class.has_test_score = its_class.has_test_score || test != absent;
    if (score != absent) count_score(score, counts);
    if (mark != absent) count_marks(row, mark, counts);
    count_flag(at(table_.below_minimum, row), counts.minimum_known, counts.below_minimum);
    count_flag(at(table_.at_minimum, row), counts.at_minimum_known, counts.at_minimum);
    if (!table_.points_begin.empty()) count_points(row, mark);
}

void CellCounter::count_score(std::int32_t score, CellCounts& counts) {
    OPORA_EXPECTS(score >= 0 && score <= score_limit);
    ++counts.scored;
    counts.score_sum += score;
    counts.score_squares += std::int64_t{score} * score;
    auto& histogram = cell_.detail.histogram;
    const auto place = static_cast<std::size_t>(score);
    if (histogram.size() <= place) histogram.resize(place + 1, 0);
    ++histogram[place];
}

void CellCounter::count_marks(std::size_t row, std::int16_t mark, CellCounts& counts) {
    ++counts.marks[mark_index(mark)];
    const std::int16_t journal = at(table_.journal_mark, row);
    if (journal == absent) return;
    ++counts.journaled;
    ++cell_.detail.journal[mark_index(mark)][mark_index(journal)];
    counts.lowered += mark < journal ? 1 : 0;
    counts.confirmed += mark == journal ? 1 : 0;
    counts.raised += mark > journal ? 1 : 0;
    counts.far_apart += std::abs(mark - journal) >= 2 ? 1 : 0;
}

void CellCounter::count_points(std::size_t row, std::int16_t mark) {
    const auto points = table_.points_of(row);
    auto& tasks = cell_.detail.tasks;
    if (tasks.size() < points.size()) tasks.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) count_task(tasks[i], points[i]);
    if (mark == absent) return;

    auto& tasks_of_mark = cell_.detail.tasks_by_mark[mark_index(mark)];
    if (tasks_of_mark.size() < points.size()) tasks_of_mark.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) count_task(tasks_of_mark[i], points[i]);
}

void CellCounter::finish() {
    for (ClassCounts& part : classes_) {
        part.counts.score_max = part.has_test_score ? test_score_max : work_score_max_;
        merge(cell_.counts, part.counts);
    }
    const auto named = std::span{classes_}.subspan(1);
    for (const ClassCounts& part : named) class_slots_[part.class_name] = 0;
    std::ranges::sort(named, {},
                      [&](const ClassCounts& part) { return class_ranks_[part.class_name]; });
    cell_.detail.classes.resize(named.size());
    for (std::size_t i = 0; i < named.size(); ++i) {
        cell_.detail.classes[i].class_name = table_.classes.text(named[i].class_name);
        cell_.detail.classes[i].counts = named[i].counts;
    }
}

}  // namespace opora::tally

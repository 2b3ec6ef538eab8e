#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/aggregate_patterns.hpp"
#include "opora/intake/kinds/aggregate_rows.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_protocols.hpp"
#include "opora/intake/kinds/rebuilt_counts.hpp"

namespace opora::intake {

namespace {

/// The percents of a row as counts; a row that cannot be one whole gets a reason.
std::optional<RebuiltCounts> counts_of(AggregateSheet& sheet, std::int32_t n,
                                       std::span<const std::size_t> places) {
    std::vector<base::Fraction> percents;
    for (const std::size_t place : places) {
        if (const auto percent = sheet.percent(place)) percents.push_back(*percent);
    }
    if (!sheet.rows().good()) return std::nullopt;
    auto counts = rebuilt_counts(n, percents);
    if (!counts) {
        sheet.rows().fail_at(places.front(), "percents_sum",
                             "Проценты строки в сумме далеки от 100.", "сумма около 100");
    } else if (!counts->fits) {
        sheet.warn_misfit();
    }
    return counts;
}

/// The number of participants; a row without participants brings nothing.
std::optional<std::int32_t> needed_participants(AggregateSheet& sheet, const Session& session) {
    const auto n = sheet.participants();
    if (!n && sheet.rows().good()) {
        sheet.rows().fail(session.kind.number("n"), "n_unknown",
                          "Не указано количество участников.", "целое число");
    }
    if (n && *n == 0) {
        sheet.rows().warn("no_participants", "Школы без участников пропущены.");
        return std::nullopt;
    }
    return n;
}

class MarksReader : public KindReader {
public:
    explicit MarksReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        const HeadedTable headed =
            OPORA_TRY(find_headings(table, session_.kind, session_.dictionaries().synonyms));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        AggregateSheet sheet{session_, table.sheet(), headed};
        std::array<std::size_t, 4> places{};
        for (std::size_t mark = 0; mark < 4; ++mark) {
            places[mark] =
                *headed.headings
                     .places[session_.kind.number(fmt::format("task_mark_{}", mark + 2))];
        }
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) {
            if (!is_comment(row) && sheet.begin(row)) take(sheet, places);
        }
        return base::Done{};
    }

private:
    void take(AggregateSheet& sheet, std::span<const std::size_t> places) {
        auto cell = sheet.cell();
        const auto n = needed_participants(sheet, session_);
        const auto rebuilt = n ? counts_of(sheet, *n, places) : std::nullopt;
        if (cell && rebuilt) {
            std::ranges::copy(rebuilt->counts, cell->counts.marks.begin());
            cell->counts.participants = *n;
            cell->counts.minimum_known = *n;
            cell->counts.below_minimum = cell->counts.marks[0];
        } else {
            cell.reset();
        }
        sheet.finish_row(std::move(cell));
    }

    Session& session_;
};

class ScoresReader : public KindReader {
public:
    explicit ScoresReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        std::vector<std::size_t> places;
        const HeadedTable headed = OPORA_TRY(find_headings_where(
            table, session_.kind, session_.dictionaries().synonyms, [&](Headings& headings) {
                places = find_score_columns(headings);
                return !places.empty();
            }));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        AggregateSheet sheet{session_, table.sheet(), headed};
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) {
            if (!is_comment(row) && sheet.begin(row)) take(sheet, places);
        }
        return base::Done{};
    }

private:
    void take(AggregateSheet& sheet, const std::vector<std::size_t>& places) {
        auto cell = sheet.cell();
        const auto n = needed_participants(sheet, session_);
        const auto rebuilt = n ? counts_of(sheet, *n, places) : std::nullopt;
        if (cell && rebuilt) {
            tally::CellCounts& counts = cell->counts;
            counts.participants = *n;
            counts.scored = *n;
            counts.score_max = static_cast<std::int32_t>(places.size()) - 1;
            for (std::int64_t score = 0; score < std::ssize(rebuilt->counts); ++score) {
                const std::int64_t pupils = rebuilt->counts[static_cast<std::size_t>(score)];
                counts.score_sum += score * pupils;
                counts.score_squares += score * score * pupils;
            }
            cell->detail.histogram = rebuilt->counts;
        } else {
            cell.reset();
        }
        sheet.finish_row(std::move(cell));
    }

    Session& session_;
};

class TasksReader : public KindReader {
public:
    explicit TasksReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        const HeadedTable headed = OPORA_TRY(find_headings_where(
            table, session_.kind, session_.dictionaries().synonyms, [&](Headings& headings) {
                if (headings.recognised() == 0) return false;
                tasks_ = find_task_columns(headings, nullptr);
                return tasks_.size() >= 2;
            }));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        AggregateSheet sheet{session_, table.sheet(), headed};
        bool first = true;
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) {
            if (is_comment(row)) continue;
            if (take_maxima(row)) continue;
            if (first) settle_maxima(table.sheet());
            first = false;
            if (sheet.begin(row)) take(sheet);
        }
        return base::Done{};
    }

private:
    /// The row «Макс балл» under the headings.
    bool take_maxima(const TableRow& row) {
        const auto label = std::ranges::find_if(
            row.cells, [](const std::string& cell) { return !stripped(cell).empty(); });
        if (label == row.cells.end() || !normalised(*label).starts_with("макс")) return false;
        for (TaskColumn& task : tasks_) {
            const auto points =
                task.place < row.cells.size() ? whole_number(row.cells[task.place]) : std::nullopt;
            if (points && *points > 0 && *points <= 100) task.task.points_max = *points;
        }
        return true;
    }

    void settle_maxima(const std::string& sheet) {
        for (TaskColumn& task : tasks_) {
            if (task.task.points_max > 0) continue;
            task.task.points_max = 1;
            session_.report.warn(
                {.code = "task_max_unknown",
                 .message = fmt::format("Для задания {} не указан максимальный балл: принят 1.",
                                        task.task.number),
                 .place = {"", sheet, std::nullopt, task.task.number}});
        }
    }

    void take(AggregateSheet& sheet) {
        if (sheet.of_territory()) {
            sheet.rows().warn("group_skipped",
                              "Выполнение заданий по стране, региону и району не сохраняется: "
                              "таких показателей для сравнения нет.");
            return;
        }
        auto cell = sheet.cell();
        const auto n = needed_participants(sheet, session_);
        if (cell && n) {
            cell->counts.participants = *n;
            for (const TaskColumn& column : tasks_) {
                if (const auto percent = sheet.percent(column.place)) {
                    cell->detail.tasks.push_back(task_tally(*n, column.task.points_max, *percent));
                }
            }
            add_work(cell->procedure);
        } else {
            cell.reset();
        }
        sheet.finish_row(std::move(cell));
    }

    /// The form tells only the sum of the points. They are laid out as evenly as whole points
    /// allow, which keeps the sum and with it the percent; how the pupils really differed is not in
    /// the form.
    static tally::TaskTally task_tally(std::int32_t n, std::int32_t points_max,
                                       const base::Fraction& percent) {
        const std::int64_t sum = rebuilt_count(std::int64_t{n} * points_max, percent);
        tally::TaskTally task;
        task.counts.resize(static_cast<std::size_t>(points_max) + 1, 0);
        const auto share = static_cast<std::size_t>(sum / n);
        const auto above = static_cast<std::int32_t>(sum % n);
        task.counts[share] = n - above;
        if (above > 0) task.counts[share + 1] = above;
        return task;
    }

    void add_work(const model::Procedure& procedure) {
        auto& works = session_.batch.form_works;
        if (std::ranges::find(works, procedure, &model::Work::procedure) != works.end()) return;
        model::Work work{.procedure = procedure};
        for (const TaskColumn& column : tasks_) work.tasks.push_back(column.task);
        works.push_back(std::move(work));
    }

    Session& session_;
    std::vector<TaskColumn> tasks_;
};

}  // namespace

std::unique_ptr<KindReader> vpr_marks_reader(Session& session) {
    return std::make_unique<MarksReader>(session);
}
std::unique_ptr<KindReader> vpr_scores_reader(Session& session) {
    return std::make_unique<ScoresReader>(session);
}
std::unique_ptr<KindReader> vpr_tasks_reader(Session& session) {
    return std::make_unique<TasksReader>(session);
}

}  // namespace opora::intake

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>
#include <unordered_map>

#include "opora/application/form_differences.hpp"
#include "opora/application/import_preview.hpp"
#include "opora/base/russian.hpp"
#include "opora/tally/cell_counter.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::application {

namespace {

constexpr std::size_t cells_compared_by_row_max = 2'000;
constexpr std::size_t cells_read_at_once = 10'000;
constexpr std::uint32_t nobody = UINT32_MAX;

/// A pupil's row without its place in the file: what two imports are compared by.
using RowKey = std::tuple<std::string, std::string, std::string, std::optional<std::int32_t>,
                          std::optional<std::int32_t>, std::optional<std::int32_t>,
                          std::optional<std::int32_t>, std::vector<std::optional<std::int16_t>>>;

RowKey row_key(const model::AssessmentResult& row) {
    return {row.participant, row.class_name, row.variant,      row.score,
            row.test_score,  row.mark,       row.journal_mark, row.points};
}

RowDelta compare_rows(std::vector<RowKey> before, std::vector<RowKey> after) {
    std::ranges::sort(before);
    std::ranges::sort(after);
    std::vector<RowKey> same;
    std::ranges::set_intersection(before, after, std::back_inserter(same));
    const auto unchanged = std::ssize(same);
    const auto left_before = std::ssize(before) - unchanged;
    const auto left_after = std::ssize(after) - unchanged;
    const auto changed = std::min(left_before, left_after);
    return {left_after - changed, changed, left_before - changed, unchanged};
}

std::int64_t rows_of(const tally::CellCounts& counts) {
    return std::int64_t{counts.participants} + counts.no_result;
}

RowDelta compare_cells(const tally::Cell& before, const tally::Cell& after) {
    if (before.counts == after.counts && before.detail == after.detail) {
        return {.unchanged = rows_of(after.counts)};
    }
    const std::int64_t rows_before = rows_of(before.counts);
    const std::int64_t rows_after = rows_of(after.counts);
    const auto changed = std::min(rows_before, rows_after);
    return {rows_after - changed, changed, rows_before - changed, 0};
}

/// The (school, procedure) groups of a table, found by their names.
class GroupFinder {
public:
    GroupFinder(const model::ResultTable& table, const tally::RowGroups& groups)
        : table_{table}, groups_{groups}, ranks_{tally::procedure_ranks(table.procedures)} {
        for (std::uint32_t group = 0; group < groups.size(); ++group) {
            const std::uint32_t school = table.school[groups.runs(group).front().begin];
            auto& range = ranges_[table.schools.text(school)];
            if (range.second == 0) range.first = group;
            range.second = group + 1;
        }
    }

    model::SchoolId school(std::size_t group) const {
        return {std::string{table_.schools.text(table_.school[first_row(group)])}};
    }
    const model::Procedure& procedure(std::size_t group) const {
        return table_.procedures[table_.procedure[first_row(group)]];
    }

    /// Calls `visit(group, cell)` for the cells of a stored file that the table has too.
    template <class Visit>
    void each_met(const tally::CoreCells& block, const Visit& visit) const {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
        for (const model::SchoolId& id : block.schools) {
            const auto found = ranges_.find(id.value);
            ranges.push_back(found != ranges_.end() ? found->second : std::pair{0U, 0U});
        }
        std::vector<std::uint32_t> ranks;
        for (const model::Procedure& held : block.procedures) ranks.push_back(rank(held));
        for (const tally::CoreCell& cell : block.cells) {
            const std::uint32_t wanted = ranks[cell.procedure];
            if (wanted == nobody) continue;
            const std::uint32_t group = find(ranges[cell.school], wanted);
            if (group != nobody) visit(group, cell);
        }
    }

    std::uint32_t find(const model::SchoolId& school, const model::Procedure& procedure) const {
        const auto found = ranges_.find(school.value);
        const std::uint32_t wanted = rank(procedure);
        if (found == ranges_.end() || wanted == nobody) return nobody;
        return find(found->second, wanted);
    }

private:
    std::uint32_t first_row(std::size_t group) const { return groups_.runs(group).front().begin; }

    std::uint32_t rank(const model::Procedure& procedure) const {
        const auto found = std::ranges::find(table_.procedures, procedure);
        if (found == table_.procedures.end()) return nobody;
        return ranks_[static_cast<std::size_t>(found - table_.procedures.begin())];
    }

    std::uint32_t find(std::pair<std::uint32_t, std::uint32_t> range, std::uint32_t wanted) const {
        while (range.first < range.second) {
            const std::uint32_t middle = range.first + (range.second - range.first) / 2;
            const std::uint32_t met = ranks_[table_.procedure[first_row(middle)]];
            if (met == wanted) return middle;
            (met < wanted ? range.first : range.second) = met < wanted ? middle + 1 : middle;
        }
        return nobody;
    }

    const model::ResultTable& table_;
    const tally::RowGroups& groups_;
    std::vector<std::uint32_t> ranks_;
    std::unordered_map<std::string_view, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

class ResultsPreview {
public:
    ResultsPreview(ports::Store& store, const ports::ImportBatch& batch,
                   const ImportOptions& options)
        : store_{store},
          batch_{batch},
          options_{options},
          facts_{facts_in_force(store.register_store().imports())},
          groups_{batch.results},
          finder_{batch.results, groups_},
          counter_{batch.results, groups_},
          held_by_(groups_.size(), nobody) {}

    void compare(ImportPreview& preview) {
        preview.cells += static_cast<std::int64_t>(groups_.size());
        HeldCells forms;
        for (std::uint32_t number = 0; number < facts_.size(); ++number) meet(number, forms);
        const auto stored = std::ssize(held_by_) - std::ranges::count(held_by_, nobody);
        std::vector<RowDelta> deltas(groups_.size());
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            deltas[group].added = rows(group);
        }
        if (stored > 0) {
            if (static_cast<std::size_t>(stored) <= cells_compared_by_row_max) {
                by_row(deltas);
            } else {
                by_cell(deltas);
            }
        }
        warn_of_vanished(deltas, preview);
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            add(preview, deltas[group]);
            if (!worth_a_note(preview, deltas[group])) continue;
            note_change(preview,
                        cell_words(finder_.school(group), finder_.procedure(group), options_),
                        deltas[group]);
        }
        differ(forms, preview);
    }

private:
    /// However few they are: who sends a part of a protocol does not know that it replaces all.
    void warn_of_vanished(const std::vector<RowDelta>& deltas, ImportPreview& preview) const {
        std::int64_t vanished = 0;
        std::int64_t cells = 0;
        std::size_t first = 0;
        for (std::size_t group = deltas.size(); group-- > 0;) {
            if (deltas[group].vanished == 0) continue;
            vanished += deltas[group].vanished;
            cells += 1;
            first = group;
        }
        if (vanished == 0) return;
        const std::string where =
            cell_words(finder_.school(first), finder_.procedure(first), options_);
        preview.warnings.push_back(
            {.code = "results_vanish",
             .message = fmt::format(
                 "В файле нет {} из загруженных раньше: {}{}. Протокол заменяет прежний целиком; "
                 "если в файле только часть класса, дополните его и загрузите снова.",
                 base::counted(vanished, {"результата", "результатов", "результатов"}), where,
                 cells > 1 ? fmt::format(" и ещё в {}",
                                         base::counted(cells - 1, {"работе", "работах", "работах"}))
                           : std::string{}),
             .place = {.file = batch_.file}});
    }

    std::int64_t rows(std::size_t group) const {
        return static_cast<std::int64_t>(groups_.rows_before(group + 1) -
                                         groups_.rows_before(group));
    }

    /// Notes which groups of the file a stored file holds; the latest protocol is the one replaced.
    void meet(std::uint32_t number, HeldCells& forms) {
        const tally::CoreCells block = store_.fact_store().core_cells(facts_[number].identity);
        finder_.each_met(block, [&](std::uint32_t group, const tally::CoreCell& cell) {
            if (cell.origin == tally::Origin::protocol) {
                held_by_[group] = number;
            } else {
                hold_form(forms[{finder_.school(group), finder_.procedure(group)}],
                          {number, cell.row_first, cell.counts});
            }
        });
    }

    void by_row(std::vector<RowDelta>& deltas) {
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            if (held_by_[group] == nobody) continue;
            const model::ResultTable before = store_.fact_store().results(
                facts_[held_by_[group]].identity, finder_.school(group), finder_.procedure(group));
            std::vector<RowKey> stored;
            for (std::size_t i = 0; i < before.rows(); ++i)
                stored.push_back(row_key(before.row(i)));
            std::vector<RowKey> own;
            for (const tally::RowRun& run : groups_.runs(group)) {
                for (std::size_t i = run.begin; i < run.end; ++i) {
                    own.push_back(row_key(batch_.results.row(i)));
                }
            }
            deltas[group] = compare_rows(std::move(stored), std::move(own));
        }
    }

    void by_cell(std::vector<RowDelta>& deltas) {
        for (std::uint32_t number = 0; number < facts_.size(); ++number) {
            ports::CellFilter filter;
            std::size_t cells = 0;
            for (std::size_t group = 0; group < groups_.size(); ++group) {
                if (held_by_[group] != number) continue;
                const model::SchoolId school = finder_.school(group);
                if (filter.schools.empty() || filter.schools.back() != school) {
                    if (cells >= cells_read_at_once) {
                        compare_with(number, filter, deltas);
                        filter.schools.clear();
                        cells = 0;
                    }
                    filter.schools.push_back(school);
                }
                ++cells;
            }
            if (!filter.schools.empty()) compare_with(number, filter, deltas);
        }
    }

    void compare_with(std::uint32_t number, const ports::CellFilter& filter,
                      std::vector<RowDelta>& deltas) {
        for (const tally::Cell& before :
             store_.fact_store().cells(facts_[number].identity, filter)) {
            const std::uint32_t group = finder_.find(before.school, before.procedure);
            if (group == nobody || held_by_[group] != number) continue;
            deltas[group] = compare_cells(before, counter_.count(group));
        }
    }

    /// Where the rows of pupils differ from the forms that told of them until now.
    void differ(const HeldCells& forms, ImportPreview& preview) {
        std::vector<FormDifference> all;
        for (const auto& [key, held] : forms) {
            const std::uint32_t group = finder_.find(key.first, key.second);
            const tally::CellCounts& own = counter_.count(group).counts;
            std::uint32_t told = nobody;
            for (const auto& form : held.forms) {
                if (!form || form->fact == told) continue;
                told = form->fact;
                std::string counts = differing_counts(form->counts, own);
                if (counts.empty()) continue;
                all.push_back({key.first, key.second, std::move(counts), facts_[form->fact].file,
                               batch_.file, true, form->row});
            }
        }
        warn_of(all, options_, preview.warnings);
    }

    ports::Store& store_;
    const ports::ImportBatch& batch_;
    const ImportOptions& options_;
    std::vector<FactInForce> facts_;
    tally::RowGroups groups_;
    GroupFinder finder_;
    tally::CellCounter counter_;
    std::vector<std::uint32_t> held_by_;  ///< By group: number of the fact file that is replaced.
};

/// Whether anything stored was held in one of the procedures of the file.
bool meets_stored(ports::Store& store, const model::ResultTable& results) {
    for (const FactInForce& fact : facts_in_force(store.register_store().imports())) {
        for (const model::Procedure& held :
             store.fact_store().core_cells(fact.identity).procedures) {
            if (std::ranges::find(results.procedures, held) != results.procedures.end()) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

void preview_results(ports::Store& store, const ports::ImportBatch& batch,
                     const ImportOptions& options, ImportPreview& preview) {
    if (batch.results.rows() == 0) return;
    if (!meets_stored(store, batch.results)) {
        // Nothing to meet: the cells need not be counted before they are stored.
        preview.added += static_cast<std::int64_t>(batch.results.rows());
        return;
    }
    ResultsPreview{store, batch, options}.compare(preview);
}

}  // namespace opora::application

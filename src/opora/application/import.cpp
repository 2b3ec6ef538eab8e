#include "opora/application/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "opora/application/evidence_loading.hpp"
#include "opora/base/russian.hpp"
#include "opora/tally/tally_results.hpp"

namespace opora::application {

namespace {

using CellKey = std::pair<model::SchoolId, model::Procedure>;

constexpr std::int64_t changes_free = 10;          // Rows that may always change …
constexpr std::int64_t changes_percent_free = 10;  // … and percent of the rows met.
constexpr std::size_t cells_compared_by_row_max = 2'000;

/// A stored cell of the same origin, found by its key: which file holds it and its counts.
struct StoredCell {
    model::FactIdentity identity;
    tally::CellCounts counts;
};

std::map<CellKey, StoredCell> stored_cells(ports::Store& store, tally::Origin origin,
                                           const std::map<CellKey, tally::CellCounts>& wanted) {
    std::map<CellKey, StoredCell> found;
    if (wanted.empty()) return found;
    for (const FactInForce& fact : facts_in_force(store.register_store().imports())) {
        const tally::CoreCells block = store.fact_store().core_cells(fact.identity);
        for (const tally::CoreCell& cell : block.cells) {
            if (cell.origin != origin) continue;
            const CellKey key{block.schools[cell.school], block.procedures[cell.procedure]};
            if (wanted.contains(key)) found[key] = {fact.identity, cell.counts};
        }
    }
    return found;
}

/// A pupil's row without its place in the file: what two imports are compared by.
using RowKey = std::tuple<std::string, std::string, std::string, std::optional<std::int32_t>,
                          std::optional<std::int32_t>, std::optional<std::int32_t>,
                          std::optional<std::int32_t>, std::vector<std::optional<std::int16_t>>>;

RowKey row_key(const model::AssessmentResult& row) {
    return {row.participant, row.class_name, row.variant,      row.score,
            row.test_score,  row.mark,       row.journal_mark, row.points};
}

struct RowDelta {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t vanished = 0;
    std::int64_t unchanged = 0;
};

/// Equal rows cancel; a leftover of each side is a changed row, the rest was added or vanished.
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

RowDelta compare_counts(std::int64_t before, std::int64_t after) {
    const auto changed = std::min(before, after);
    return {after - changed, changed, before - changed, 0};
}

std::int64_t rows_of(const tally::CellCounts& counts) {
    return std::int64_t{counts.participants} + counts.no_result;
}

void add(ImportPreview& preview, const RowDelta& delta) {
    preview.added += delta.added;
    preview.changed += delta.changed;
    preview.vanished += delta.vanished;
    preview.unchanged += delta.unchanged;
    preview.rows_before += delta.changed + delta.vanished + delta.unchanged;
}

/// Rows of the file by (school, procedure), made once for the cells that are stored already.
std::map<CellKey, std::vector<RowKey>> rows_by_cell(const model::ResultTable& results,
                                                    const std::map<CellKey, StoredCell>& stored) {
    std::map<CellKey, std::vector<RowKey>> rows;
    for (std::size_t i = 0; i < results.rows(); ++i) {
        const model::AssessmentResult row = results.row(i);
        const CellKey key{row.school, row.procedure};
        if (stored.contains(key)) rows[key].push_back(row_key(row));
    }
    return rows;
}

std::vector<RowKey> stored_rows(ports::Store& store, const StoredCell& cell, const CellKey& key) {
    const model::ResultTable table =
        store.fact_store().results(cell.identity, key.first, key.second);
    std::vector<RowKey> rows;
    for (std::size_t i = 0; i < table.rows(); ++i) rows.push_back(row_key(table.row(i)));
    return rows;
}

void note_change(ImportPreview& preview, const CellKey& key, const RowDelta& delta) {
    constexpr std::size_t examples_max = 20;
    if (delta.changed + delta.vanished == 0 || preview.examples.size() == examples_max) return;
    preview.examples.push_back(fmt::format(
        "школа {}, {} {}, {} класс, {}: изменится {}, исчезнет {}, добавится {}", key.first.value,
        model::title(key.second.type), key.second.subject.value, key.second.grade,
        model::title(key.second.year), delta.changed, delta.vanished, delta.added));
}

std::map<CellKey, tally::CellCounts> counts_of(const std::vector<tally::Cell>& cells) {
    std::map<CellKey, tally::CellCounts> counts;
    for (const tally::Cell& cell : cells) counts[{cell.school, cell.procedure}] = cell.counts;
    return counts;
}

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

void preview_results(ports::Store& store, const model::ResultTable& results,
                     ImportPreview& preview) {
    if (results.rows() == 0) return;
    if (!meets_stored(store, results)) {
        // Nothing to meet: the cells need not be counted before they are stored.
        preview.added += static_cast<std::int64_t>(results.rows());
        return;
    }
    const auto cells = counts_of(tally::tally_results(results));
    const auto stored = stored_cells(store, tally::Origin::protocol, cells);
    const bool by_row = stored.size() <= cells_compared_by_row_max;
    const auto rows =
        by_row ? rows_by_cell(results, stored) : std::map<CellKey, std::vector<RowKey>>{};
    preview.cells += std::ssize(cells);
    for (const auto& [key, counts] : cells) {
        const auto before = stored.find(key);
        RowDelta delta;
        if (before == stored.end()) {
            delta.added = rows_of(counts);
        } else if (by_row) {
            delta = compare_rows(stored_rows(store, before->second, key), rows.at(key));
        } else if (before->second.counts == counts) {
            delta.unchanged = rows_of(counts);
        } else {
            delta = compare_counts(rows_of(before->second.counts), rows_of(counts));
        }
        add(preview, delta);
        note_change(preview, key, delta);
    }
}

void preview_aggregates(ports::Store& store, const std::vector<tally::Cell>& aggregates,
                        ImportPreview& preview) {
    const auto cells = counts_of(aggregates);
    const auto stored = stored_cells(store, tally::Origin::aggregate, cells);
    preview.cells += std::ssize(cells);
    for (const auto& [key, counts] : cells) {
        const auto before = stored.find(key);
        if (before == stored.end()) {
            ++preview.added;
        } else if (before->second.counts == counts) {
            ++preview.unchanged;
            ++preview.rows_before;
        } else {
            ++preview.changed;
            ++preview.rows_before;
            note_change(preview, key, {.changed = 1});
        }
    }
    preview.outranked = !stored_cells(store, tally::Origin::protocol, cells).empty();
}

}  // namespace

ImportPreview preview_import(ports::Store& store, const ports::ImportBatch& batch,
                             const ImportOptions& options) {
    ImportPreview preview;
    preview.refused = std::ssize(batch.failed.rows);
    preview_results(store, batch.results, preview);
    preview_aggregates(store, batch.aggregates, preview);

    const ports::RowChanges changes = store.register_store().compare(batch.rows, options.full);
    preview.added += changes.added;
    preview.changed += changes.changed;
    preview.unchanged += changes.unchanged;
    preview.rows_before += changes.changed + changes.unchanged + changes.vanished;
    if (options.full) preview.vanished += changes.vanished;
    preview.examples.insert(preview.examples.end(), changes.examples.begin(),
                            changes.examples.end());
    preview.rows = preview.added + preview.changed + preview.unchanged;
    return preview;
}

std::optional<base::Error> objection(const ports::ImportBatch& batch, const ImportPreview& preview,
                                     const ImportOptions& options) {
    if (!batch.errors.empty() && options.rows == RowPolicy::all_or_nothing) {
        return base::Error{
            .code = "rows_refused",
            .message =
                "в файле есть ошибки, поэтому он не загружен целиком. Исправьте строки или "
                "загрузите только верные: --rows good",
            .place = {.file = batch.file}};
    }
    if (preview.rows == 0 && !batch.errors.empty()) {
        return base::Error{.code = "nothing_left",
                           .message = "в файле нет ни одной верной строки, ничего не загружено",
                           .place = {.file = batch.file}};
    }
    const std::int64_t touched = preview.changed + preview.vanished;
    const bool many =
        touched > changes_free && 100 * touched > changes_percent_free * preview.rows_before;
    const bool stopped = options.changes_max ? touched > *options.changes_max : many;
    if (!stopped) return std::nullopt;
    return base::Error{
        .code = "mass_change",
        .message = fmt::format(
            "файл меняет слишком много: изменится {}, исчезнет {} из {}. Загрузка остановлена, "
            "ничего не записано. Если так и должно быть, повторите с --max-changes {}",
            base::counted(preview.changed, {"строка", "строки", "строк"}),
            base::grouped(preview.vanished), base::grouped(preview.rows_before), touched),
        .place = {.file = batch.file}};
}

ImportOutcome store_import(ports::Store& store, ports::ImportBatch batch,
                           const ImportOptions& options) {
    ImportOutcome outcome{.preview = preview_import(store, batch, options)};
    outcome.objection = objection(batch, outcome.preview, options);
    if (outcome.objection || outcome.preview.changes_nothing()) return outcome;

    ports::ImportReceipt receipt{.kind = batch.kind,
                                 .file = batch.file,
                                 .file_sha256 = batch.file_sha256,
                                 .actor = options.actor,
                                 .rows_accepted = outcome.preview.rows,
                                 .rows_refused = outcome.preview.refused,
                                 .added = outcome.preview.added,
                                 .changed = outcome.preview.changed,
                                 .vanished = outcome.preview.vanished};
    // Facts first: until the receipt names them they are only files that nobody reads.
    if (batch.results.rows() > 0) {
        receipt.results = store.fact_store().add_results(std::move(batch.results));
    }
    if (!batch.aggregates.empty()) {
        receipt.aggregates = store.fact_store().add_aggregates(std::move(batch.aggregates));
    }
    outcome.receipt = store.register_store().import(batch.rows, options.full, std::move(receipt));
    return outcome;
}

}  // namespace opora::application

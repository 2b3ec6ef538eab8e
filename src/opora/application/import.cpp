#include "opora/application/import.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/application/import_preview.hpp"
#include "opora/base/russian.hpp"

namespace opora::application {

namespace {

constexpr std::int64_t changes_free = 10;          // Rows that may always change …
constexpr std::int64_t changes_percent_free = 10;  // … and percent of the rows met.

/// An aggregate form is no register of reference values: it deletes none that it does not hold.
bool full(const ports::ImportBatch& batch, const ImportOptions& options) {
    return options.full && batch.territory_forms.empty();
}

}  // namespace

void add(ImportPreview& preview, const RowDelta& delta) {
    preview.added += delta.added;
    preview.changed += delta.changed;
    preview.vanished += delta.vanished;
    preview.unchanged += delta.unchanged;
    preview.rows_before += delta.changed + delta.vanished + delta.unchanged;
}

std::string cell_words(const model::SchoolId& school, const model::Procedure& procedure,
                       const ImportOptions& options) {
    std::string subject = procedure.subject.value;
    if (options.subjects != nullptr) {
        const auto found = options.subjects->find(procedure.subject);
        if (found != options.subjects->end()) subject = found->second;
    }
    return fmt::format("школа {}, {} «{}», {} класс, {}", school.value,
                       model::title(procedure.type), subject, procedure.grade,
                       model::title(procedure.year));
}

void note_change(ImportPreview& preview, const std::string& cell, const RowDelta& delta) {
    preview.examples.push_back(fmt::format("{}: изменится {}, исчезнет {}, добавится {}", cell,
                                           delta.changed, delta.vanished, delta.added));
}

bool worth_a_note(const ImportPreview& preview, const RowDelta& delta) {
    constexpr std::size_t examples_max = 20;
    return delta.changed + delta.vanished > 0 && preview.examples.size() < examples_max;
}

ImportPreview preview_import(ports::Store& store, const ports::ImportBatch& batch,
                             const ImportOptions& options) {
    ImportPreview preview;
    // Beside them stand accepted rows of the same schools.
    preview.refused = std::ranges::count(batch.failed.rows, true, &ports::FailedRow::refused);
    preview_results(store, batch, options, preview);
    preview_forms(store, batch, options, preview);

    const ports::RowChanges changes =
        store.register_store().compare(batch.rows, full(batch, options));
    preview.added += changes.added;
    preview.changed += changes.changed;
    preview.unchanged += changes.unchanged;
    preview.rows_before += changes.changed + changes.unchanged + changes.vanished;
    if (full(batch, options)) preview.vanished += changes.vanished;
    preview.examples.insert(preview.examples.end(), changes.examples.begin(),
                            changes.examples.end());
    preview.rows = preview.added + preview.changed + preview.unchanged;
    return preview;
}

bool is_mass_change(const ImportPreview& preview) {
    const std::int64_t touched = preview.changed + preview.vanished;
    return touched > changes_free && 100 * touched > changes_percent_free * preview.rows_before;
}

std::optional<base::Error> objection(const ports::ImportBatch& batch, const ImportPreview& preview,
                                     const ImportOptions& options) {
    if (batch.refused) {
        return base::Error{.code = "file_refused",
                           .message = "файл не принят целиком, причины — выше; ничего не загружено",
                           .place = {.file = batch.file}};
    }
    if (!batch.errors.empty() && options.rows == RowPolicy::all_or_nothing) {
        return base::Error{
            .code = "rows_refused",
            .message =
                "в файле есть ошибки, поэтому он не загружен целиком. Исправьте строки или "
                "загрузите только верные",
            .place = {.file = batch.file}};
    }
    if (preview.rows == 0 && !batch.errors.empty()) {
        return base::Error{.code = "nothing_left",
                           .message = "в файле нет ни одной верной строки, ничего не загружено",
                           .place = {.file = batch.file}};
    }
    const std::int64_t touched = preview.changed + preview.vanished;
    const bool stopped =
        options.changes_max ? touched > *options.changes_max : is_mass_change(preview);
    if (!stopped) return std::nullopt;
    return base::Error{
        .code = "mass_change",
        .message = fmt::format(
            "файл меняет слишком много: изменится {}, исчезнет {} из {}. Загрузка остановлена, "
            "ничего не записано. Если так и должно быть, подтвердите эти изменения",
            base::counted(preview.changed, {"строка", "строки", "строк"}),
            base::grouped(preview.vanished), base::grouped(preview.rows_before)),
        .place = {.file = batch.file}};
}

ImportOutcome store_import(ports::Store& store, ports::ImportBatch batch,
                           const ImportOptions& options) {
    ImportOutcome outcome{.preview = preview_import(store, batch, options)};
    outcome.objection = objection(batch, outcome.preview, options);
    if (outcome.objection || outcome.preview.changes_nothing()) return outcome;

    const bool registers_full = full(batch, options);
    ports::ImportReceipt receipt{.kind = batch.kind,
                                 .file = batch.file,
                                 .file_sha256 = batch.file_sha256,
                                 .actor = options.actor,
                                 .rows_accepted = outcome.preview.rows,
                                 .rows_refused = outcome.preview.refused,
                                 .added = outcome.preview.added,
                                 .changed = outcome.preview.changed,
                                 .vanished = outcome.preview.vanished,
                                 .results = {},
                                 .aggregates = {},
                                 .batch = options.batch};
    // Facts first: until the receipt names them they are only files that nobody reads.
    if (batch.results.rows() > 0) {
        receipt.results = store.fact_store().add_results(std::move(batch.results));
    }
    if (!batch.aggregates.empty()) {
        receipt.aggregates = store.fact_store().add_aggregates(std::move(batch.aggregates),
                                                               std::move(batch.form_works));
    }
    outcome.receipt = store.register_store().import(batch.rows, registers_full, std::move(receipt));
    return outcome;
}

}  // namespace opora::application

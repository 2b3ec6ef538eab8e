#include "opora/application/importing.hpp"

#include <iterator>

#include "opora/application/form_references.hpp"

namespace opora::application {

namespace {

/// «Ф1 МА5.xlsx» -> DIR/reports/«Ф1 МА5.refused.xlsx»: beside the store, never beside the sender's
/// file.
std::filesystem::path failed_path(const ImportRequest& request) {
    const auto folder = request.directory / "reports";
    std::filesystem::create_directories(folder);
    return folder / (request.file.stem().string() + ".refused.xlsx");
}

/// What forms tell of territories goes to the register as reference values.
void add_references(ports::ImportBatch& batch) {
    auto values = references_of(batch.territory_forms);
    auto& all = batch.rows.references;
    all.insert(all.end(), std::make_move_iterator(values.begin()),
               std::make_move_iterator(values.end()));
}

/// What the comparison with the store warns of stands behind what the file itself does.
void warn(ImportReport& report) {
    const base::Errors& more = report.preview.warnings;
    report.warnings.insert(report.warnings.end(), more.begin(), more.end());
}

}  // namespace

Importer::Importer(const Adapters& adapters, ports::Store& store)
    : adapters_{adapters}, store_{store}, known_{store.register_store().rows()} {}

base::Result<ImportReport> Importer::import(const ImportRequest& request) {
    const auto synonyms = request.directory / "synonyms.yaml";
    ports::ReadRequest reading{.path = request.file, .kind = request.kind, .known = &known_};
    if (std::filesystem::exists(synonyms)) reading.synonyms = synonyms;
    const auto scales = request.directory / "scales";
    if (std::filesystem::is_directory(scales)) reading.scales = scales;
    reading.directory = request.directory;
    ports::ImportBatch batch = OPORA_TRY(adapters_.files->read(reading));
    add_references(batch);

    ImportReport report{.kind = batch.kind, .errors = batch.errors, .warnings = batch.warnings};
    ImportOptions options = request.options;
    options.subjects = &adapters_.subjects;
    if (request.preview_only) {
        report.preview = preview_import(store_, batch, options);
        report.objection = objection(batch, report.preview, options);
        warn(report);
        return report;
    }
    if (!batch.failed.rows.empty()) {
        report.failed_file = failed_path(request);
        adapters_.files->write_failed(batch.failed, *report.failed_file);
    }
    const bool changes_register = batch.rows != ports::RegisterRows{};
    ImportOutcome outcome = store_import(store_, std::move(batch), options);
    report.preview = std::move(outcome.preview);
    warn(report);
    report.objection = std::move(outcome.objection);
    report.receipt = std::move(outcome.receipt);
    if (changes_register && report.receipt) known_ = store_.register_store().rows();
    return report;
}

}  // namespace opora::application

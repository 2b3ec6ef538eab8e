#include "opora/application/importing.hpp"

namespace opora::application {

namespace {

/// «Ф1 МА5.xlsx» -> DIR/reports/«Ф1 МА5.refused.xlsx»: beside the store, never beside the sender's
/// file.
std::filesystem::path failed_path(const ImportRequest& request) {
    const auto folder = request.directory / "reports";
    std::filesystem::create_directories(folder);
    return folder / (request.file.stem().string() + ".refused.xlsx");
}

}  // namespace

base::Result<ImportReport> import_file(const Adapters& adapters, ports::Store& store,
                                       const ImportRequest& request) {
    const ports::RegisterRows known = store.register_store().rows();
    const auto synonyms = request.directory / "synonyms.yaml";
    ports::ReadRequest reading{.path = request.file, .kind = request.kind, .known = &known};
    if (std::filesystem::exists(synonyms)) reading.synonyms = synonyms;
    ports::ImportBatch batch = OPORA_TRY(adapters.files->read(reading));

    ImportReport report{.kind = batch.kind, .errors = batch.errors, .warnings = batch.warnings};
    if (request.preview_only) {
        report.preview = preview_import(store, batch, request.options);
        report.objection = objection(batch, report.preview, request.options);
        return report;
    }
    if (!batch.failed.rows.empty()) {
        report.failed_file = failed_path(request);
        adapters.files->write_failed(batch.failed, *report.failed_file);
    }
    ImportOutcome outcome = store_import(store, std::move(batch), request.options);
    report.preview = std::move(outcome.preview);
    report.objection = std::move(outcome.objection);
    report.receipt = std::move(outcome.receipt);
    return report;
}

}  // namespace opora::application

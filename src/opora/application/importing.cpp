#include "opora/application/importing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <ranges>

#include "opora/application/form_references.hpp"

namespace opora::application {

namespace {

/// The setting that names the batch whose files are being stored.
constexpr const char* open_batch_setting = "open_batch";

/// «Ф1 МА5.xlsx» -> DIR/reports/«Ф1 МА5.refused.xlsx»: beside the store, never beside the sender's
/// file.
std::filesystem::path failed_path(const ImportRequest& request) {
    const auto folder = request.failed_folder.value_or(request.directory / "reports");
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

/// Kinds that others refer to come first.
int rank_of(const std::string& kind) {
    if (kind == "territories") return 0;
    if (kind == "schools") return 1;
    if (kind == "teachers") return 2;
    return 3;
}

base::Error same_work_twice(const ports::ImportBatch& batch, const std::string& earlier) {
    return {.code = "same_work_twice",
            .message = fmt::format(
                "результаты тех же школ по той же работе есть и в файле «{}», загружаемом вместе с "
                "этим: второй файл заменил бы первый, а не дополнил. Соедините классы одной школы "
                "в один файл; если этот файл исправляет тот, загрузите его отдельно",
                earlier),
            .place = {.file = batch.file}};
}

base::Unexpected<base::Error> full_refused(const ImportRequest& request) {
    return base::Unexpected{
        base::Error{.code = "forbidden",
                    .message = "полный реестр, из которого удаляется всё, чего нет в файле, "
                               "загружает тот, кому видны все территории",
                    .place = {.file = request.file.filename().string()}}};
}

}  // namespace

Importer::Importer(const Adapters& adapters, ports::Store& store, model::User user)
    : adapters_{adapters},
      store_{store},
      user_{std::move(user)},
      scope_{user_, store.register_store().rows()} {}

ports::ReadRequest Importer::reading_of(const ImportRequest& request) const {
    ports::ReadRequest reading{
        .path = request.file, .kind = request.kind, .known = &scope_.known(), .year = request.year};
    const auto synonyms = request.directory / "synonyms.yaml";
    if (std::filesystem::exists(synonyms)) reading.synonyms = synonyms;
    const auto scales = request.directory / "scales";
    if (std::filesystem::is_directory(scales)) reading.scales = scales;
    reading.directory = request.directory;
    return reading;
}

base::Result<ImportReport> Importer::import(const ImportRequest& request) {
    if (request.options.full && !scope_.whole()) return full_refused(request);
    ports::ImportBatch batch = OPORA_TRY(adapters_.files->read(reading_of(request)));
    scope_.narrow(batch);
    add_references(batch);
    if (auto foreign = scope_.objection(batch)) return base::Unexpected{std::move(*foreign)};

    ImportReport report{.kind = batch.kind, .errors = batch.errors, .warnings = batch.warnings};
    ImportOptions options = request.options;
    options.subjects = &adapters_.subjects;
    if (!batch.failed.rows.empty() && (!request.preview_only || request.failed_folder)) {
        report.failed_file = failed_path(request);
        adapters_.files->write_failed(batch.failed, *report.failed_file);
    }
    WorksMet::Brought brought = WorksMet::of(batch);
    const std::optional<std::string> earlier = works_met_.earlier(brought);
    if (request.preview_only || earlier) {
        report.preview = preview_import(store_, batch, options);
        report.objection = objection(batch, report.preview, options);
        // Before anything is stored the preview knows nothing of the earlier file.
        const bool replaces = request.preview_only || !report.preview.changes_nothing();
        if (earlier && !report.objection && replaces) {
            report.objection = same_work_twice(batch, *earlier);
        }
        warn(report);
        scope_.learn(batch.rows);
        if (!report.objection) works_met_.add(std::move(brought));
        return report;
    }
    const bool changes_register = batch.rows != ports::RegisterRows{};
    ImportOutcome outcome = store_import(store_, std::move(batch), options);
    report.preview = std::move(outcome.preview);
    warn(report);
    report.objection = std::move(outcome.objection);
    report.receipt = std::move(outcome.receipt);
    if (!report.objection) works_met_.add(std::move(brought));
    if (changes_register && report.receipt) {
        scope_ = ImportScope{user_, store_.register_store().rows()};
    }
    return report;
}

std::vector<std::size_t> import_order(const Adapters& adapters,
                                      std::span<const ImportRequest> requests) {
    const ports::RegisterRows nothing;
    std::vector<int> ranks;
    for (const ImportRequest& request : requests) {
        ports::ReadRequest reading{.path = request.file, .kind = request.kind, .known = &nothing};
        const auto synonyms = request.directory / "synonyms.yaml";
        if (std::filesystem::exists(synonyms)) reading.synonyms = synonyms;
        // A file that cannot be read is told of when its turn comes.
        const auto kind = adapters.files->detect(reading);
        ranks.push_back(rank_of(kind ? *kind : std::string{}));
    }
    std::vector<std::size_t> order(requests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ranks[i]; });
    return order;
}

std::int64_t undo_open_batch(ports::Store& store) {
    constexpr const char* actor = "program";
    const auto batch = store.register_store().setting(open_batch_setting);
    if (!batch || batch->empty()) return 0;
    const auto undone = undo_batch(store, *batch, actor);
    // Nothing was imported since: nothing stands in the way.
    OPORA_EXPECTS(undone.has_value());
    close_batch(store, actor);
    return *undone;
}

void open_batch(ports::Store& store, const std::string& batch, const std::string& actor) {
    store.register_store().set_setting(open_batch_setting, batch, actor);
}

void close_batch(ports::Store& store, const std::string& actor) {
    store.register_store().set_setting(open_batch_setting, "", actor);
}

base::Result<std::int64_t> undo_batch(ports::Store& store, const std::string& batch,
                                      const std::string& actor) {
    std::int64_t undone = 0;
    const auto imports = store.register_store().imports();
    for (const ports::ImportReceipt& one : std::views::reverse(imports)) {
        if (one.batch != batch || one.undone) continue;
        OPORA_TRY(store.register_store().undo(one.number, actor));
        ++undone;
    }
    return undone;
}

}  // namespace opora::application

#include "opora/intake/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>

#include "opora/base/sha256.hpp"
#include "opora/intake/bulk/bulk_schools_again.hpp"
#include "opora/intake/bulk/read_bulk.hpp"
#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/detect.hpp"
#include "opora/intake/kinds/failed_rows.hpp"
#include "opora/intake/kinds/read_protocols.hpp"
#include "opora/intake/kinds/result_minimum.hpp"
#include "opora/intake/kinds/session.hpp"
#include "opora/intake/tables/sheet_notes.hpp"
#include "opora/tally/scale.hpp"

namespace opora::intake {

namespace {

using MakeReader = std::unique_ptr<KindReader> (*)(Session&);

constexpr std::array<std::pair<std::string_view, MakeReader>, 18> readers{{
    {"vpr-f1", vpr_individual_reader},
    {"gia-list", exam_list_reader},
    {"vpr-marks", vpr_marks_reader},
    {"vpr-journal", vpr_journal_reader},
    {"vpr-scores", vpr_scores_reader},
    {"vpr-tasks", vpr_tasks_reader},
    {"territories", territories_reader},
    {"schools", schools_reader},
    {"teachers", teachers_reader},
    {"loads", loads_reader},
    {"references", references_reader},
    {"indicators", indicators_reader},
    {"objectivity-markers", markers_reader},
    {"passports", facts_reader},
    {"flows", facts_reader},
    {"staff", facts_reader},
    {"resources", facts_reader},
    {"answers", answers_reader},
}};

std::string codes_of(const std::vector<Kind>& all) {
    std::string codes;
    for (const Kind& kind : all) {
        if (!codes.empty()) codes += ", ";
        codes += kind.code;
    }
    return codes;
}

base::Result<std::string> sha256_of_file(const std::filesystem::path& path) {
    std::ifstream stream{path, std::ios::binary};
    base::Sha256 hash;
    std::vector<char> buffer(1 << 18);
    while (stream) {
        stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (stream.gcount() > 0)
            hash.add(std::string_view{buffer.data(), static_cast<std::size_t>(stream.gcount())});
    }
    if (!stream.eof()) {
        return base::Unexpected{
            base::Error{.code = "file_unreadable",
                        .message = "Не удалось прочитать файл. Проверьте, что он есть и доступен.",
                        .place = {path.filename().string()}}};
    }
    return hash.hex();
}

/// The sheets that explain a file to people.
bool is_explanation(const std::string& sheet) {
    const std::string name = normalised(sheet);
    return name == "пояснения" || name == "пример";
}

bool hidden(const TableFile& file, const TableReader& table) {
    return std::ranges::find(file.hidden_sheets, table.sheet()) != file.hidden_sheets.end();
}

base::Error hidden_sheet(const TableReader& table) {
    return {.code = "hidden_sheet",
            .message =
                "Скрытый лист не прочитан. Если на нём данные, покажите его и загрузите "
                "файл снова.",
            .place = {"", table.sheet(), std::nullopt, ""}};
}

bool has_one_cell(const TableRow& row) { return row.cells.size() <= 1; }

base::Result<const Kind*> detected(TableFile& file, const std::vector<Kind>& all,
                                   const Dictionaries& dictionaries) {
    bool one_column = true;
    for (const auto& table : file.tables) {
        if (hidden(file, *table) || is_explanation(table->sheet())) continue;
        base::Result<bool> state{true};
        const std::vector<TableRow> rows = first_rows(*table, state);
        one_column = one_column && rows.size() > 1 && std::ranges::all_of(rows, has_one_cell);
        if (const Kind* kind =
                kind_of(all, rows, table->sheet(), dictionaries.synonyms, dictionaries.subjects)) {
            return kind;
        }
        if (!state) return base::Unexpected{state.error()};
    }
    if (!file.workbook && one_column) {
        return base::Unexpected{base::Error{
            .code = "separator_unknown",
            .message = "В первых строках файла только один столбец: похоже, столбцы разделены "
                       "незнакомым знаком. Сохраните файл из табличного редактора как «CSV "
                       "(разделители — точка с запятой)» или как xlsx.",
            .place = {file.name},
            .expected = "точка с запятой, запятая или табуляция между столбцами"}};
    }
    return base::Unexpected{
        base::Error{.code = "kind_unknown",
                    .message = "Вид файла не распознан: ни одна из первых строк не похожа на "
                               "заголовки известных форм. Сравните файл "
                               "с шаблоном (opora template ВИД) или укажите вид при загрузке.",
                    .place = {file.name},
                    .expected = codes_of(all)}};
}

base::Result<const Kind*> chosen_kind(const std::filesystem::path& path, const ReadContext& context,
                                      const std::vector<Kind>& all) {
    if (!context.kind) {
        TableFile file = OPORA_TRY(open_table(path));
        return detected(file, all, *context.dictionaries);
    }
    if (const Kind* kind = find_kind(all, *context.kind)) return kind;
    return base::Unexpected{base::Error{.code = "kind_unknown",
                                        .message = "Такого вида файлов нет.",
                                        .place = {path.filename().string()},
                                        .expected = codes_of(all),
                                        .found = *context.kind}};
}

/// What the bulk readers ask of the world, answered by the register and the dictionaries.
BulkContext bulk_context(const ReadContext& context, SchoolIndex& index, const Kind& kind) {
    const Dictionaries& dictionaries = *context.dictionaries;
    BulkContext bulk;
    bulk.school = [&index](std::string_view key) -> std::optional<model::SchoolId> {
        const model::School* school = index.find(key);
        return school != nullptr ? std::optional{school->id} : std::nullopt;
    };
    bulk.subject = [&dictionaries](std::string_view name) {
        return dictionaries.subjects.find(name, model::ProcedureType::vpr);
    };
    bulk.column = [&dictionaries, &kind](std::string_view heading) -> std::optional<std::string> {
        for (const auto& meaning : dictionaries.synonyms.meanings(heading)) {
            if (kind.find(meaning.column) != nullptr) return meaning.column;
        }
        return std::nullopt;
    };
    bulk.class_name = [](std::string_view cell) { return class_title(cell); };
    bulk.minimum_score =
        [&dictionaries](const model::Procedure& procedure) -> std::optional<std::int32_t> {
        const auto* scale = tally::find_scale(dictionaries.scales, procedure, {});
        return scale != nullptr ? tally::minimum_of(*scale, model::MinimumPurpose::certificate)
                                : std::nullopt;
    };
    bulk.year = context.year;
    bulk.year_last = context.year_last;
    return bulk;
}

/// The rows of the same schools are read again from a table that is opened anew.
base::Result<base::Done> add_schools_again(const std::filesystem::path& path, std::size_t number,
                                           const BulkContext& bulk, ports::ImportBatch& batch) {
    if (batch.failed.rows.empty()) return base::Done{};
    TableFile file = OPORA_TRY(open_table(path));
    return add_schools_of_refused(*file.tables.at(number), bulk, batch);
}

/// The first visible sheet with the headings; helper sheets beside it have others.
base::Result<ports::ImportBatch> read_bulk_workbook(const std::filesystem::path& path,
                                                    TableFile& file, const BulkContext& bulk) {
    base::Error trouble{.code = "no_tables",
                        .message = "В книге нет видимых листов с данными.",
                        .place = {file.name}};
    base::Errors warnings;
    for (std::size_t i = 0; i < file.tables.size(); ++i) {
        TableReader& table = *file.tables[i];
        if (is_explanation(table.sheet())) continue;
        if (hidden(file, table)) {
            warnings.push_back(hidden_sheet(table));
            warnings.back().place.file = file.name;
            continue;
        }
        auto batch = read_bulk_table(table, file.name, bulk);
        if (!batch) {
            trouble = batch.error();
            if (trouble.code == "columns_missing") continue;
            break;
        }
        OPORA_TRY(add_schools_again(path, i, bulk, *batch));
        batch->warnings.insert(batch->warnings.begin(), warnings.begin(), warnings.end());
        return std::move(*batch);
    }
    return base::Unexpected{std::move(trouble)};
}

base::Result<ports::ImportBatch> read_bulk(const std::filesystem::path& path,
                                           const ReadContext& context, const Kind& kind) {
    SchoolIndex index{context.schools};
    const BulkContext bulk = bulk_context(context, index, kind);
    TableFile file = OPORA_TRY(open_table(path));
    base::Result<ports::ImportBatch> batch = ports::ImportBatch{};
    if (file.workbook) {
        batch = read_bulk_workbook(path, file, bulk);
    } else {
        file.tables.clear();
        batch = read_bulk_csv(path, bulk);
        if (batch) OPORA_TRY(add_schools_again(path, 0, bulk, *batch));
    }
    if (!batch) return batch;
    batch->kind = kind.code;
    if (batch->file_sha256.empty()) batch->file_sha256 = OPORA_TRY(sha256_of_file(path));
    return batch;
}

base::Error headings_missing(const Session& session, const TableFile& file) {
    std::string needed;
    for (const Column& column : session.kind.columns) {
        if (!column.required) continue;
        if (!needed.empty()) needed += ", ";
        needed += fmt::format("«{}»", column.title);
    }
    return {.code = "headings_missing",
            .message = fmt::format("Не найдена строка заголовков вида «{}» среди первых {} строк. "
                                   "Сравните файл с шаблоном: "
                                   "opora template {}.",
                                   session.kind.title, heading_row_max, session.kind.code),
            .place = {file.name},
            .expected = needed.empty() ? session.kind.description : "столбцы " + needed};
}

base::Result<base::Done> read_tables(TableFile& file, Session& session, KindReader& reader) {
    for (session.table = 0; session.table < file.tables.size(); ++session.table) {
        TableReader& table = *file.tables[session.table];
        if (is_explanation(table.sheet())) continue;
        if (hidden(file, table)) {
            session.report.warn(hidden_sheet(table));
            continue;
        }
        session.heading_row = 0;
        OPORA_TRY(reader.read(table));
        if (session.stopped()) break;
        if (session.heading_row == 0) continue;
        for (base::Error& one : sheet_warnings(table, session.heading_row, file.name))
            session.report.warn(std::move(one));
    }
    return base::Done{};
}

}  // namespace

base::Result<ports::ImportBatch> read_file(const std::filesystem::path& path,
                                           const ReadContext& context) {
    const std::vector<Kind> all = kinds(*context.dictionaries);
    const Kind& kind = *OPORA_TRY(chosen_kind(path, context, all));
    if (kind.code == "bulk") return read_bulk(path, context, kind);

    TableFile file = OPORA_TRY(open_table(path));
    Session session{context, kind, file.name};
    session.batch.file_sha256 = OPORA_TRY(sha256_of_file(path));
    const auto make =
        std::ranges::find(readers, kind.code, &std::pair<std::string_view, MakeReader>::first);
    OPORA_EXPECTS(make != readers.end());
    const std::unique_ptr<KindReader> reader = make->second(session);
    OPORA_TRY(read_tables(file, session, *reader));
    if (!session.understood) return base::Unexpected{headings_missing(session, file)};
    reader->finish();
    complete_results(session);
    session.report.finish();
    session.batch.refused = session.report.file_refused();
    OPORA_TRY(collect_failed_rows(path, session));
    return std::move(session.batch);
}

base::Result<ports::ImportBatch> read_bulk_rows(TableReader& table,
                                                const std::filesystem::path& path,
                                                const ReadContext& context) {
    const std::vector<Kind> all = kinds(*context.dictionaries);
    const Kind* kind = find_kind(all, "bulk");
    OPORA_EXPECTS(kind != nullptr);
    SchoolIndex index{context.schools};
    auto batch = OPORA_TRY(
        read_bulk_table(table, path.filename().string(), bulk_context(context, index, *kind)));
    batch.kind = kind->code;
    batch.file_sha256 = OPORA_TRY(sha256_of_file(path));
    return batch;
}

base::Result<std::string> detect_kind(const std::filesystem::path& path,
                                      const Dictionaries& dictionaries) {
    const std::vector<Kind> all = kinds(dictionaries);
    TableFile file = OPORA_TRY(open_table(path));
    return OPORA_TRY(detected(file, all, dictionaries))->code;
}

}  // namespace opora::intake

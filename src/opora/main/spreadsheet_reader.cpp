#include "opora/main/spreadsheet_reader.hpp"

#include <chrono>

#include "opora/intake/read_file.hpp"
#include "opora/main/resources.hpp"
#include "opora/storage/bulk_parquet.hpp"

namespace opora::main {

namespace {

/// Shipped dictionaries are right, or the program was built wrongly.
intake::Dictionaries loaded(const intake::DictionaryTexts& texts) {
    auto dictionaries = intake::load_dictionaries(texts);
    OPORA_EXPECTS(dictionaries.has_value());
    return std::move(*dictionaries);
}

intake::TextFile shipped_text(const std::string& name) {
    const auto text = resource("methodology/" + name);
    OPORA_EXPECTS(text.has_value());
    return {name, std::string{*text}};
}

std::vector<intake::TextFile> shipped_folder(std::string_view folder) {
    std::vector<intake::TextFile> files;
    for (const Resource& one : resources()) {
        if (!one.name.starts_with(folder)) continue;
        files.push_back({std::string{one.name.substr(folder.size())}, std::string{one.bytes}});
    }
    return files;
}

/// The school year that the next results may belong to: results of the coming autumn count for the
/// year it opens.
model::SchoolYear next_school_year() {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day date{today};
    const bool autumn = date.month() >= std::chrono::September;
    return {static_cast<int>(date.year()) + (autumn ? 1 : 0)};
}

/// A Parquet file row by row, its headings first, as the bulk reader takes any table.
class ParquetReader : public intake::TableReader {
public:
    explicit ParquetReader(storage::ParquetTable& table) : table_{table} {}

    const std::string& sheet() const override { return sheet_; }

    base::Result<bool> next(intake::TableRow& row) override {
        if (++number_ == 1) {
            row = {number_, table_.headings()};
            return true;
        }
        auto cells = OPORA_TRY(table_.next());
        if (!cells) return false;
        row = {number_, std::move(*cells)};
        return true;
    }

private:
    storage::ParquetTable& table_;
    std::string sheet_;
    std::int64_t number_ = 0;
};

base::Result<ports::ImportBatch> read_parquet(const std::filesystem::path& path,
                                              const intake::ReadContext& context) {
    storage::ParquetTable table = OPORA_TRY(storage::ParquetTable::open(path));
    ParquetReader reader{table};
    return intake::read_bulk_rows(reader, path, context);
}

}  // namespace

intake::DictionaryTexts shipped_dictionary_texts() {
    intake::DictionaryTexts texts{.subjects = shipped_text("subjects.yaml"),
                                  .facts = shipped_text("school_facts.yaml"),
                                  .synonyms = shipped_text("synonyms.yaml")};
    texts.factors.catalogue = shipped_text("risk_factors.yaml");
    texts.scales = shipped_folder("methodology/scales/");
    texts.factors.questionnaires = shipped_folder("methodology/questionnaires/");
    return texts;
}

SpreadsheetReader::SpreadsheetReader(intake::DictionaryTexts texts)
    : texts_{std::move(texts)}, dictionaries_{loaded(texts_)} {}

std::vector<ports::FileKind> SpreadsheetReader::kinds() const {
    std::vector<ports::FileKind> all;
    for (const intake::Kind& kind : intake::kinds(dictionaries_)) {
        ports::FileKind one{kind.code, kind.title, kind.description, true, {}};
        for (const intake::Column& column : kind.columns) {
            one.columns.push_back(
                {column.title, column.description, column.required, column.example});
        }
        all.push_back(std::move(one));
    }
    return all;
}

base::Result<std::string> SpreadsheetReader::detect(const ports::ReadRequest& request) const {
    if (request.kind) return *request.kind;
    if (storage::is_parquet(request.path)) return std::string{"bulk"};
    const auto own = OPORA_TRY(own_dictionaries(request));
    return intake::detect_kind(request.path, own ? *own : dictionaries_);
}

base::Result<ports::ImportBatch> SpreadsheetReader::read(const ports::ReadRequest& request) const {
    const auto own = OPORA_TRY(own_dictionaries(request));
    const intake::ReadContext context{.dictionaries = own ? &*own : &dictionaries_,
                                      .schools = request.known->schools,
                                      .territories = request.known->territories,
                                      .kind = request.kind,
                                      .year = request.year,
                                      .year_last = next_school_year()};
    if (storage::is_parquet(request.path)) return read_parquet(request.path, context);
    return intake::read_file(request.path, context);
}

base::Result<std::optional<intake::Dictionaries>> SpreadsheetReader::own_dictionaries(
    const ports::ReadRequest& request) const {
    const bool own_factors = request.directory && intake::has_own_factors(*request.directory);
    if (!request.synonyms && !request.scales && !own_factors) {
        return std::optional<intake::Dictionaries>{};
    }
    intake::DictionaryTexts texts = texts_;
    if (request.synonyms) texts.own_synonyms = OPORA_TRY(intake::read_text_file(*request.synonyms));
    if (request.scales) {
        auto scales = intake::read_yaml_folder(*request.scales);
        if (!scales) return base::Unexpected{scales.error().front()};
        texts.own_scales = std::move(*scales);
    }
    if (own_factors) {
        auto factors = intake::own_factor_texts(texts.factors, *request.directory);
        if (!factors) return base::Unexpected{factors.error().front()};
        texts.factors = std::move(*factors);
    }
    auto extended = intake::load_dictionaries(texts);
    if (!extended) return base::Unexpected{extended.error().front()};
    return std::optional{std::move(*extended)};
}

base::Result<std::vector<model::Scale>> SpreadsheetReader::scales_with(
    const std::filesystem::path& folder) const {
    const auto own = OPORA_TRY(own_dictionaries({.scales = folder}));
    return own->scales;
}

base::Result<base::Done> SpreadsheetReader::write_template(
    const std::string& kind, const std::filesystem::path& path,
    const std::optional<std::filesystem::path>& directory) const {
    const auto own = OPORA_TRY(own_dictionaries({.directory = directory}));
    return intake::write_template(kind, path, own ? *own : dictionaries_);
}

base::Result<model::FactorCatalogue, base::Errors> SpreadsheetReader::factors(
    const std::optional<std::filesystem::path>& directory) const {
    if (!directory || !intake::has_own_factors(*directory)) return dictionaries_.factors;
    const auto texts = OPORA_TRY(intake::own_factor_texts(texts_.factors, *directory));
    return intake::load_factors(texts, dictionaries_.facts);
}

void SpreadsheetReader::write_failed(const ports::FailedRows& failed,
                                     const std::filesystem::path& path) const {
    intake::write_failed_rows(failed, path);
}

}  // namespace opora::main

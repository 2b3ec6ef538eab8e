#include "opora/intake/tables/workbook.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "opora/intake/tables/read_ahead.hpp"
#include "opora/intake/tables/xml_scanner.hpp"
#include "opora/intake/tables/zip_archive.hpp"

namespace opora::intake {

namespace {

constexpr std::int64_t small_part_bytes_max = 16'000'000;
constexpr std::int64_t worth_a_thread_bytes = 1'000'000;

using Archive = std::shared_ptr<ZipArchive>;

base::Unexpected<base::Error> problem(std::string_view code, std::string_view message) {
    return base::Unexpected{base::Error{.code = std::string{code},
                                        .message = std::string{message},
                                        .place = {},
                                        .expected = {},
                                        .found = {}}};
}

base::Unexpected<base::Error> not_workbook() {
    return problem("not_workbook",
                   "это не книга Excel (xlsx): откройте файл в табличном редакторе и сохраните как "
                   "«Книга Excel (*.xlsx)»");
}

struct Relation {
    std::string id;
    std::string
        kind;  ///< Last part of the relationship type: the same in transitional and strict files.
    std::string part;
};

std::string folder_of(std::string_view part) {
    const auto slash = part.rfind('/');
    return std::string{slash == std::string_view::npos ? std::string_view{}
                                                       : part.substr(0, slash + 1)};
}

/// The part that a relationship of `source` points to: from the root of the package, or from the
/// folder of `source`.
std::string resolved(std::string_view source, std::string_view target) {
    std::string path = target.starts_with('/') ? std::string{target.substr(1)}
                                               : folder_of(source) + std::string{target};
    return std::filesystem::path{path}.lexically_normal().generic_string();
}

std::string relations_part(std::string_view source) {
    const std::string folder = folder_of(source);
    return folder + "_rels/" + std::string{source.substr(folder.size())} + ".rels";
}

/// Visits the start of each element called `name` in a small part.
template <class Visit>
base::Result<base::Done> each_element(const Archive& archive, std::string_view part,
                                      std::string_view name, Visit visit) {
    const UnpackLimits limits{.bytes_max = small_part_bytes_max, .ratio_max = 1'000};
    XmlScanner scanner{OPORA_TRY(ZipArchive::stream(archive, part, limits))};
    while (true) {
        const XmlToken token = scanner.next();
        if (token == XmlToken::broken) return base::Unexpected{scanner.error()};
        if (token == XmlToken::finish) return base::Done{};
        if (token == XmlToken::start && scanner.name() == name) visit(scanner);
    }
}

base::Result<std::vector<Relation>> relations(const Archive& archive, std::string_view source) {
    std::vector<Relation> found;
    OPORA_TRY(
        each_element(archive, relations_part(source), "Relationship", [&](XmlScanner& element) {
            const auto type = element.attribute("Type").value_or("");
            const auto target = element.attribute("Target").value_or("");
            // What lies outside the file is never read.
            if (target.empty() || element.attribute("TargetMode").value_or("") == "External")
                return;
            found.push_back({element.attribute("Id").value_or(""), type.substr(type.rfind('/') + 1),
                             resolved(source, target)});
        }));
    return found;
}

base::Result<std::string> main_part(const Archive& archive) {
    if (!archive->contains("_rels/.rels")) return not_workbook();
    const auto roots = OPORA_TRY(relations(archive, ""));
    const auto office = std::ranges::find(roots, "officeDocument", &Relation::kind);
    if (office == roots.end()) return not_workbook();
    if (office->part.ends_with(".bin")) {
        return problem("not_workbook",
                       "двоичные книги xlsb не читаются: сохраните как «Книга Excel (*.xlsx)»");
    }
    if (!archive->contains(office->part)) return not_workbook();
    return office->part;
}

base::Result<WorkbookParts> find_parts(const Archive& archive) {
    const std::string book = OPORA_TRY(main_part(archive));
    const auto links = archive->contains(relations_part(book)) ? OPORA_TRY(relations(archive, book))
                                                               : std::vector<Relation>{};
    WorkbookParts parts;
    bool is_workbook = false;
    OPORA_TRY(each_element(archive, book, "workbook", [&](XmlScanner&) { is_workbook = true; }));
    if (!is_workbook) return not_workbook();
    OPORA_TRY(each_element(archive, book, "sheet", [&](XmlScanner& element) {
        const auto id = element.attribute("id").value_or("");
        const auto link = std::ranges::find(links, id, &Relation::id);
        // Charts and macro sheets have no cells.
        if (link == links.end() || link->kind != "worksheet") return;
        const auto state = element.attribute("state").value_or("visible");
        parts.sheets.push_back(
            {element.attribute("name").value_or(""), link->part, state != "visible"});
    }));
    const auto strings = std::ranges::find(links, "sharedStrings", &Relation::kind);
    if (strings != links.end() && archive->contains(strings->part))
        parts.shared_strings = strings->part;
    if (parts.sheets.empty()) return problem("no_sheets", "в книге нет листов с таблицами");
    return parts;
}

}  // namespace

base::Result<std::shared_ptr<Workbook>> Workbook::open(const std::filesystem::path& path,
                                                       const TableLimits& limits) {
    const auto archive = OPORA_TRY(ZipArchive::open(path));
    if (archive->contains("content.xml") && archive->contains("mimetype")) {
        return problem(
            "not_workbook",
            "таблицы OpenDocument (ods) не читаются: сохраните как «Книга Excel (*.xlsx)»");
    }
    return std::make_shared<Workbook>(path, OPORA_TRY(find_parts(archive)), limits);
}

base::Result<base::Done> Workbook::load_shared_strings() {
    if (strings_loaded_ || parts_.shared_strings.empty()) return base::Done{};
    const auto archive = OPORA_TRY(ZipArchive::open(path_));
    const UnpackLimits limits{.bytes_max = limits_.strings_bytes_max,
                              .ratio_max = limits_.unpack_ratio_max};
    auto bytes = OPORA_TRY(ZipArchive::stream(archive, parts_.shared_strings, limits));
    const bool large =
        archive->declared_bytes(parts_.shared_strings).value_or(0) > worth_a_thread_bytes;
    strings_ =
        OPORA_TRY(SharedStrings::read(large ? read_ahead(std::move(bytes)) : std::move(bytes),
                                      limits_.strings_bytes_max, limits_.cell_bytes_max));
    strings_loaded_ = true;
    return base::Done{};
}

base::Result<ByteSource> Workbook::sheet_bytes(const WorkbookParts::Sheet& sheet) const {
    const auto archive = OPORA_TRY(ZipArchive::open(path_));
    const UnpackLimits limits{.bytes_max = limits_.sheet_bytes_max,
                              .ratio_max = limits_.unpack_ratio_max};
    auto bytes = OPORA_TRY(ZipArchive::stream(archive, sheet.part, limits));
    const bool large = archive->declared_bytes(sheet.part).value_or(0) > worth_a_thread_bytes;
    return large ? read_ahead(std::move(bytes)) : std::move(bytes);
}

}  // namespace opora::intake

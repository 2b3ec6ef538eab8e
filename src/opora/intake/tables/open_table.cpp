#include <array>
#include <fstream>
#include <memory>
#include <utility>

#include "opora/intake/tables/csv_reader.hpp"
#include "opora/intake/tables/sheet_reader.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/intake/tables/workbook.hpp"

namespace opora::intake {

namespace {

base::Unexpected<base::Error> problem(std::string_view code, std::string_view message) {
    return base::Unexpected{base::Error{.code = std::string{code},
                                        .message = std::string{message},
                                        .place = {},
                                        .expected = {},
                                        .found = {}}};
}

std::string beginning(const std::filesystem::path& path) {
    std::array<char, 8> bytes{};
    std::ifstream file{path, std::ios::binary};
    file.read(bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(file.gcount())};
}

/// The old Excel format and password-protected xlsx share a container (MS-CFB); the latter names a
/// stream so.
bool holds_encrypted_package(const std::filesystem::path& path) {
    constexpr char16_t name[] = u"EncryptedPackage";
    const std::string_view wanted{reinterpret_cast<const char*>(name),
                                  sizeof(name) - sizeof(char16_t)};
    std::ifstream file{path, std::ios::binary};
    std::string window;
    std::array<char, 64 * 1024> chunk{};
    while (file.read(chunk.data(), chunk.size()), file.gcount() > 0) {
        window.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
        if (window.find(wanted) != std::string::npos) return true;
        if (window.size() > wanted.size()) window.erase(0, window.size() - wanted.size());
    }
    return false;
}

base::Result<base::Done> check_file(const std::filesystem::path& path, const TableLimits& limits) {
    std::error_code unreadable;
    // A pipe would wait for its writer for ever.
    if (std::filesystem::exists(path, unreadable) &&
        !std::filesystem::is_regular_file(path, unreadable)) {
        return problem("file_unreadable", "это не файл: укажите файл xlsx или csv");
    }
    const auto bytes = std::filesystem::file_size(path, unreadable);
    if (unreadable || !std::ifstream{path, std::ios::binary}) {
        return problem("file_unreadable",
                       "файл не открывается: проверьте, что он есть и доступен для чтения");
    }
    if (std::cmp_greater(bytes, limits.file_bytes_max)) {
        return problem("too_large", "файл слишком велик: разделите таблицу на части");
    }
    return base::Done{};
}

base::Result<TableFile> open_workbook(const std::filesystem::path& path,
                                      const TableLimits& limits) {
    const auto book = OPORA_TRY(Workbook::open(path, limits));
    TableFile file;
    file.workbook = true;
    for (std::size_t index = 0; index < book->parts().sheets.size(); ++index) {
        const WorkbookParts::Sheet& sheet = book->parts().sheets[index];
        if (sheet.hidden) file.hidden_sheets.push_back(sheet.name);
        file.tables.push_back(std::make_unique<SheetReader>(book, index));
    }
    return file;
}

base::Result<ByteSource> file_bytes(const std::filesystem::path& path, std::int64_t from) {
    auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
    file->seekg(from);
    if (!*file)
        return problem("file_unreadable",
                       "файл не открывается: проверьте, что он есть и доступен для чтения");
    return ByteSource{[file](std::span<char> into) -> base::Result<std::size_t> {
        file->read(into.data(), static_cast<std::streamsize>(into.size()));
        if (file->bad())
            return problem("file_unreadable", "файл не читается до конца: проверьте диск или сеть");
        return static_cast<std::size_t>(file->gcount());
    }};
}

base::Result<TableFile> open_csv(const std::filesystem::path& path, const TableLimits& limits) {
    const CsvDialect dialect = OPORA_TRY(detect_dialect(path));
    auto bytes = OPORA_TRY(file_bytes(path, dialect.bytes_skipped));
    TableFile file;
    file.encoding = title(dialect.encoding);
    file.tables.push_back(
        std::make_unique<CsvReader>(path.filename().string(), std::move(bytes), dialect, limits));
    return file;
}

base::Result<TableFile> open_by_content(const std::filesystem::path& path,
                                        const TableLimits& limits) {
    OPORA_TRY(check_file(path, limits));
    const std::string head = beginning(path);
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"))
        return open_workbook(path, limits);
    if (!head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return open_csv(path, limits);
    if (holds_encrypted_package(path)) {
        return problem("encrypted", "файл защищён паролем: снимите пароль и сохраните как xlsx");
    }
    return problem("old_excel",
                   "это файл старого формата Excel (xls): откройте его и сохраните как «Книга "
                   "Excel (*.xlsx)»");
}

}  // namespace

base::Result<TableFile> open_table(const std::filesystem::path& path, const TableLimits& limits) {
    auto file = open_by_content(path, limits);
    const std::string name = path.filename().string();
    if (!file) {
        base::Error error = std::move(file).error();
        error.place.file = name;
        return base::Unexpected{std::move(error)};
    }
    file->name = name;
    return file;
}

}  // namespace opora::intake

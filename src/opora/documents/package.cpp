#include "opora/documents/package.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <array>
#include <memory>
#include <set>

namespace opora::documents {

namespace {

/// 1 January 1980, the earliest time that zip can say.
constexpr zip_uint16_t fixed_date = (0 << 9) | (1 << 5) | 1;

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

base::Unexpected<base::Error> not_docx(const std::string& file) {
    return base::Unexpected{base::Error{
        .code = "template_not_docx",
        .message = "Файл не является документом Word (.docx) или повреждён. Откройте его в Word и "
                   "сохраните заново в формате «Документ Word (*.docx)»",
        .place = {.file = file, .sheet = {}, .row = {}, .column = {}},
        .expected = "документ .docx",
        .found = {}}};
}

base::Unexpected<base::Error> too_large(const std::string& file) {
    return base::Unexpected{base::Error{
        .code = "template_too_large",
        .message =
            "Документ в распакованном виде слишком велик. Уберите из шаблона лишнее: большие "
            "рисунки и вложенные файлы",
        .place = {.file = file, .sheet = {}, .row = {}, .column = {}},
        .expected = fmt::format("не более {} частей и {} МБ", package_parts_max,
                                package_bytes_max / 1'000'000),
        .found = {}}};
}

Archive open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) throw std::bad_alloc{};
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == nullptr) zip_source_free(source);
    zip_error_fini(&error);
    return Archive{archive};
}

enum class Reading : std::uint8_t { whole, damaged, too_large };

/// Appends the entry to `content`; stops as soon as it unpacks to more than `bytes_left`.
Reading read_entry(zip_t* archive, zip_uint64_t index, std::uint64_t bytes_left,
                   std::string& content) {
    const Entry entry{zip_fopen_index(archive, index, 0)};
    if (!entry) return Reading::damaged;
    std::array<char, 1 << 16> buffer;
    while (true) {
        const zip_int64_t count = zip_fread(entry.get(), buffer.data(), buffer.size());
        if (count < 0) return Reading::damaged;
        if (count == 0) return Reading::whole;
        if (content.size() + static_cast<std::uint64_t>(count) > bytes_left) {
            return Reading::too_large;
        }
        content.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

void require(bool done) {
    if (!done)
        throw std::bad_alloc{};  // In memory, with names that were checked, nothing else can fail.
}

}  // namespace

base::Result<Package> unpack(std::string_view bytes, const std::string& file) {
    const Archive archive = open(bytes);
    if (!archive) return not_docx(file);
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count <= 0) return not_docx(file);
    if (static_cast<std::uint64_t>(count) > package_parts_max) return too_large(file);

    Package package;
    std::set<std::string> names;
    std::uint64_t bytes_left = package_bytes_max;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        const char* name = zip_get_name(archive.get(), i, ZIP_FL_ENC_GUESS);
        if (name == nullptr) return not_docx(file);
        PackagePart part{.name = name, .content = {}};
        if (part.name.ends_with('/'))
            continue;  // Some packers write folders; a docx does not need them.
        if (part.name.empty() || !names.insert(part.name).second) return not_docx(file);
        switch (read_entry(archive.get(), i, bytes_left, part.content)) {
            case Reading::whole:
                break;
            case Reading::damaged:
                return not_docx(file);
            case Reading::too_large:
                return too_large(file);
        }
        bytes_left -= part.content.size();
        package.push_back(std::move(part));
    }
    return package;
}

std::string pack(const Package& package) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    require(target != nullptr);
    zip_source_keep(target);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept{target, zip_source_free};
    Archive archive{zip_open_from_source(target, ZIP_TRUNCATE, &error)};
    require(archive != nullptr);
    for (const PackagePart& part : package) {
        zip_source_t* source =
            zip_source_buffer(archive.get(), part.content.data(), part.content.size(), 0);
        require(source != nullptr);
        const zip_int64_t index =
            zip_file_add(archive.get(), part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) zip_source_free(source);
        require(index >= 0);
        const auto place = static_cast<zip_uint64_t>(index);
        require(zip_set_file_compression(archive.get(), place, ZIP_CM_DEFLATE, 6) == 0);
        require(zip_file_set_dostime(archive.get(), place, 0, fixed_date, 0) == 0);
    }
    require(zip_close(archive.get()) == 0);
    (void)archive.release();  // zip_close has freed it.

    zip_stat_t stat;
    require(zip_source_stat(target, &stat) == 0);
    std::string bytes(stat.size, '\0');
    require(zip_source_open(target) == 0);
    const zip_int64_t count = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    require(count == static_cast<zip_int64_t>(bytes.size()));
    return bytes;
}

}  // namespace opora::documents

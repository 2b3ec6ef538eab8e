#include "opora/intake/tables/zip_archive.hpp"

#include <zip.h>

#include <utility>

namespace opora::intake {

namespace {

constexpr std::int64_t entries_max = 20'000;

base::Unexpected<base::Error> problem(std::string_view code, std::string_view message) {
    return base::Unexpected{base::Error{.code = std::string{code},
                                        .message = std::string{message},
                                        .place = {},
                                        .expected = {},
                                        .found = {}}};
}

base::Unexpected<base::Error> broken() {
    return problem("zip_broken",
                   "файл повреждён или передан не полностью: получите его ещё раз или сохраните "
                   "заново как xlsx");
}

base::Unexpected<base::Error> encrypted() {
    return problem("encrypted", "файл защищён паролем: снимите пароль и сохраните как xlsx");
}

bool leads_outside(std::string_view name) {
    if (name.starts_with('/') || name.starts_with('\\')) return true;
    if (name.size() > 1 && name[1] == ':') return true;
    while (!name.empty()) {
        const auto cut = name.find_first_of("/\\");
        if (name.substr(0, cut) == "..") return true;
        if (cut == std::string_view::npos) break;
        name.remove_prefix(cut + 1);
    }
    return false;
}

struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

/// An open entry with the count of what it has given.
class EntryReader {
public:
    EntryReader(std::shared_ptr<ZipArchive> archive, zip_file_t* entry, std::int64_t packed_bytes,
                const UnpackLimits& limits)
        : archive_{std::move(archive)}, entry_{entry}, packed_{packed_bytes}, limits_{limits} {}

    base::Result<std::size_t> read(std::span<char> into) {
        std::size_t filled = 0;
        while (filled < into.size()) {
            const zip_int64_t count =
                zip_fread(entry_.get(), into.data() + filled, into.size() - filled);
            if (count < 0) return broken();
            if (count == 0) break;
            filled += static_cast<std::size_t>(count);
            unpacked_ += count;
            if (unpacked_ > limits_.bytes_max) {
                return problem("too_large",
                               "файл после распаковки слишком велик: разделите таблицу на части");
            }
            if (unpacked_ > limits_.ratio_free_bytes && unpacked_ / limits_.ratio_max > packed_) {
                return problem("zip_bomb",
                               "файл при распаковке вырастает недопустимо: это не таблица с "
                               "данными; проверьте, откуда он получен");
            }
        }
        return filled;
    }

private:
    std::shared_ptr<ZipArchive> archive_;
    std::unique_ptr<zip_file_t, CloseEntry> entry_;
    std::int64_t packed_;
    std::int64_t unpacked_ = 0;
    UnpackLimits limits_;
};

}  // namespace

base::Result<std::shared_ptr<ZipArchive>> ZipArchive::open(const std::filesystem::path& path) {
    int code = 0;
    zip_t* const handle = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (handle == nullptr) return broken();
    auto archive = std::make_shared<ZipArchive>(handle);
    OPORA_TRY(archive->check_entries());
    return archive;
}

ZipArchive::~ZipArchive() { zip_discard(archive_); }

base::Result<base::Done> ZipArchive::check_entries() const {
    const zip_int64_t count = zip_get_num_entries(archive_, 0);
    if (count > entries_max)
        return problem("too_large", "в файле слишком много частей: это не таблица");
    for (zip_int64_t index = 0; index < count; ++index) {
        zip_stat_t stat{};
        if (zip_stat_index(archive_, static_cast<zip_uint64_t>(index), 0, &stat) != 0)
            return broken();
        if ((stat.valid & ZIP_STAT_NAME) == 0 || leads_outside(stat.name)) {
            return problem("zip_entry_name",
                           "части файла названы недопустимо: это не книга Excel; сохраните таблицу "
                           "заново как xlsx");
        }
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            stat.encryption_method != ZIP_EM_NONE) {
            return encrypted();
        }
    }
    return base::Done{};
}

std::optional<std::uint64_t> ZipArchive::find(std::string_view name) const {
    const std::string exact{name};
    zip_int64_t index = zip_name_locate(archive_, exact.c_str(), 0);
    // Part names of a package are compared without case (ISO 29500-2).
    if (index < 0) index = zip_name_locate(archive_, exact.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return std::nullopt;
    return static_cast<std::uint64_t>(index);
}

std::optional<std::int64_t> ZipArchive::declared_bytes(std::string_view name) const {
    const auto index = find(name);
    zip_stat_t stat{};
    if (!index || zip_stat_index(archive_, *index, 0, &stat) != 0) return std::nullopt;
    if ((stat.valid & ZIP_STAT_SIZE) == 0 || std::cmp_greater(stat.size, INT64_MAX))
        return std::nullopt;
    return static_cast<std::int64_t>(stat.size);
}

base::Result<ByteSource> ZipArchive::stream(const std::shared_ptr<ZipArchive>& archive,
                                            std::string_view name, const UnpackLimits& limits) {
    const auto index = archive->find(name);
    if (!index) {
        return problem("entry_missing", "в файле нет части «" + std::string{name} +
                                            "»: он повреждён; сохраните таблицу заново как xlsx");
    }
    zip_stat_t stat{};
    if (zip_stat_index(archive->archive_, *index, 0, &stat) != 0 ||
        (stat.valid & ZIP_STAT_COMP_SIZE) == 0) {
        return broken();
    }
    zip_file_t* const entry = zip_fopen_index(archive->archive_, *index, 0);
    if (entry == nullptr) return broken();
    auto reader = std::make_shared<EntryReader>(archive, entry,
                                                static_cast<std::int64_t>(stat.comp_size), limits);
    return ByteSource{[reader](std::span<char> into) { return reader->read(into); }};
}

}  // namespace opora::intake

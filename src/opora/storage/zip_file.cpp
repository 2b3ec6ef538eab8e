#include "opora/storage/zip_file.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <array>
#include <cerrno>
#include <memory>

#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace {

ports::StorageError error_of(zip_t* archive, const std::filesystem::path& path) {
    const int code = zip_error_code_system(zip_get_error(archive));
    if (code == ENOENT) {
        return {"vanished",
                fmt::format("Файл исчез, пока записывалась копия «{}».", path.string())};
    }
    return system_error(code == 0 ? EIO : code, path);
}

ports::StorageError damaged(const std::filesystem::path& path) {
    return {"corrupt",
            fmt::format("Резервная копия «{}» повреждена. Возьмите другую копию.", path.string())};
}

}  // namespace

ZipWriter::ZipWriter(const std::filesystem::path& path) : path_{path} {
    int code = 0;
    archive_ = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (archive_ == nullptr) throw system_error(errno == 0 ? EIO : errno, path);
}

ZipWriter::~ZipWriter() {
    if (archive_ != nullptr) zip_discard(archive_);
}

void ZipWriter::add(const std::string& name, void* source) {
    auto* const content = static_cast<zip_source_t*>(source);
    if (content == nullptr) throw error_of(archive_, path_);
    if (zip_file_add(archive_, name.c_str(), content, ZIP_FL_ENC_UTF_8) < 0) {
        zip_source_free(content);
        throw error_of(archive_, path_);
    }
}

void ZipWriter::add_text(const std::string& name, std::string text) {
    const std::string& kept = texts_.emplace_back(std::move(text));
    add(name, zip_source_buffer(archive_, kept.data(), kept.size(), 0));
}

void ZipWriter::add_file(const std::string& name, const std::filesystem::path& path) {
    add(name, zip_source_file(archive_, path.c_str(), 0, -1));
}

void ZipWriter::write() {
    if (zip_close(archive_) != 0) throw error_of(archive_, path_);
    archive_ = nullptr;
}

ZipReader::ZipReader(const std::filesystem::path& path) : path_{path} {
    int code = 0;
    archive_ = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (archive_ != nullptr) return;
    if (code == ZIP_ER_NOENT || code == ZIP_ER_OPEN) throw system_error(errno, path);
    throw ports::StorageError{
        "not_backup", fmt::format("«{}» — не резервная копия «Опоры», или она записана не до "
                                  "конца. Укажите файл, который сделала команда opora backup.",
                                  path.string())};
}

ZipReader::~ZipReader() { zip_discard(archive_); }

std::vector<std::string> ZipReader::names() const {
    std::vector<std::string> names;
    const zip_int64_t count = zip_get_num_entries(archive_, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(archive_, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
        names.emplace_back(name == nullptr ? "" : name);
    }
    return names;
}

bool ZipReader::has(const std::string& name) const {
    return zip_name_locate(archive_, name.c_str(), 0) >= 0;
}

void ZipReader::read(const std::string& name,
                     const std::function<void(std::span<const std::byte>)>& take) const {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{
        zip_fopen(archive_, name.c_str(), 0), zip_fclose};
    if (!file) throw damaged(path_);
    constexpr std::size_t piece = 1 << 16;
    std::array<std::byte, piece> bytes;
    for (;;) {
        const zip_int64_t count = zip_fread(file.get(), bytes.data(), bytes.size());
        if (count < 0) throw damaged(path_);
        if (count == 0) return;
        take(std::span{bytes}.first(static_cast<std::size_t>(count)));
    }
}

}  // namespace opora::storage

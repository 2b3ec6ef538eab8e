#include "opora/storage/directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace {

constexpr int format_version = 1;
constexpr std::string_view format_name = "opora.format";

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw system_error(error.value(), folder);
}

bool is_there(const std::filesystem::path& path) {
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    if (error) throw system_error(error.value(), path);
    return there;
}

void write_format(const Directory& directory) {
    TemporaryFile file{directory.temporary(), format_name};
    std::ofstream out{file.path()};
    out << format_version << '\n';
    out.close();
    if (!out) throw system_error(errno == 0 ? EIO : errno, file.path());
    file.move_to(directory.root() / format_name);
}

void check_format(const std::filesystem::path& root) {
    std::ifstream in{root / format_name};
    std::string line;
    std::getline(in, line);
    int version = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), version);
    if (!in || error != std::errc{} || end != line.data() + line.size()) {
        throw ports::StorageError{
            "corrupt",
            fmt::format("Файл «{}» повреждён. Восстановите папку данных из резервной копии.",
                        (root / format_name).string())};
    }
    if (version > format_version) {
        throw ports::StorageError{
            "newer",
            fmt::format("Папка «{}» создана более новой версией программы. Обновите программу.",
                        root.string())};
    }
}

/// A folder may hold the program's own subfolders without the format file: its making was cut
/// short.
void expect_no_foreign_files(const std::filesystem::path& root) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{root, error}) {
        const std::string name = entry.path().filename().string();
        if (name == "facts" || name == "tallies" || name == "reports" || name == "tmp") continue;
        throw ports::StorageError{
            "not_empty",
            fmt::format("В папке «{}» уже есть другие файлы («{}»). Укажите пустую или новую "
                        "папку.",
                        root.string(), name)};
    }
    if (error) throw system_error(error.value(), root);
}

}  // namespace

Directory Directory::create(const std::filesystem::path& root) {
    make_folder(root);
    const bool made = is_there(root / format_name);
    if (made) {
        check_format(root);
    } else {
        expect_no_foreign_files(root);
    }
    const Directory directory{root};
    for (const auto& folder :
         {directory.facts(), directory.tallies(), directory.reports(), directory.temporary()}) {
        make_folder(folder);
    }
    if (!made) write_format(directory);
    return directory;
}

Directory Directory::open(const std::filesystem::path& root) {
    if (!is_there(root / format_name)) {
        throw ports::StorageError{
            "not_found",
            fmt::format("«{}» — не папка данных «Опоры». Создайте её командой «opora init {}».",
                        root.string(), root.string())};
    }
    check_format(root);
    return Directory{root};
}

void Directory::expect_free_space(std::int64_t bytes) const {
    std::error_code error;
    const auto space = std::filesystem::space(root_, error);
    if (error) throw system_error(error.value(), root_);
    if (space.available >= static_cast<std::uintmax_t>(bytes)) return;
    constexpr std::int64_t megabyte = 1'000'000;
    throw ports::StorageError{
        "disk_full",
        fmt::format(
            "На диске с папкой «{}» свободно {} МБ, а нужно около {} МБ. Освободите место и "
            "повторите действие.",
            root_.string(), space.available / megabyte, (bytes + megabyte - 1) / megabyte)};
}

WriterLock::WriterLock(const Directory& directory) {
    const std::filesystem::path path = directory.root() / "lock";
    constexpr int mode = 0644;
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, mode);
    if (file_ < 0) throw system_error(errno, path);
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(file_);
        if (error != EWOULDBLOCK) throw system_error(error, path);
        throw ports::StorageError{
            "busy",
            fmt::format("Данные в папке «{}» изменяет другая программа. Дождитесь её завершения и "
                        "повторите действие.",
                        directory.root().string())};
    }
    try {
        sweep_temporary(directory.temporary());
    } catch (...) {
        ::close(file_);
        throw;
    }
}

WriterLock::~WriterLock() {
    if (file_ >= 0) ::close(file_);
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_{std::exchange(other.file_, -1)} {}

}  // namespace opora::storage

#include "opora/storage/durable_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>

#include "opora/base/system_words.hpp"

namespace opora::storage {

namespace {

/// Opens, syncs and closes a file or folder.
void sync(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw system_error(errno, path);
    const int failure = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (failure != 0) throw system_error(failure, path);
}

/// The process in «name.<process>.tmp».
std::optional<pid_t> writer_of(const std::filesystem::path& path) {
    if (path.extension() != ".tmp") return std::nullopt;
    const std::string process = path.stem().extension().string();
    pid_t number = 0;
    if (process.size() < 2) return std::nullopt;
    const auto [end, error] =
        std::from_chars(process.data() + 1, process.data() + process.size(), number);
    if (error != std::errc{} || end != process.data() + process.size()) return std::nullopt;
    return number;
}

bool is_alive(pid_t process) { return ::kill(process, 0) == 0 || errno == EPERM; }

}  // namespace

ports::StorageError system_error(int error, const std::filesystem::path& path) {
    const std::string place = path.string();
    switch (error) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return {"disk_full",
                    fmt::format("На диске не хватает места для «{}». Освободите место и "
                                "повторите действие.",
                                place)};
        case EACCES:
        case EPERM:
        case EROFS:
            return {"read_only",
                    fmt::format("Нет права записи в «{}». Разрешите запись и повторите "
                                "действие.",
                                place)};
        default:
            break;
    }
    const std::error_code trouble{error, std::generic_category()};
    const std::string words = base::system_words(trouble);
    if (base::is_wrong_path(trouble)) {
        return {"bad_path",
                fmt::format("Путь «{}» не подходит: {}. Проверьте его и повторите действие.", place,
                            words)};
    }
    return {"io", fmt::format("Ошибка диска при работе с «{}»: {}. Проверьте диск и повторите "
                              "действие.",
                              place, words)};
}

TemporaryFile::TemporaryFile(const std::filesystem::path& folder, std::string_view name)
    : path_{folder / fmt::format("{}.{}.tmp", name, ::getpid())} {}

TemporaryFile::~TemporaryFile() {
    if (path_.empty()) return;
    std::error_code ignored;  // Nothing was written, or the sweep will take it.
    std::filesystem::remove(path_, ignored);
}

void TemporaryFile::move_to(const std::filesystem::path& target) {
    sync_file(path_);
    if (::rename(path_.c_str(), target.c_str()) != 0) throw system_error(errno, target);
    path_.clear();
    sync_folder(target.parent_path());
}

void sweep_temporary(const std::filesystem::path& folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        const auto writer = writer_of(entry.path());
        if (writer && *writer != ::getpid() && is_alive(*writer)) continue;
        std::filesystem::remove_all(entry.path(), error);
        if (error) throw system_error(error.value(), entry.path());
    }
    if (error) throw system_error(error.value(), folder);
}

void sync_file(const std::filesystem::path& path) { sync(path, O_RDONLY); }

void sync_folder(const std::filesystem::path& folder) {
    sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace opora::storage

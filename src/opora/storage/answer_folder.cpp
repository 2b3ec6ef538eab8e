#include "opora/storage/answer_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <vector>

#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace fs = std::filesystem;

AnswerFolder::AnswerFolder(const Directory& directory, ports::Secrets& secrets)
    : folder_{directory.answers()}, temporary_{directory.temporary()}, secrets_{secrets} {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw system_error(error.value(), folder_);
}

fs::path AnswerFolder::file_of(const std::string& name) const {
    return folder_ / secrets_.digest(name);
}

std::optional<std::string> AnswerFolder::find(const std::string& name) const {
    std::ifstream file{file_of(name), std::ios::binary};
    if (!file) return std::nullopt;
    const std::string sealed{std::istreambuf_iterator<char>{file}, {}};
    return secrets_.unseal(sealed);
}

void AnswerFolder::put(const std::string& name, const std::string& text) {
    const fs::path target = file_of(name);
    TemporaryFile file{temporary_, target.filename().string()};
    std::ofstream stream{file.path(), std::ios::binary};
    stream << secrets_.seal(text);
    stream.close();
    if (!stream) throw system_error(errno == 0 ? EIO : errno, file.path());
    file.move_to(target);
}

void AnswerFolder::remove(const std::string& name) {
    std::error_code ignored;  // What stays is forgotten with its age.
    fs::remove(file_of(name), ignored);
}

void AnswerFolder::forget(std::int64_t seconds, std::size_t kept_max) {
    std::vector<std::pair<fs::file_time_type, fs::path>> kept;
    std::error_code vanished;
    const auto first = fs::file_time_type::clock::now() - std::chrono::seconds{seconds};
    for (const auto& entry : fs::directory_iterator{folder_, vanished}) {
        const auto put = entry.last_write_time(vanished);
        if (vanished) continue;
        if (put < first) {
            fs::remove(entry.path(), vanished);
        } else {
            kept.emplace_back(put, entry.path());
        }
    }
    if (kept.size() <= kept_max) return;
    std::ranges::sort(kept);
    kept.resize(kept.size() - kept_max);
    for (const auto& [put, path] : kept) fs::remove(path, vanished);
}

std::string AnswerFolder::digest(const std::string& text) const { return secrets_.digest(text); }

}  // namespace opora::storage

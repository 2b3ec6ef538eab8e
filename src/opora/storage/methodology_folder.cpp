#include "opora/storage/methodology_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>

#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

base::Unexpected<base::Error> conflict() {
    return refusal("version_conflict",
                   "методику уже изменил другой человек: сравните его правку со своей");
}

/// The number of «000012.yaml»; 0 for any other name.
std::int64_t edit_of(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    std::int64_t edit = 0;
    const auto read = std::from_chars(stem.data(), stem.data() + stem.size(), edit);
    const bool whole = read.ec == std::errc{} && read.ptr == stem.data() + stem.size();
    return whole && file.extension() == ".yaml" ? edit : 0;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) throw system_error(errno == 0 ? EIO : errno, path);
    return text;
}

}  // namespace

MethodologyFolder::MethodologyFolder(const Directory& directory)
    : folder_{directory.root() / "methodology"}, temporary_{directory.temporary()} {}

std::filesystem::path MethodologyFolder::file_of(const std::string& id, std::int64_t edit) const {
    return folder_ / id / fmt::format("{:06}.yaml", edit);
}

std::filesystem::path MethodologyFolder::mark_of(const std::string& id, std::int64_t edit) const {
    return folder_ / id / fmt::format("deleted-{:06}", edit);
}

std::int64_t MethodologyFolder::newest(const std::string& id) const {
    std::int64_t newest = 0;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator{folder_ / id, absent}) {
        newest = std::max(newest, edit_of(entry.path()));
    }
    return newest;
}

bool MethodologyFolder::deleted(const std::string& id, std::int64_t edit) const {
    return std::filesystem::exists(mark_of(id, edit));
}

std::vector<ports::SavedMethodology> MethodologyFolder::all() const {
    const std::lock_guard guard{mutex_};
    std::vector<ports::SavedMethodology> all;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator{folder_, absent}) {
        const std::string id = entry.path().filename().string();
        if (!entry.is_directory() || !ports::is_methodology_id(id)) continue;
        const std::int64_t edit = newest(id);
        if (edit > 0 && !deleted(id, edit)) all.push_back({id, edit, text_of(file_of(id, edit))});
    }
    std::ranges::sort(all, {}, &ports::SavedMethodology::id);
    return all;
}

base::Result<ports::SavedMethodology> MethodologyFolder::save(const std::string& id,
                                                              const std::string& text,
                                                              std::int64_t after) {
    if (!ports::is_methodology_id(id)) {
        return refusal("field_wrong",
                       "имя методики: от 3 до 60 строчных латинских букв, цифр и черт, сначала "
                       "буква");
    }
    const std::lock_guard guard{mutex_};
    const std::int64_t last = newest(id);
    const std::int64_t shown = last > 0 && deleted(id, last) ? 0 : last;
    if (after != shown) return conflict();
    std::error_code error;
    std::filesystem::create_directories(folder_ / id, error);
    if (error) throw system_error(error.value(), folder_ / id);
    write(file_of(id, last + 1), text);
    return ports::SavedMethodology{id, last + 1, text};
}

base::Result<base::Done> MethodologyFolder::remove(const std::string& id, std::int64_t edit) {
    const std::lock_guard guard{mutex_};
    const std::int64_t last = ports::is_methodology_id(id) ? newest(id) : 0;
    if (last == 0 || deleted(id, last)) return refusal("methodology_unknown", "такой методики нет");
    if (last != edit) return conflict();
    write(mark_of(id, edit), "");
    return base::Done{};
}

void MethodologyFolder::write(const std::filesystem::path& target, const std::string& text) const {
    TemporaryFile file{temporary_, target.filename().string()};
    std::ofstream stream{file.path(), std::ios::binary};
    stream << text;
    stream.close();
    if (!stream) throw system_error(errno == 0 ? EIO : errno, file.path());
    file.move_to(target);
}

}  // namespace opora::storage

#include "opora/intake/dictionaries/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace opora::intake {

base::Result<TextFile> read_text_file(const std::filesystem::path& path) {
    std::ifstream stream{path, std::ios::binary};
    std::stringstream content;
    if (!stream || !(content << stream.rdbuf())) {
        return base::Unexpected{base::Error{
            .code = "dictionary_unreadable",
            .message = fmt::format("Не удалось прочитать словарь {}. Проверьте, что файл на месте.",
                                   path.string()),
            .place = {.file = path.filename().string()}}};
    }
    return TextFile{path.filename().string(), content.str()};
}

base::Result<std::vector<TextFile>, base::Errors> read_yaml_folder(
    const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code trouble;
    for (const auto& entry : std::filesystem::directory_iterator{folder, trouble}) {
        if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
    }
    std::ranges::sort(paths);

    std::vector<TextFile> files;
    base::Errors errors;
    for (const auto& path : paths) {
        auto file = read_text_file(path);
        if (file) {
            files.push_back(std::move(*file));
        } else {
            errors.push_back(file.error());
        }
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return files;
}

}  // namespace opora::intake

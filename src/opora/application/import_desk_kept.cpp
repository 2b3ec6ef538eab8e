#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "opora/application/import_desk_batch.hpp"
#include "opora/base/whole_file.hpp"

namespace opora::application {

namespace {

constexpr const char* record_name = "batch.txt";

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

/// «owner 5», «expires 1700000000», «full 0», then «file 1 vpr_scores Ф1 МА5.xlsx» for each file;
/// «-» stands for a kind found by content. Names hold no line ends (harmless_name).
std::string record_of(const WaitingBatch& batch) {
    std::string text = fmt::format("owner {}\nexpires {}\nfull {}\n", batch.owner.value,
                                   batch.expires, batch.full ? 1 : 0);
    for (const WaitingFile& file : batch.files) {
        text += fmt::format("file {} {} {}\n", file.number, file.kind.value_or("-"), file.name);
    }
    return text;
}

/// The first word of a text, which loses it.
std::string_view word(std::string_view& rest) {
    const auto space = std::min(rest.find(' '), rest.size());
    const std::string_view first = rest.substr(0, space);
    rest.remove_prefix(std::min(space + 1, rest.size()));
    return first;
}

std::optional<WaitingFile> file_of(std::string_view line) {
    const auto number = number_of(word(line));
    const std::string kind{word(line)};
    if (!number || *number < 1 || kind.empty() || line.empty()) return std::nullopt;
    WaitingFile file{.number = static_cast<int>(*number), .name = std::string{line}};
    if (kind != "-") file.kind = kind;
    return file;
}

/// std::nullopt for a file that is no record, or cut short.
std::optional<WaitingBatch> read_record(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    WaitingBatch batch;
    std::string text;
    while (std::getline(file, text)) {
        std::string_view line{text};
        const std::string_view name = word(line);
        if (name == "owner") {
            batch.owner = {std::string{line}};
        } else if (name == "expires") {
            batch.expires = number_of(line).value_or(0);
        } else if (name == "full") {
            batch.full = line == "1";
        } else if (auto one = name == "file" ? file_of(line) : std::nullopt) {
            batch.files.push_back(std::move(*one));
        } else {
            return std::nullopt;
        }
    }
    if (batch.owner.value.empty()) return std::nullopt;
    return batch;
}

}  // namespace

base::Result<base::Done> ImportDesk::keep(Batch& batch) {
    const auto kept = base::write_whole_file(batch.folder / record_name, record_of(batch.shown));
    if (!kept) {
        return base::Unexpected{
            base::Error{.code = "upload_not_stored",
                        .message = "файлы не сохранены: проверьте, есть ли место на диске"}};
    }
    batch.kept_expires = batch.shown.expires;
    return base::Done{};
}

void ImportDesk::do_not_keep(const Batch& batch) {
    std::error_code ignored;  // What stays is checked again and found to be stored.
    std::filesystem::remove(batch.folder / record_name, ignored);
}

void ImportDesk::take_up_kept() {
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator{folder_}) {
        folders.push_back(entry.path());
    }
    for (const std::filesystem::path& folder : folders) {
        auto record = read_record(folder / record_name);
        if (!record || record->expires <= clock_()) {
            std::filesystem::remove_all(folder);
            continue;
        }
        auto batch = std::make_shared<Batch>();
        batch->folder = folder;
        batch->kept_expires = record->expires;
        batch->shown = std::move(*record);
        batch->shown.id = folder.filename().string();
        take_up_files(*batch);
        batches_.emplace(batch->shown.id, std::move(batch));
    }
}

/// Files that are there, and nothing else: reports and refused rows are made by the next check.
void ImportDesk::take_up_files(Batch& batch) {
    std::set<std::filesystem::path> wanted{batch.folder / record_name};
    std::erase_if(batch.shown.files, [&](WaitingFile& file) {
        std::error_code absent;
        const auto folder = batch.folder_of(file.number);
        file.bytes = std::filesystem::file_size(folder / file.name, absent);
        if (!absent) wanted.insert(folder);
        return static_cast<bool>(absent);
    });
    std::vector<std::filesystem::path> strays;
    for (const auto& entry : std::filesystem::directory_iterator{batch.folder}) {
        if (!wanted.contains(entry.path())) strays.push_back(entry.path());
    }
    for (const auto& stray : strays) std::filesystem::remove_all(stray);
}

}  // namespace opora::application

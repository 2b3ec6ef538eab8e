#include "opora/storage/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "opora/base/sha256.hpp"
#include "opora/storage/durable_file.hpp"
#include "opora/storage/sqlite_connection.hpp"
#include "opora/storage/sqlite_schema.hpp"
#include "opora/storage/utc_time.hpp"
#include "opora/storage/zip_file.hpp"

namespace opora::storage {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int backup_format = 1;
const std::string list_name = "backup.json";
const std::string register_name = "opora.sqlite";
constexpr std::int64_t largest_list = 64 << 20;  ///< Bytes of backup.json.

/// A file of the data folder under its name in the backup.
struct Entry {
    std::string name;
    fs::path path;
    std::int64_t size = 0;
    std::string sha256;
};

ports::StorageError changed_meanwhile(const fs::path& file) {
    return {"vanished",
            fmt::format("Данные меняются быстрее, чем записывается копия «{}». Повторите позже.",
                        file.string())};
}

Entry entry_of(std::string name, fs::path path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw changed_meanwhile(path);
    base::Sha256 hash;
    Entry entry{.name = std::move(name), .path = std::move(path)};
    constexpr std::size_t piece = 1 << 16;
    std::array<char, piece> bytes;
    while (in.read(bytes.data(), bytes.size()) || in.gcount() > 0) {
        hash.add(std::string_view{bytes.data(), static_cast<std::size_t>(in.gcount())});
        entry.size += in.gcount();
    }
    if (in.bad()) throw system_error(EIO, entry.path);
    entry.sha256 = hash.hex();
    return entry;
}

/// Neither copied nor restored: made anew, of one moment, or of one machine.
bool stays_behind(const fs::path& relative) {
    static const std::set<std::string> folders{"tallies", "tmp", "answers", "waiting"};
    static const std::set<std::string> files{"lock", register_name, register_name + "-wal",
                                             register_name + "-shm"};
    return folders.contains(relative.begin()->string()) || files.contains(relative.string());
}

std::vector<Entry> entries_of(const Directory& directory, const fs::path& register_copy) {
    std::vector<Entry> entries{entry_of(register_name, register_copy)};
    for (const auto& found : fs::recursive_directory_iterator{directory.root()}) {
        const fs::path relative = found.path().lexically_relative(directory.root());
        if (!found.is_regular_file() || found.is_symlink() || stays_behind(relative)) continue;
        entries.push_back(entry_of(relative.generic_string(), found.path()));
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

Json list_of(const std::vector<Entry>& entries, const ports::BackupContents& contents) {
    Json files = Json::array();
    for (const Entry& one : entries) {
        files.push_back({{"name", one.name}, {"size", one.size}, {"sha256", one.sha256}});
    }
    return {{"format", backup_format},
            {"taken", contents.taken},
            {"program", contents.program_version},
            {"files", std::move(files)}};
}

ports::StorageError damaged(const fs::path& file) {
    return {"corrupt",
            fmt::format("Резервная копия «{}» повреждена: содержимое не совпадает с её описью. "
                        "Возьмите другую копию.",
                        file.string())};
}

/// Reads a listed file; refuses it when it is not what the list says, however much it would
/// unpack to.
void read_listed(const ZipReader& zip, const Entry& entry, const fs::path& file,
                 const std::function<void(std::span<const std::byte>)>& take) {
    base::Sha256 hash;
    std::int64_t size = 0;
    zip.read(entry.name, [&](std::span<const std::byte> bytes) {
        size += static_cast<std::int64_t>(bytes.size());
        if (size > entry.size) throw damaged(file);
        hash.add(bytes);
        take(bytes);
    });
    if (size != entry.size || hash.hex() != entry.sha256) throw damaged(file);
}

/// Reads the archive as a restore would: a file that somebody changed between its hash and its
/// copy does not get into a backup.
void expect_restorable(const fs::path& file, const std::vector<Entry>& entries) {
    const ZipReader zip{file};
    for (const Entry& one : entries) {
        try {
            read_listed(zip, one, file, [](std::span<const std::byte>) {});
        } catch (const ports::StorageError&) {
            throw changed_meanwhile(file);
        }
    }
}

/// One try: a fact file that nobody names any more may be swept away under it.
ports::BackupContents write_once(const Directory& directory, const fs::path& file,
                                 std::string_view program_version) {
    const fs::path folder = fs::absolute(file).parent_path();
    ports::BackupContents contents{.taken = utc_time(),
                                   .program_version = std::string{program_version}};
    const TemporaryFile copy{folder, file.filename().string() + ".register"};
    {
        const SqliteConnection connection{directory.register_file(),
                                          SqliteConnection::Access::read};
        connection.prepare("VACUUM INTO ?").run({copy.path().string()});
    }
    const std::vector<Entry> entries = entries_of(directory, copy.path());
    TemporaryFile unfinished{folder, file.filename().string()};
    ZipWriter zip{unfinished.path()};
    zip.add_text(list_name, list_of(entries, contents).dump(1));
    for (const Entry& one : entries) {
        zip.add_file(one.name, one.path);
        contents.bytes += one.size;
        ++contents.files;
    }
    zip.write();
    expect_restorable(unfinished.path(), entries);
    constexpr int owner_only = 0600;
    if (::chmod(unfinished.path().c_str(), owner_only) != 0) {
        throw system_error(errno, unfinished.path());
    }
    unfinished.move_to(file);
    return contents;
}

/// A name that stays inside the folder into which it is unpacked.
bool is_inner_name(const std::string& name) {
    const fs::path path{name};
    if (name.empty() || path.is_absolute() || name.find('\\') != std::string::npos ||
        name.find('\0') != std::string::npos) {
        return false;
    }
    return std::ranges::none_of(
        path, [](const fs::path& part) { return part.empty() || part == ".." || part == "."; });
}

struct Listing {
    ports::BackupContents contents;
    std::vector<Entry> entries;
};

Listing read_list(const ZipReader& zip, const fs::path& file) {
    if (!zip.has(list_name)) {
        throw ports::StorageError{
            "not_backup",
            fmt::format("«{}» — не резервная копия «Опоры»: в ней нет описи.", file.string())};
    }
    std::string text;
    zip.read(list_name, [&](std::span<const std::byte> bytes) {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (static_cast<std::int64_t>(text.size()) > largest_list) throw damaged(file);
    });
    try {
        const Json json = Json::parse(text);
        if (json.at("format").get<int>() > backup_format) {
            throw ports::StorageError{
                "newer", fmt::format("Копия «{}» сделана более новой версией программы. Обновите "
                                     "программу.",
                                     file.string())};
        }
        Listing listing;
        listing.contents.taken = json.at("taken").get<std::string>();
        listing.contents.program_version = json.at("program").get<std::string>();
        for (const Json& one : json.at("files")) {
            Entry entry{.name = one.at("name").get<std::string>(),
                        .size = one.at("size").get<std::int64_t>(),
                        .sha256 = one.at("sha256").get<std::string>()};
            if (!is_inner_name(entry.name) || entry.size < 0) throw damaged(file);
            listing.contents.bytes += entry.size;
            listing.entries.push_back(std::move(entry));
        }
        listing.contents.files = static_cast<std::int64_t>(listing.entries.size());
        return listing;
    } catch (const Json::exception&) {
        throw damaged(file);
    }
}

/// The archive holds the listed files, each once, and no other.
void expect_same_names(const ZipReader& zip, const Listing& listing, const fs::path& file) {
    std::vector<std::string> listed{list_name};
    for (const Entry& one : listing.entries) listed.push_back(one.name);
    std::vector<std::string> found = zip.names();
    std::ranges::sort(listed);
    std::ranges::sort(found);
    const bool twice = std::ranges::adjacent_find(listed) != listed.end();
    if (twice || listed != found) throw damaged(file);
}

void unpack(const ZipReader& zip, const Entry& entry, const fs::path& target,
            const fs::path& file) {
    fs::create_directories(target.parent_path());
    std::ofstream out{target, std::ios::binary | std::ios::trunc};
    read_listed(zip, entry, file, [&](std::span<const std::byte> bytes) {
        out.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    });
    out.close();
    if (!out) throw system_error(errno == 0 ? EIO : errno, target);
    sync_file(target);
}

/// A folder that is removed unless it is moved to its place.
class UnfinishedFolder {
public:
    explicit UnfinishedFolder(fs::path path) : path_{std::move(path)} {
        std::error_code error;
        fs::create_directories(path_, error);
        if (error) throw system_error(error.value(), path_);
    }
    ~UnfinishedFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    UnfinishedFolder(const UnfinishedFolder&) = delete;
    UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

    const fs::path& path() const { return path_; }
    void move_to(const fs::path& target) {
        if (::rename(path_.c_str(), target.c_str()) != 0) throw system_error(errno, target);
        path_.clear();
        sync_folder(target.parent_path());
    }

private:
    fs::path path_;
};

void expect_room(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error) || fs::is_empty(folder, error)) return;
    throw ports::StorageError{
        "not_empty", fmt::format("Папка «{}» не пуста. Данные восстанавливают в новую папку: "
                                 "прежние останутся целы.",
                                 folder.string())};
}

/// The restored folder opens, its register is sound and known to this program.
void expect_sound(const fs::path& folder, const fs::path& file) {
    const Directory directory = Directory::open(folder);
    const SqliteConnection connection{directory.register_file(), SqliteConnection::Access::read};
    SqliteStatement check = connection.prepare("PRAGMA quick_check(1)");
    check.start({});
    if (!check.next() || check.text(0) != "ok") throw damaged(file);
    expect_known_schema(connection);
}

}  // namespace

ports::BackupContents back_up(const Directory& directory, const fs::path& file,
                              std::string_view program_version) {
    std::error_code error;
    if (fs::exists(file, error)) {
        throw ports::StorageError{
            "exists", fmt::format("Файл «{}» уже есть. Укажите новое имя: прежняя копия останется.",
                                  file.string())};
    }
    constexpr int tries = 5;
    for (int number = 1;; ++number) {
        try {
            return write_once(directory, file, program_version);
        } catch (const ports::StorageError& failure) {
            if (failure.code() != "vanished" || number == tries) throw;
        } catch (const fs::filesystem_error& failure) {
            if (failure.code() != std::errc::no_such_file_or_directory || number == tries) throw;
        }
    }
}

ports::BackupContents restore(const fs::path& file, const fs::path& folder) {
    const ZipReader zip{file};
    const Listing listing = read_list(zip, file);
    expect_same_names(zip, listing, file);
    const fs::path target = fs::absolute(folder / "").parent_path();
    expect_room(target);
    UnfinishedFolder unfinished{target.parent_path() /
                                fmt::format("{}.{}.tmp", target.filename().string(), ::getpid())};
    for (const Entry& one : listing.entries) {
        unpack(zip, one, unfinished.path() / one.name, file);
    }
    const Directory made = Directory::create(unfinished.path());
    expect_sound(made.root(), file);
    unfinished.move_to(target);
    return listing.contents;
}

}  // namespace opora::storage

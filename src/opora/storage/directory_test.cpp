#include "opora/storage/directory.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

#include "opora/ports/storage_error.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

template <class Action>
std::string storage_code(const Action& action) {
    try {
        action();
    } catch (const ports::StorageError& error) {
        return error.code();
    }
    return "none";
}

}  // namespace

TEST_CASE("a data folder is made once and opened ever after") {
    const testing::TemporaryFolder folder;
    const auto root = folder.path() / "a" / "data";
    CHECK(storage_code([&] { storage::Directory::open(root); }) == "not_found");
    CHECK(storage_code([&] { storage::Directory::create(root); }) == "none");
    CHECK(storage_code([&] { storage::Directory::open(root); }) == "none");
    CHECK(storage_code([&] { storage::Directory::create(root); }) == "none");
}

TEST_CASE(
    "a folder with other people's files is refused, one whose making was cut short is completed") {
    const testing::TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "facts");
    CHECK(storage_code([&] { storage::Directory::create(folder.path()); }) == "none");

    const auto other = folder.path() / "other";
    std::filesystem::create_directory(other);
    std::ofstream{other / "letter.docx"} << "text";
    CHECK(storage_code([&] { storage::Directory::create(other); }) == "not_empty");
    CHECK(storage_code([&] { storage::Directory::open(other); }) == "not_found");
}

TEST_CASE("the number of the layout is checked: newer is refused, nonsense is damage") {
    const testing::TemporaryFolder folder;
    const auto root = folder.path() / "data";
    storage::Directory::create(root);
    struct Row {
        const char* text;
        const char* code;
    };
    for (const Row& row :
         {Row{"1\n", "none"}, Row{"2\n", "newer"}, Row{"", "corrupt"}, Row{"one\n", "corrupt"}}) {
        std::ofstream{root / "opora.format", std::ios::trunc} << row.text;
        CHECK(storage_code([&] { storage::Directory::open(root); }) == row.code);
    }
}

TEST_CASE("one program at a time may write; a lock ends with its program") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    {
        const storage::WriterLock lock{directory};
        CHECK(testing::in_child([&] {
                  return storage_code([&] { const storage::WriterLock other{directory}; });
              }) == "busy");
    }
    CHECK(testing::in_child([&] {
              new storage::WriterLock{directory};  // Kept until the process ends.
              return std::string{"taken"};
          }) == "taken");
    CHECK(storage_code([&] { const storage::WriterLock lock{directory}; }) == "none");
}

TEST_CASE("what a killed program left in tmp is swept, what a running one writes is not") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    const auto dead = testing::in_child([] { return std::to_string(::getpid()); });
    const auto left = directory.temporary() / ("facts." + dead + ".tmp");
    const auto stray = directory.temporary() / "note.txt";
    const auto running = directory.temporary() / ("facts." + std::to_string(::getppid()) + ".tmp");
    for (const auto& path : {left, stray, running}) std::ofstream{path} << "x";
    const storage::WriterLock lock{directory};
    CHECK_FALSE(std::filesystem::exists(left));
    CHECK_FALSE(std::filesystem::exists(stray));
    CHECK(std::filesystem::exists(running));
}

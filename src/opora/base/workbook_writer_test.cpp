#include "opora/base/workbook_writer.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

using namespace opora::base;

namespace {

struct Folder {
    std::filesystem::path path;
    explicit Folder(const char* name)
        : path{std::filesystem::temp_directory_path() / ("opora_workbook_" + std::string{name})} {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::ptrdiff_t entries() const {
        return std::distance(std::filesystem::directory_iterator{path}, {});
    }
};

std::string bytes(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_book(const std::filesystem::path& path) {
    WorkbookWriter book{path};
    book.sheet("Перечень: школы/2024 [проект] с очень длинным названием");
    book.sheet("Перечень: школы/2024 [проект] с очень длинным названием");
    book.column_width(0, 30);
    book.freeze_rows(1);
    book.text(0, 0, "Школа", CellStyle::heading);
    book.text(1, 0, "=1+1");
    book.text(2, 0, std::string_view{"a\x01z\0\xFF", 5}, CellStyle::wrong);
    book.number(2, 1, 0.325, CellStyle::percent);
    book.close();
}

}  // namespace

TEST_CASE("a closed workbook is one zip file under its name, and nothing else") {
    const Folder folder{"closed"};
    write_book(folder.path / "book.xlsx");
    CHECK(bytes(folder.path / "book.xlsx").starts_with("PK\x03\x04"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("equal content gives equal bytes") {
    const Folder folder{"equal"};
    write_book(folder.path / "one.xlsx");
    write_book(folder.path / "two.xlsx");
    CHECK(bytes(folder.path / "one.xlsx") == bytes(folder.path / "two.xlsx"));
}

TEST_CASE("a workbook that is not closed leaves nothing behind and keeps the older file") {
    const Folder folder{"left"};
    std::ofstream{folder.path / "book.xlsx"} << "older";
    {
        WorkbookWriter book{folder.path / "book.xlsx"};
        book.sheet("Лист");
        book.text(0, 0, "Школа");
    }
    CHECK(bytes(folder.path / "book.xlsx") == "older");
    CHECK(folder.entries() == 1);
}

TEST_CASE("neither a closed nor an abandoned workbook keeps files open") {
    const Folder folder{"open"};
    const auto open_files = [] {
        return std::distance(std::filesystem::directory_iterator{"/proc/self/fd"}, {});
    };
    const auto before = open_files();
    for (int round = 0; round < 4; ++round) {
        WorkbookWriter book{folder.path / "book.xlsx"};
        book.sheet("С текстом");
        book.text(0, 0, "Школа");
        book.sheet("Пустой");
        if (round % 2 == 0) book.close();
    }
    CHECK(open_files() == before);
}

TEST_CASE("a folder that does not exist is refused with an exception") {
    CHECK_THROWS_AS(WorkbookWriter{"/no/such/folder/book.xlsx"}, std::runtime_error);
}

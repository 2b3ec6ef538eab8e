#include "opora/storage/bulk_parquet.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::filesystem::path& path) {
    auto table = storage::ParquetTable::open(path);
    REQUIRE(table);
    Rows rows{table->headings()};
    while (true) {
        auto row = table->next();
        REQUIRE(row);
        if (!*row) return rows;
        rows.push_back(**row);
    }
}

/// Makes a Parquet file of what a SELECT gives.
void make(const std::filesystem::path& path, const std::string& select,
          const std::string& options = "") {
    storage::DuckdbSession session{path.parent_path() / "spill", {}};
    session.query("COPY (" + select + ") TO " + storage::sql_text(path.string()) +
                  " (FORMAT parquet" + options + ")");
}

}  // namespace

TEST_CASE("a bulk csv becomes Parquet and comes back cell by cell, in order") {
    const testing::TemporaryFolder folder;
    const auto csv = folder.path() / "bulk.csv";
    std::string text = "school_id,subject,grade,year,class,score,mark,t1\n";
    Rows expected{{"school_id", "subject", "grade", "year", "class", "score", "mark", "t1"}};
    for (int i = 0; i < 5000; ++i) {
        const std::string score = i % 7 == 0 ? "" : std::to_string(i % 40);
        expected.push_back(
            {"00" + std::to_string(i), "русский язык", "5", "2024", "5А", score, "3", "1"});
        for (std::size_t cell = 0; cell < expected.back().size(); ++cell) {
            text += (cell == 0 ? "" : ",") + expected.back()[cell];
        }
        text += '\n';
    }
    std::ofstream{csv} << text;
    const auto parquet = folder.path() / "bulk.parquet";
    storage::write_bulk_parquet(csv, parquet);
    CHECK(storage::is_parquet(parquet));
    CHECK_FALSE(storage::is_parquet(csv));
    CHECK(rows_of(parquet) == expected);
}

TEST_CASE(
    "marks written as fractions read as whole numbers; true fractions and missing values stay") {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "types.parquet";
    make(path,
         "SELECT * FROM (VALUES (3.0::DOUBLE, 2.5::DOUBLE, 7::DECIMAL(9, 2), 9::UTINYINT, 'я'), "
         "(NULL, 'nan'::DOUBLE, NULL, NULL, NULL)) AS t(mark, half, tenths, tiny, \"a \"\"b\")");
    CHECK(rows_of(path) == Rows{{"mark", "half", "tenths", "tiny", "a \"b"},
                                {"3", "2.5", "7", "9", "я"},
                                {"", "nan", "", "", ""}});
}

TEST_CASE("a file that is missing, damaged or no Parquet is refused with its name") {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "bad.parquet";
    std::string code = "not_parquet";
    SUBCASE("missing") { code = "file_unreadable"; }
    SUBCASE("text") { std::ofstream{path} << "school_id,mark\n1,3\n"; }
    SUBCASE("cut short") {
        make(path, "SELECT range AS mark FROM range(100000)");
        std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    }
    const auto table = storage::ParquetTable::open(path);
    REQUIRE_FALSE(table);
    CHECK(table.error().code == code);
    CHECK(table.error().place.file == "bad.parquet");
}

TEST_CASE("a file damaged in its middle ends in an error, not in fewer rows") {
    const testing::TemporaryFolder folder;
    const auto path = folder.path() / "bad.parquet";
    make(path, "SELECT range % 1000 * 7919 % 5003 AS mark FROM range(300000)",
         ", COMPRESSION zstd");
    const auto size = std::filesystem::file_size(path);
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(static_cast<std::streamoff>(size / 4));
    file << std::string(size / 2, '\x7f');
    file.close();
    auto table = storage::ParquetTable::open(path);
    std::string code = table ? "" : table.error().code;
    while (table && code.empty()) {
        auto row = table->next();
        if (!row) {
            code = row.error().code;
        } else {
            REQUIRE(*row);
        }
    }
    CHECK(code == "not_parquet");
}

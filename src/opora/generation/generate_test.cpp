#include "opora/generation/generate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "opora/generation/demo.hpp"
#include "opora/generation/register_table.hpp"
#include "opora/generation/task_points.hpp"
#include "support/source_folder.hpp"

namespace opora::generation {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with the test.
class Folder {
public:
    explicit Folder(const std::string& name)
        : path_{fs::temp_directory_path() / ("opora_generation_" + name)} {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

std::string content(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            files[fs::relative(entry.path(), folder).string()] = content(entry.path());
        }
    }
    return files;
}

GenerateRequest request(const fs::path& out, Layout layout, int threads) {
    return {
        .spec = {.schools = 30, .first = {2023}, .last = {2024}, .seed = 3, .annual_marks = true},
        .out = out,
        .layout = layout,
        .threads = threads};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("the same seed gives the same bytes in every layout, whatever the number of threads") {
    for (const Layout layout : {Layout::csv, Layout::files}) {
        const Folder one{"one"};
        const Folder two{"two"};
        auto alone = request(one.path(), layout, 1);
        auto together = request(two.path(), layout, 3);
        if (layout == Layout::files)
            alone.spec.first = together.spec.first = {2024};  // Workbooks are slow.
        const auto first = generate(alone);
        const auto second = generate(together);
        CHECK(first.protocols == second.protocols);
        const auto left = contents(one.path());
        const auto right = contents(two.path());
        CHECK(left.size() == static_cast<std::size_t>(first.files));
        REQUIRE(left.size() == right.size());
        for (const auto& [name, bytes] : left) {
            CAPTURE(name);
            CHECK_UNARY(right.contains(name));
            CHECK_UNARY(right.at(name) == bytes);
        }
    }
}

TEST_CASE(
    "bulk csv has the seven columns that every reader knows, then the type; truth.csv one line per "
    "school and year") {
    const Folder out{"bulk"};
    const auto summary = generate(request(out.path(), Layout::csv, 2));
    std::int64_t rows = 0;
    for (const char* name : {"protocols-2023.csv", "protocols-2024.csv"}) {
        const auto lines = lines_of(content(out.path() / name));
        CHECK(lines.front() == "school_id,subject,grade,year,class,score,mark,type");
        rows += std::ssize(lines) - 1;
        CHECK(std::ranges::all_of(
            lines, [](const auto& line) { return std::ranges::count(line, ',') == 7; }));
    }
    CHECK(rows == summary.protocols);
    const auto truth = lines_of(content(out.path() / "truth.csv"));
    CHECK(truth.front() == "school_id,year,kind,true_fail_share");
    CHECK(truth.size() == 1 + 30 * 2);
    const auto schools = lines_of(content(out.path() / "schools.csv"));
    CHECK(schools.size() == 1 + 30);
    CHECK(std::ranges::all_of(schools.begin() + 1, schools.end(), [](const std::string& line) {
        return line.find("вымышлен") != std::string::npos;
    }));
    CHECK(content(out.path() / "README.txt").find("вымышлены") != std::string::npos);
}

TEST_CASE(
    "parquet goes through the writer that the caller provides, year by year, and leaves no csv of "
    "protocols") {
    const Folder out{"parquet"};
    auto wanted = request(out.path(), Layout::parquet, 2);
    std::vector<std::string> made;
    wanted.write_bulk_parquet = [&](const fs::path& csv, const fs::path& parquet) {
        CHECK(fs::exists(csv));
        made.push_back(parquet.filename().string());
    };
    generate(wanted);
    CHECK(made == std::vector<std::string>{"protocols-2023.parquet", "protocols-2024.parquet"});
    CHECK_FALSE(fs::exists(out.path() / "protocols-2024.csv"));
}

TEST_CASE(
    "points per task sum to the score, stay within their maxima and meet the side conditions of "
    "the mark") {
    for (const WorkForm& work : works()) {
        Random random{{1, text_key(work.subject), static_cast<std::uint64_t>(work.grade)}};
        for (std::int32_t score = 0; score <= work.score_max; ++score) {
            const auto points = draw_points(work, score, random);
            CAPTURE(work.subject);
            CAPTURE(score);
            REQUIRE(points.size() == work.tasks.size());
            std::int32_t sum = 0;
            for (std::size_t task = 0; task < points.size(); ++task) {
                CHECK_UNARY(0 <= points[task] && points[task] <= work.tasks[task].points_max);
                sum += points[task];
            }
            CHECK(sum == score);
            if (work.type != model::ProcedureType::oge) continue;
            const auto mark = mark_of(work, score);
            if (work.subject == "mathematics" && mark >= 3) {
                CHECK(points[14] + points[15] + points[16] + points[17] + points[18] + points[22] +
                          points[23] + points[24] >=
                      2);
            }
            if (work.subject == "russian" && mark >= 4) {
                CHECK(points[14] + points[15] + points[16] + points[17] >= (mark == 4 ? 4 : 6));
            }
        }
    }
}

TEST_CASE("ЕГЭ: the minimum primary score has the minimum test score, one point less is below it") {
    for (const WorkForm& work : works()) {
        if (work.test_minimum == 0) continue;
        CHECK(test_score_of(work, 0) == 0);
        CHECK(test_score_of(work, work.mark_from[0] - 1) < work.test_minimum);
        CHECK(test_score_of(work, work.mark_from[0]) == work.test_minimum);
        CHECK(test_score_of(work, work.score_max) == 100);
    }
}

TEST_CASE("windows-1251 text of exam lists") {
    CHECK(to_windows_1251("Аяё№") == "\xC0\xFF\xB8\xB9");
    CHECK(to_windows_1251("5А;+-") == "5\xC0;+-");
}

TEST_CASE("codes and headings of facts are those of methodology/school_facts.yaml") {
    const auto dictionary =
        content(opora::testing::source_folder() / "methodology/school_facts.yaml");
    REQUIRE_FALSE(dictionary.empty());
    for (const FactColumn& column : fact_columns()) {
        CAPTURE(column.code);
        const auto entry =
            "{code: " + std::string{column.code} + ", kind: " + std::string{column.kind} + ",";
        const auto at = dictionary.find(entry);
        REQUIRE(at != std::string::npos);
        CHECK(dictionary.substr(at, dictionary.find('\n', at) - at).find(column.title) !=
              std::string::npos);
    }
}

TEST_CASE("subjects are those of methodology/subjects.yaml") {
    const auto dictionary = content(opora::testing::source_folder() / "methodology/subjects.yaml");
    REQUIRE_FALSE(dictionary.empty());
    for (const WorkForm& work : works()) {
        CAPTURE(work.subject);
        CHECK(dictionary.find("{code: " + std::string{work.subject} + ",") != std::string::npos);
    }
}

TEST_CASE(
    "the demonstration district is written in the order of import and says that it is invented") {
    const Folder out{"demo"};
    const auto files = write_demo_files(out.path(), {});
    REQUIRE(files.size() > 10);
    CHECK(files[0].filename() == "Территории.csv");
    CHECK(files[1].filename() == "Школы.xlsx");
    CHECK(files.size() < 120);
    for (const fs::path& file : files) CHECK(fs::file_size(file) > 0);
    CHECK(std::ranges::count_if(files, [](const fs::path& file) {
              return file.filename().string().starts_with("Ф1");
          }) > 40);
    CHECK(content(out.path() / "README.txt").find("вымышлены") != std::string::npos);
}

}  // namespace opora::generation

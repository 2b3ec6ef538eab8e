#include <doctest/doctest.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <random>

#include "opora/intake/tables/table_reader.hpp"
#include "support/intake_world.hpp"

using namespace opora;
using namespace opora::testing;

namespace {

/// Cells that people and programs put where they do not belong.
const std::vector<std::string> odd_cells{"",
                                         "X",
                                         "-",
                                         "6",
                                         "0",
                                         "-1",
                                         "5,5",
                                         "99999999999",
                                         "edu000107",
                                         "edu000108",
                                         "5А",
                                         "ВПР 2024 Математика 5 класс",
                                         "2023/24",
                                         "2(2)0(3)",
                                         "++-",
                                         "100 %",
                                         "33,3",
                                         "да",
                                         "Понизили",
                                         "Всего",
                                         "Макс балл",
                                         "#",
                                         "%",
                                         "Код участника",
                                         "Первичный балл",
                                         "Логин",
                                         "1 - Русский язык 06.06.2023",
                                         "4 РУ",
                                         "1 (1б)",
                                         "0",
                                         "\xF0\x9F\x98\x80",
                                         "\u00a0",
                                         "Кол-во участников: 3",
                                         std::string(300, 'z'),
                                         "1e5",
                                         "2024-02-30",
                                         "NaN",
                                         "=1+1"};

/// The rows of a template without the marks of its comments: a file of its kind with one example
/// row.
Lines example_of(const intake::Kind& kind, const IntakeWorld& world) {
    const auto path = world.folder() / "template.xlsx";
    REQUIRE(intake::write_template(kind.code, path, IntakeWorld::dictionaries()));
    auto file = intake::open_table(path);
    REQUIRE(file);
    Lines lines;
    intake::TableRow row;
    while (*file->tables.front()->next(row)) {
        constexpr std::string_view mark = "# пример (вымышленный): ";
        if (row.cells.front().starts_with(mark)) row.cells.front().erase(0, mark.size());
        lines.push_back(row.cells);
    }
    for (int copy = 0; copy < 3; ++copy) lines.push_back(lines.back());
    return lines;
}

void disturb(Lines& lines, std::mt19937& random) {
    const auto below = [&](std::size_t limit) {
        return random() % std::max<std::size_t>(limit, 1);
    };
    const std::size_t changes = 1 + below(6);
    for (std::size_t i = 0; i < changes; ++i) {
        auto& line = lines[below(lines.size())];
        switch (below(6)) {
            case 0:
                line.clear();
                break;
            case 1:
                line.push_back(odd_cells[below(odd_cells.size())]);
                break;
            case 2:
                lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(below(lines.size())),
                             line);
                break;
            default:
                if (!line.empty()) line[below(line.size())] = odd_cells[below(odd_cells.size())];
        }
    }
}

/// What holds of every batch, whatever the file was.
void check_batch(const ports::ImportBatch& batch, const std::filesystem::path& path) {
    for (std::size_t row = 0; row < batch.results.rows(); ++row) {
        const auto result = batch.results.row(row);
        CHECK_FALSE(result.school.value.empty());
        CHECK_FALSE(result.procedure.subject.value.empty());
        if (result.mark) CHECK((*result.mark >= 2 && *result.mark <= 5));
        if (result.score) CHECK(*result.score >= 0);
        CHECK((result.procedure.grade >= model::grade_min &&
               result.procedure.grade <= model::grade_max));
    }
    for (const tally::Cell& cell : batch.aggregates) {
        CHECK(cell.counts.participants > 0);
        if (cell.counts.marked() > 0) CHECK(cell.counts.marked() == cell.counts.participants);
    }
    for (const base::Error& error : batch.errors) {
        CHECK_FALSE(error.message.empty());
        CHECK(error.place.file == path.filename().string());
    }
    if (!batch.failed.rows.empty())
        intake::write_failed_rows(batch.failed, path.parent_path() / "failed.xlsx");
}

}  // namespace

TEST_CASE("disturbed files of every kind end in a batch or an error, never otherwise") {
    const char* wanted = std::getenv("OPORA_RANDOM_ROUNDS");
    int rounds = 12;
    if (wanted != nullptr)
        std::from_chars(wanted, wanted + std::string_view{wanted}.size(), rounds);
    IntakeWorld world;
    for (const intake::Kind& kind : intake::kinds(IntakeWorld::dictionaries())) {
        const Lines example = example_of(kind, world);
        for (int round = 0; round < rounds; ++round) {
            CAPTURE(kind.code);
            CAPTURE(round);
            std::mt19937 random{static_cast<unsigned>(round) * 7919U +
                                static_cast<unsigned>(kind.code.size())};
            Lines lines = example;
            disturb(lines, random);
            const auto path = world.xlsx({{"Лист1", lines}});
            for (const bool forced : {false, true}) {
                world.context.kind = forced ? std::optional{kind.code} : std::nullopt;
                const auto batch = intake::read_file(path, world.context);
                if (batch) {
                    check_batch(*batch, path);
                } else {
                    CHECK_FALSE(batch.error().message.empty());
                }
            }
        }
    }
}

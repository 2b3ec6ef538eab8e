#include "opora/generation/territory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "opora/generation/latent_scale.hpp"

namespace opora::generation {
namespace {

TerritorySpec small_territory() {
    return {.schools = 400, .first = {2023}, .last = {2024}, .seed = 5};
}

double failing_share(const CellRows& cell) {
    const auto present =
        std::ranges::count_if(cell.pupils, [](const auto& row) { return row.mark.has_value(); });
    const auto failed =
        std::ranges::count(cell.pupils, std::optional<std::int16_t>{2}, &PupilRow::mark);
    return present == 0 ? 0 : static_cast<double>(failed) / static_cast<double>(present);
}

bool same(const CellRows& left, const CellRows& right) {
    return left.work == right.work && left.year == right.year &&
           std::ranges::equal(left.pupils, right.pupils, [](const PupilRow& a, const PupilRow& b) {
               return a.score == b.score && a.mark == b.mark && a.class_number == b.class_number &&
                      a.journal_mark == b.journal_mark;
           });
}

}  // namespace

TEST_CASE("a school depends on the seed and its number alone, not on the order of the schools") {
    const Generator generator{small_territory()};
    const Generator again{small_territory()};
    auto other_seed = small_territory();
    other_seed.seed = 6;
    const auto before = generator.school(17);
    again.school(3);
    const auto after = again.school(17);
    REQUIRE(before.cells.size() == after.cells.size());
    CHECK(std::ranges::equal(before.cells, after.cells, same));
    CHECK(before.facts == after.facts);
    const auto other = Generator{other_seed}.school(17);
    CHECK_FALSE(std::ranges::equal(before.cells, other.cells, same));
}

TEST_CASE(
    "low means two procedures of 30 % true failing or more in every year, other kinds have at most "
    "one") {
    const auto spec = small_territory();
    const Generator generator{spec};
    std::map<SchoolKind, int> seen;
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const auto school = generator.school(number, JournalMarks::none);
        ++seen[school.profile.kind];
        for (auto year = spec.first; year <= spec.last; year = year + 1) {
            const auto low = std::ranges::count_if(school.cells, [&](const CellRows& cell) {
                return cell.year == year && cell.true_failing >= low_share;
            });
            CAPTURE(number);
            if (school.profile.kind == SchoolKind::low) {
                CHECK(low >= 2);
            } else {
                CHECK(low <= 1);
            }
        }
    }
    for (const auto kind : {SchoolKind::low, SchoolKind::resilient, SchoolKind::inflated,
                            SchoolKind::small, SchoolKind::plain}) {
        CHECK(seen[kind] >= 8);
    }
}

TEST_CASE("what pupils do follows the true probability, except where marks are inflated") {
    const auto spec = small_territory();
    const Generator generator{spec};
    std::map<SchoolKind, std::pair<double, double>> sums;  // observed failures, expected failures
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const auto school = generator.school(number, JournalMarks::none);
        auto& sum = sums[school.profile.kind];
        for (const auto& cell : school.cells) {
            const double n = static_cast<double>(cell.pupils.size());
            sum.first += failing_share(cell) * n;
            sum.second += cell.true_failing * n;
        }
    }
    CHECK(sums[SchoolKind::plain].first / sums[SchoolKind::plain].second ==
          doctest::Approx(1).epsilon(0.05));
    CHECK(sums[SchoolKind::low].first / sums[SchoolKind::low].second ==
          doctest::Approx(1).epsilon(0.05));
    CHECK(sums[SchoolKind::resilient].first / sums[SchoolKind::resilient].second ==
          doctest::Approx(1).epsilon(0.1));
    CHECK(sums[SchoolKind::inflated].first / sums[SchoolKind::inflated].second < 0.75);
}

TEST_CASE("inflated schools show a spike at the border and journals that agree too well") {
    const auto spec = small_territory();
    const Generator generator{spec};
    std::map<bool, std::pair<int, int>> border;  // inflated -> pupils at the border, just below it
    std::map<bool, std::pair<int, int>> agreement;  // inflated -> confirmed, all
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const auto school = generator.school(number);
        const bool inflated = school.profile.kind == SchoolKind::inflated;
        for (const auto& cell : school.cells) {
            for (const auto& row : cell.pupils) {
                if (!row.score) continue;
                border[inflated].first += *row.score == cell.work->mark_from[0];
                border[inflated].second += *row.score == cell.work->mark_from[0] - 1;
                agreement[inflated].first += row.journal_mark == row.mark;
                ++agreement[inflated].second;
            }
        }
    }
    CHECK(border[true].first > 5 * border[true].second);
    CHECK(border[false].first < 2 * border[false].second);
    CHECK(agreement[true].first > 0.95 * agreement[true].second);
    CHECK(agreement[false].first < 0.8 * agreement[false].second);
}

TEST_CASE(
    "small schools have 5 to 12 pupils in a parallel; resilient ones an adverse context and good "
    "results") {
    const auto spec = small_territory();
    const Generator generator{spec};
    double resilient_truth = 0;
    double plain_truth = 0;
    int resilient = 0;
    int plain = 0;
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const auto school = generator.school(number, JournalMarks::none);
        if (school.profile.kind == SchoolKind::small) {
            for (int grade = 1; grade <= 9; ++grade) {
                const auto size = parallel_size(spec, school.profile, 1.0, grade, spec.last);
                CHECK_UNARY(5 <= size && size <= 12);
            }
        }
        if (school.profile.kind == SchoolKind::resilient) {
            CHECK(school.profile.context < -1);
            resilient_truth += school.truth.back().fail_share.value_or(0);
            ++resilient;
        }
        if (school.profile.kind == SchoolKind::plain) {
            plain_truth += school.truth.back().fail_share.value_or(0);
            ++plain;
        }
    }
    CHECK(resilient_truth / resilient < 0.5 * plain_truth / plain);
}

TEST_CASE("the wanted number of protocols is met within two percent") {
    TerritorySpec spec{.schools = 1000, .first = {2024}, .last = {2024}, .protocols = 820'000};
    const Generator generator{spec};
    std::int64_t rows = 0;
    std::int64_t cells = 0;
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        for (const auto& cell : generator.school(number, JournalMarks::none).cells) {
            rows += static_cast<std::int64_t>(cell.pupils.size());
            ++cells;
        }
    }
    CHECK(std::abs(static_cast<double>(rows) / 820'000 - 1) < 0.02);
    CHECK(cells > 22'000);
    CHECK(cells < 32'000);
}

TEST_CASE("borders of every work rise, and a score at a border has the higher mark") {
    for (const WorkForm& work : works()) {
        CAPTURE(work.subject);
        CAPTURE(work.grade);
        const auto scale = latent_scale(work);
        CHECK(work.mark_from[0] < work.mark_from[1]);
        CHECK(work.mark_from[1] < work.mark_from[2]);
        CHECK(mark_of(work, work.mark_from[0]) == 3);
        CHECK(mark_of(work, work.mark_from[0] - 1) == 2);
        CHECK(scale.spread > 0);
        CHECK(failing_probability(scale, 0.0) < work.failing);
    }
}

TEST_CASE("scales that DOMAIN 4.6 and 4.8 give are used as they are") {
    const struct {
        model::ProcedureType type;
        std::string_view subject;
        int grade;
        std::array<std::int32_t, 4> scale;  // first scores of 3, 4, 5, maximum
    } rows[] = {{model::ProcedureType::oge, "russian", 9, {15, 23, 29, 33}},
                {model::ProcedureType::oge, "mathematics", 9, {8, 15, 22, 31}},
                {model::ProcedureType::oge, "social_studies", 9, {14, 24, 32, 37}},
                {model::ProcedureType::oge, "geography", 9, {12, 19, 26, 31}},
                {model::ProcedureType::oge, "informatics", 9, {5, 11, 16, 19}},
                {model::ProcedureType::oge, "biology", 9, {13, 26, 38, 48}},
                {model::ProcedureType::vpr, "russian", 8, {26, 32, 45, 51}},
                {model::ProcedureType::vpr, "mathematics", 8, {8, 15, 21, 25}},
                {model::ProcedureType::vpr, "history", 8, {5, 10, 14, 17}},
                {model::ProcedureType::vpr, "chemistry", 8, {10, 19, 28, 36}}};
    for (const auto& row : rows) {
        CAPTURE(row.subject);
        CAPTURE(row.grade);
        const auto found = std::ranges::find_if(works(), [&](const WorkForm& work) {
            return work.type == row.type && work.subject == row.subject && work.grade == row.grade;
        });
        REQUIRE(found != works().end());
        CHECK(found->mark_from[0] == row.scale[0]);
        CHECK(found->mark_from[1] == row.scale[1]);
        CHECK(found->mark_from[2] == row.scale[2]);
        CHECK(found->score_max == row.scale[3]);
    }
}

}  // namespace opora::generation

#include "opora/generation/distortion.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "opora/generation/territory.hpp"

using namespace opora::generation;

namespace {

constexpr std::int32_t schools = 300;

TerritorySpec spec_of(double distorted) {
    TerritorySpec spec{.schools = schools, .first = {2023}, .last = {2023}, .seed = 5};
    spec.distorted = distorted;
    return spec;
}

struct Scores {
    double sum = 0;
    double squares = 0;
    double pupils = 0;

    void add(const PupilRow& row) {
        if (!row.score) return;
        sum += *row.score;
        squares += double{1} * *row.score * *row.score;
        ++pupils;
    }
    double mean() const { return sum / pupils; }
    double deviation() const { return std::sqrt(squares / pupils - mean() * mean()); }
};

/// Scores of class «А» in a ВПР.
Scores scores_of(const SchoolOutput& school, std::string_view subject, int grade) {
    Scores scores;
    for (const CellRows& cell : school.cells) {
        const WorkForm& work = *cell.work;
        if (work.type != opora::model::ProcedureType::vpr || work.grade != grade) continue;
        if (work.subject != subject) continue;
        for (const PupilRow& row : cell.pupils) {
            if (row.class_number == 0) scores.add(row);
        }
    }
    return scores;
}

bool same(const SchoolOutput& left, const SchoolOutput& right) {
    return std::ranges::equal(left.cells, right.cells, [](const auto& one, const auto& other) {
        return std::ranges::equal(one.pupils, other.pupils, [](const auto& a, const auto& b) {
            return a.score == b.score && a.mark == b.mark && a.journal_mark == b.journal_mark;
        });
    });
}

}  // namespace

TEST_CASE("distortion changes the results of distorted schools and of no other") {
    const Generator honest{spec_of(0)};
    const Generator distorted{spec_of(0.5)};
    std::map<Distortion, int> seen;
    for (std::int32_t number = 1; number <= schools; ++number) {
        CAPTURE(number);
        const SchoolOutput with = distorted.school(number);
        const SchoolOutput without = honest.school(number);
        const Distortion planted = with.truth.front().distortion;
        ++seen[planted];
        CHECK(planted == distortion_of(with.profile));
        CHECK((without.truth.front().distortion == Distortion::inflated) ==
              (without.profile.kind == SchoolKind::inflated));
        CHECK(with.truth.front().fail_share == without.truth.front().fail_share);
        const bool own = planted == Distortion::none || planted == Distortion::inflated;
        CHECK(same(with, without) == own);
    }
    CHECK(seen.size() == 8);  // Every way, and none.
}

TEST_CASE("help raises the works that are helped and leaves the others alone") {
    const Generator honest{spec_of(0)};
    const Generator distorted{spec_of(1)};
    int looked_at = 0;
    for (std::int32_t number = 1; number <= schools; ++number) {
        const SchoolOutput with = distorted.school(number);
        const SchoolOutput without = honest.school(number);
        const Distortion planted = distortion_of(with.profile);
        for (const int grade : {4, 5, 6}) {
            const Scores shown = scores_of(with, "mathematics", grade);
            const Scores own = scores_of(without, "mathematics", grade);
            if (own.pupils < 5) continue;
            CAPTURE(number);
            CAPTURE(grade);
            CAPTURE(code(planted));
            const bool helped = planted == Distortion::helped ||
                                (planted == Distortion::primary && grade == 4) ||
                                (planted == Distortion::passing && grade == 5);
            if (helped) CHECK(shown.mean() > own.mean());
            if (planted == Distortion::copied) CHECK(shown.deviation() < 0.5 * own.deviation());
            const bool left_alone = planted == Distortion::none || planted == Distortion::journal ||
                                    (planted == Distortion::primary && grade != 4) ||
                                    (planted == Distortion::passing && grade != 5);
            if (left_alone) CHECK(shown.sum == own.sum);
            ++looked_at;
        }
    }
    CHECK(looked_at > 500);
}

TEST_CASE("kind journals stand above the works far more often than honest ones") {
    opora::statistics::Random random{3};
    const auto above = [&](Distortion distortion) {
        int count = 0;
        for (int i = 0; i < 2000; ++i) count += journal_mark(3, distortion, random) > 3 ? 1 : 0;
        return count;
    };
    CHECK(above(Distortion::none) == doctest::Approx(420).epsilon(0.15));  // 21 %.
    CHECK(above(Distortion::journal) == doctest::Approx(1200).epsilon(0.07));
    CHECK(above(Distortion::inflated) == doctest::Approx(40).epsilon(0.6));
}

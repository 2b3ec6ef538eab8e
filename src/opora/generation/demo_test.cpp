#include "opora/generation/demo.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "opora/base/rational.hpp"
#include "opora/generation/staff.hpp"

namespace opora::generation {
namespace {

const DemoDistrict& district() {
    static const DemoDistrict made = demo_district();
    return made;
}

struct Counts {
    std::int64_t n = 0;
    std::int64_t failed = 0;
};

using Work = std::pair<int, const WorkForm*>;

std::map<Work, Counts> counts_of(const DemoSchool& school) {
    std::map<Work, Counts> counts;
    for (const CellRows& cell : school.cells) {
        Counts& own = counts[{cell.year.ending, cell.work}];
        for (const PupilRow& row : cell.pupils) {
            if (!row.mark) continue;
            ++own.n;
            own.failed += *row.mark == 2 ? 1 : 0;
        }
    }
    return counts;
}

/// The federal rule, written down naively: 30 % failing in two procedures of the year, or in one
/// and the same in this year and the year before; procedures of fewer pupils than `least` do not
/// count.
bool listed(const DemoSchool& school, int year, std::int64_t least) {
    const auto counts = counts_of(school);
    const auto low = [&](int of_year, const WorkForm* work) {
        const auto found = counts.find({of_year, work});
        return found != counts.end() && found->second.n >= least && found->second.n > 0 &&
               10 * found->second.failed >= 3 * found->second.n;
    };
    int procedures = 0;
    bool repeated = false;
    for (const WorkForm& work : works()) {
        procedures += low(year, &work) ? 1 : 0;
        repeated |= low(year, &work) && low(year - 1, &work);
    }
    return procedures >= 2 || repeated;
}

std::string tenths(std::int64_t part, std::int64_t whole) {
    return base::to_decimal(base::Rational{100 * part, whole}, 1);
}

std::string whole_percent(std::int64_t part, std::int64_t whole) {
    return base::to_decimal(base::Rational{100 * part, whole}, 0);
}

}  // namespace

TEST_CASE(
    "document S4, clause 1: yearly marks give its series of quality and success to the printed "
    "decimal") {
    const struct {
        int year;
        const char* quality;
        const char* success;
    } rows[] = {{2021, "52.6", "94.0"},
                {2022, "47.3", "93.5"},
                {2023, "43.5", "95.8"},
                {2024, "43.8", "96.3"}};
    for (const auto& row : rows) {
        std::array<std::int64_t, 6> marks{};
        for (const DemoSchool& school : district().schools) {
            for (const CellRows& cell : school.annual) {
                if (cell.year.ending != row.year) continue;
                for (const PupilRow& pupil : cell.pupils) {
                    if (pupil.mark) ++marks[static_cast<std::size_t>(*pupil.mark)];
                }
            }
        }
        const std::int64_t n = marks[2] + marks[3] + marks[4] + marks[5];
        CAPTURE(row.year);
        CHECK(tenths(marks[4] + marks[5], n) == row.quality);
        CHECK(tenths(marks[3] + marks[4] + marks[5], n) == row.success);
    }
}

TEST_CASE(
    "document S4, clause 1: 441 teachers, 83 % higher education, 70 % with a category, 19 % "
    "young") {
    const auto& teachers = district().teachers;
    const auto n = std::ssize(teachers);
    CHECK(n == 441);
    const auto share = [&](auto holds) {
        return whole_percent(std::ranges::count_if(teachers, holds), n);
    };
    CHECK(share([](const auto& teacher) {
              return teacher.education == model::Education::higher;
          }) == "83");
    CHECK(share([](const auto& teacher) {
              return teacher.category == model::QualificationCategory::highest ||
                     teacher.category == model::QualificationCategory::first;
          }) == "70");
    CHECK(share([](const auto& teacher) { return is_young(teacher, demo_last_year); }) == "19");
    // Age alone and experience alone say the same, so that any reading of «young» gives 19 %.
    CHECK(share([](const auto& teacher) { return *teacher.birth_year >= 2024 - 35; }) == "19");
    CHECK(share([](const auto& teacher) { return *teacher.experience_years <= 3; }) == "19");
    std::set<std::string> ids;
    for (const auto& teacher : teachers) ids.insert(teacher.id.value);
    CHECK(std::ssize(ids) == n);
}

TEST_CASE("staff counts of the schools add up to the register of teachers") {
    std::map<std::string, std::int64_t> sums;
    for (const auto& fact : district().facts) sums[fact.fact] += fact.value.numerator;
    CHECK(sums["teachers"] == 441);
    CHECK(sums["teachers_higher"] == 366);
    CHECK(sums["teachers_category_highest"] + sums["teachers_category_first"] == 309);
    CHECK(sums["teachers_young"] == 84);
}

TEST_CASE(
    "the federal rule lists exactly the seven planted schools in 2024, with or without a least "
    "number of pupils") {
    const std::set<std::string> planted{"edu000104", "edu000106", "edu000107", "edu000109",
                                        "edu000111", "edu000115", "edu000117"};
    for (const std::int64_t least : {1, 5, 10}) {
        CAPTURE(least);
        std::set<std::string> found;
        for (const DemoSchool& school : district().schools) {
            if (listed(school, 2024, least)) found.insert(school.profile.school.id.value);
        }
        CHECK(found == planted);
    }
}

TEST_CASE(
    "schools that are not listed are clearly not: under a quarter fails in every procedure of "
    "2024") {
    for (const DemoSchool& school : district().schools) {
        if (school.profile.kind == SchoolKind::low) continue;
        for (const auto& [work, counts] : counts_of(school)) {
            if (work.first != 2024) continue;
            CHECK_UNARY(4 * counts.failed < counts.n);
        }
    }
}

TEST_CASE("document S4, clause 1: the official lists name 7 of 20 schools (35 %) and 1 (5 %)") {
    std::map<std::string, std::int64_t> named;
    for (const auto& value : district().official_lists) {
        CHECK(value.year == demo_last_year);
        named[value.indicator.value] += value.value.numerator;
    }
    CHECK(district().schools.size() == 20);
    CHECK(named["official_list_low"] == 7);
    CHECK(named["official_list_objectivity"] == 1);
    CHECK(whole_percent(named["official_list_low"], 20) == "35");
    CHECK(whole_percent(named["official_list_objectivity"], 20) == "5");
    CHECK(named["official_list_adverse"] >= 4);
}

TEST_CASE("every school held every work of its grades, but for grade 7 of one school in 2024") {
    for (const DemoSchool& school : district().schools) {
        const auto counts = counts_of(school);
        for (const WorkForm& work : works()) {
            const bool kept = work.subject == "russian" || work.subject == "mathematics";
            if (work.type != model::ProcedureType::vpr || !kept) continue;
            for (int year = 2021; year <= 2024; ++year) {
                const bool left_out = school.profile.school.id.value == "edu000119" &&
                                      work.grade == 7 && year == 2024;
                const bool taught = work.grade <= model::grade_high(school.profile.school);
                CAPTURE(school.profile.school.id.value);
                CAPTURE(work.grade);
                CHECK(counts.contains({year, &work}) == (taught && !left_out));
            }
        }
    }
}

TEST_CASE("the example of the documentation: 8 of 25, 6 of 19, nothing else and no ЕГЭ") {
    const DemoSchool& school = district().schools[6];
    CHECK(school.profile.school.id.value == "edu000107");
    CHECK(school.profile.school.name == "Ручейковская СОШ");
    int low = 0;
    for (const auto& [work, counts] : counts_of(school)) {
        CHECK(work.second->type != model::ProcedureType::ege);
        if (work.first != 2024) continue;
        low += 10 * counts.failed >= 3 * counts.n ? 1 : 0;
        if (work.second->type == model::ProcedureType::vpr &&
            work.second->subject == "mathematics" && work.second->grade == 5) {
            CHECK(counts.n == 25);
            CHECK(counts.failed == 8);
        }
        if (work.second->type == model::ProcedureType::oge && work.second->subject == "russian") {
            CHECK(counts.n == 19);
            CHECK(counts.failed == 6);
        }
    }
    CHECK(low == 2);
}

TEST_CASE(
    "two listed schools teach to grade 9 by type; the school with inflated marks is on no list of "
    "low results") {
    const auto basic = std::ranges::count_if(district().schools, [](const DemoSchool& school) {
        return school.profile.kind == SchoolKind::low &&
               school.profile.school.type == model::SchoolType::basic;
    });
    CHECK(basic == 2);
    std::set<std::string> marked;
    for (const auto& marker : district().markers) {
        if (marker.marked) marked.insert(marker.school.value);
    }
    CHECK(marked == std::set<std::string>{"edu000112"});
    const DemoSchool& inflated = district().schools[11];
    std::int64_t at_border = 0;
    std::int64_t below = 0;
    for (const CellRows& cell : inflated.cells) {
        for (const PupilRow& row : cell.pupils) {
            if (!row.score) continue;
            at_border += *row.score == cell.work->mark_from[0] ? 1 : 0;
            below += *row.score == cell.work->mark_from[0] - 1 ? 1 : 0;
        }
    }
    CHECK(at_border > 5 * below);
}

TEST_CASE("parallels have 4 to 70 pupils; several schools keep fewer than half of their grade 9") {
    for (const DemoSchool& school : district().schools) {
        for (const CellRows& cell : school.cells) {
            if (cell.work->grade < 9)
                CHECK_UNARY(4 <= cell.pupils.size() && cell.pupils.size() <= 75);
        }
    }
    std::map<std::string, Counts> flows;
    for (const auto& fact : district().facts) {
        if (fact.fact == "grade9_finishers") flows[fact.school.value].n += fact.value.numerator;
        if (fact.fact == "admitted_grade10_here")
            flows[fact.school.value].failed += fact.value.numerator;
    }
    const auto few = std::ranges::count_if(
        flows, [](const auto& flow) { return 2 * flow.second.failed < flow.second.n; });
    CHECK(few >= 4);
    CHECK(few < std::ssize(flows));
}

TEST_CASE("every load names a teacher of the school, and every tested class has one") {
    std::map<std::string, std::string> school_of;
    for (const auto& teacher : district().teachers)
        school_of[teacher.id.value] = teacher.school.value;
    for (const auto& load : district().loads)
        CHECK(school_of[load.teacher.value] == load.school.value);
    CHECK(district().loads.size() > 500);
}

TEST_CASE("reference values of the region cover the primary works of all four years") {
    for (int year = 2021; year <= 2024; ++year) {
        for (const char* subject : {"russian", "mathematics", "world_around"}) {
            const auto found =
                std::ranges::count_if(district().references, [&](const auto& reference) {
                    return reference.procedure.year.ending == year &&
                           reference.procedure.grade == 4 &&
                           reference.procedure.subject.value == subject &&
                           reference.indicator.value == "score_share";
                });
            CHECK(found == 1);
        }
    }
}

}  // namespace opora::generation

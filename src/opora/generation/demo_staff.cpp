#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/generation/demo_parts.hpp"
#include "opora/generation/names.hpp"
#include "opora/generation/staff.hpp"

namespace opora::generation {
namespace {

constexpr std::int64_t teachers_total = 441;
constexpr std::int64_t teachers_higher = 366;    ///< 83 %
constexpr std::int64_t teachers_category = 309;  ///< 70 %, highest and first together
constexpr std::int64_t teachers_highest = 121;
constexpr std::int64_t teachers_young = 84;  ///< 19 %
constexpr std::int64_t teachers_over_55 = 101;
constexpr std::int64_t teachers_least = 8;  ///< Four primary teachers and four subjects.

/// Whether the i-th of `whole` belongs to `part` members spread evenly.
bool chosen(std::int64_t i, std::int64_t part, std::int64_t whole) {
    return i * part % whole < part;
}

/// Posts of every school: a least number and the rest by pupils of a parallel; largest remainders
/// get the last ones.
std::vector<std::int64_t> posts_of(const std::vector<DemoSchool>& schools) {
    std::vector<std::int64_t> weights;
    for (const DemoSchool& school : schools) {
        weights.push_back(static_cast<std::int64_t>(school.profile.parallel) *
                          model::grade_high(school.profile.school));
    }
    const std::int64_t weight = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const std::int64_t rest = teachers_total - teachers_least * std::ssize(schools);
    OPORA_EXPECTS(weight > 0);
    std::vector<std::int64_t> posts;
    std::int64_t given = 0;
    std::int64_t weight_so_far = 0;
    for (const std::int64_t own : weights) {
        weight_so_far += own;
        const std::int64_t until_here = rest * weight_so_far / weight;
        posts.push_back(teachers_least + until_here - given);
        given = until_here;
    }
    return posts;
}

model::Teacher teacher_of(const model::SchoolId& school, std::int64_t number,
                          std::int64_t in_school) {
    model::Teacher teacher;
    teacher.id.value = fmt::format("{}-{:02}", school.value, in_school + 1);
    teacher.school = school;
    teacher.name = staff_name(200 + number);
    return teacher;
}

/// Properties over the whole district, so that its counts come out exactly.
void fill_properties(std::vector<model::Teacher>& teachers) {
    OPORA_EXPECTS(std::ssize(teachers) == teachers_total);
    const int year = demo_last_year.ending;
    std::int64_t experienced = 0;
    for (std::int64_t i = 0; i < teachers_total; ++i) {
        model::Teacher& teacher = teachers[static_cast<std::size_t>(i)];
        const std::int32_t step = static_cast<std::int32_t>(i * 7 % 20);
        // Every 37th place shifts the choice, so that education and youth do not go hand in hand.
        const bool higher = chosen((i * 37) % teachers_total, teachers_higher, teachers_total);
        teacher.education = higher ? model::Education::higher : model::Education::secondary;
        if (chosen(i, teachers_young, teachers_total)) {
            teacher.birth_year = year - 23 - step % 10;
            teacher.experience_years = step % 4;
            teacher.category = model::QualificationCategory::none;
        } else {
            constexpr std::int64_t others = teachers_total - teachers_young;
            const bool older = chosen(experienced, teachers_over_55, others);
            const bool category = chosen((experienced * 5) % others, teachers_category, others);
            teacher.birth_year = year - (older ? 56 + step % 11 : 36 + step);
            teacher.experience_years = older ? 30 + step % 8 : 8 + step % 12;
            teacher.category =
                category ? model::QualificationCategory::first : model::QualificationCategory::none;
            ++experienced;
        }
        teacher.arrived_year = year - *teacher.experience_years / 2;
    }
}

void raise_to_highest(std::vector<model::Teacher>& teachers) {
    std::int64_t with_category = 0;
    for (model::Teacher& teacher : teachers) {
        if (teacher.category != model::QualificationCategory::first) continue;
        if (chosen(with_category, teachers_highest, teachers_category)) {
            teacher.category = model::QualificationCategory::highest;
        }
        ++with_category;
    }
    OPORA_EXPECTS(with_category == teachers_category);
}

/// A primary teacher leads a class for four years, so that each is in grade 4 once in four years; a
/// subject has one teacher for every three classes of a grade.
std::size_t post_of(const WorkForm& work, int class_number, model::SchoolYear year,
                    std::size_t posts) {
    const auto number = static_cast<std::size_t>(class_number);
    if (work.grade <= 4) return (static_cast<std::size_t>(year.ending) % 4 + 4 * number) % posts;
    const auto first = [&]() -> std::size_t {
        if (work.subject == "russian") return 4;
        if (work.subject == "mathematics" || work.subject == "mathematics_base") return 5;
        return work.subject == "social_studies" ? 6 : 7;
    }();
    // Upper and lower grades have their own teachers where there are posts for it.
    const std::size_t shift = posts >= 2 * teachers_least && work.grade >= 7 ? teachers_least : 0;
    return first + shift;
}

std::vector<model::TeachingLoad> loads_of(const DemoSchool& school,
                                          std::span<const model::Teacher> teachers) {
    std::vector<model::TeachingLoad> loads;
    for (const CellRows& cell : school.cells) {
        std::int16_t classes = 0;
        for (const PupilRow& row : cell.pupils) {
            classes =
                std::max<std::int16_t>(classes, static_cast<std::int16_t>(row.class_number + 1));
        }
        for (std::int16_t number = 0; number < classes; ++number) {
            const std::size_t post = post_of(*cell.work, number, cell.year, teachers.size());
            loads.push_back({teachers[post].id,
                             school.profile.school.id,
                             cell.year,
                             {std::string{cell.work->subject}},
                             class_name(cell.work->grade, number),
                             {1, 1}});
        }
    }
    return loads;
}

}  // namespace

void add_demo_staff(DemoDistrict& district) {
    const auto posts = posts_of(district.schools);
    for (std::size_t at = 0; at < posts.size(); ++at) {
        for (std::int64_t in_school = 0; in_school < posts[at]; ++in_school) {
            district.teachers.push_back(teacher_of(district.schools[at].profile.school.id,
                                                   std::ssize(district.teachers), in_school));
        }
    }
    fill_properties(district.teachers);
    raise_to_highest(district.teachers);
    std::size_t begin = 0;
    for (std::size_t at = 0; at < posts.size(); ++at) {
        const auto count = static_cast<std::size_t>(posts[at]);
        const std::span own{district.teachers.data() + begin, count};
        std::ranges::move(loads_of(district.schools[at], own), std::back_inserter(district.loads));
        std::ranges::move(staff_facts({own.begin(), own.end()},
                                      district.schools[at].profile.school.id, demo_last_year),
                          std::back_inserter(district.facts));
        begin += count;
    }
}

}  // namespace opora::generation

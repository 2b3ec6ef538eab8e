#include "opora/generation/staff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "opora/generation/names.hpp"
#include "opora/generation/random.hpp"
#include "opora/generation/school_results.hpp"

namespace opora::generation {
namespace {

constexpr double shared_load = 0.05;

std::uint64_t key(int number) { return static_cast<std::uint64_t>(number); }

model::Teacher draw_teacher(const SchoolProfile& profile, model::SchoolYear year,
                            std::size_t number, Random& random) {
    model::Teacher teacher;
    teacher.id.value = fmt::format("t{}-{}", profile.number, number);
    teacher.school = profile.school.id;
    teacher.name =
        staff_name(std::int64_t{profile.number} * 100 + static_cast<std::int64_t>(number));
    const bool young = random.chance(0.15);
    const std::int32_t age = young ? random.between(22, 32) : random.between(33, 66);
    teacher.birth_year = year.ending - age;
    teacher.experience_years = young ? random.between(0, 3) : random.between(4, age - 22);
    teacher.arrived_year = year.ending - random.between(0, *teacher.experience_years);
    teacher.education =
        random.chance(0.85) ? model::Education::higher : model::Education::secondary;
    const double u = random.uniform();
    teacher.category = young || u > 0.8 ? model::QualificationCategory::none
                       : u < 0.35       ? model::QualificationCategory::highest
                                        : model::QualificationCategory::first;
    return teacher;
}

/// A post: its holder teaches one subject (in primary school: everything) to a few classes.
class Posts {
public:
    Posts(const SchoolProfile& profile, model::SchoolYear last, Random& random)
        : profile_{profile}, last_{last}, random_{random} {}

    std::size_t holder(std::string_view post, int class_number) {
        const auto key_of_post = std::pair{std::string{post}, class_number};
        const auto [place, added] = holders_.try_emplace(key_of_post, teachers.size());
        if (added) teachers.push_back(draw_teacher(profile_, last_, teachers.size() + 1, random_));
        return place->second;
    }

    std::vector<model::Teacher> teachers;

private:
    const SchoolProfile& profile_;
    model::SchoolYear last_;
    Random& random_;
    std::map<std::pair<std::string, int>, std::size_t> holders_;
};

/// Subjects that have works in a grade, each once.
std::vector<std::string_view> subjects_of(int grade) {
    std::vector<std::string_view> subjects;
    for (const WorkForm& work : works()) {
        if (work.grade == grade && std::ranges::find(subjects, work.subject) == subjects.end()) {
            subjects.push_back(work.subject);
        }
    }
    return subjects;
}

void add_loads(SchoolStaff& staff, Posts& posts, const SchoolProfile& profile,
               model::SchoolYear year, int grade, int classes, Random& random) {
    for (int number = 0; number < classes; ++number) {
        for (const std::string_view subject : subjects_of(grade)) {
            const bool primary = grade <= 4;
            // The same person teaches both examinations in mathematics and every grade of a group.
            const std::string_view post = primary                         ? "primary"
                                          : subject == "mathematics_base" ? "mathematics"
                                                                          : subject;
            // Two classes of every second grade make one post.
            const int group = primary ? number : number / 2 * 2 + grade % 2;
            const auto teacher = posts.holder(post, group);
            model::TeachingLoad load{posts.teachers[teacher].id, profile.school.id,         year,
                                     {std::string{subject}},     class_name(grade, number), {1, 1}};
            if (!primary && random.chance(shared_load)) {
                const auto second = posts.holder(post, group + 1);
                load.share = {2, 3};
                staff.loads.push_back(load);
                load.teacher = posts.teachers[second].id;
                load.share = {1, 3};
            }
            staff.loads.push_back(std::move(load));
        }
    }
}

}  // namespace

SchoolStaff school_staff(const TerritorySpec& spec, const SchoolProfile& profile,
                         double size_scale) {
    Random random{{spec.seed, 0x73746166, key(profile.number)}};
    SchoolStaff staff;
    Posts posts{profile, spec.last, random};
    for (auto year = spec.first; year <= spec.last; year = year + 1) {
        for (const int grade : {4, 5, 6, 7, 8, 9, 11}) {
            if (grade < model::grade_low(profile.school) ||
                grade > model::grade_high(profile.school))
                continue;
            const int pupils = parallel_size(spec, profile, size_scale, grade, year);
            if (pupils < 2) continue;
            add_loads(staff, posts, profile, year, grade, class_count(pupils), random);
        }
    }
    staff.teachers = std::move(posts.teachers);
    staff.facts = staff_facts(staff.teachers, profile.school.id, spec.last);
    return staff;
}

bool is_young(const model::Teacher& teacher, model::SchoolYear year) {
    return teacher.birth_year && year.ending - *teacher.birth_year <= 35 &&
           teacher.experience_years && *teacher.experience_years <= 3;
}

std::vector<model::SchoolFact> staff_facts(const std::vector<model::Teacher>& teachers,
                                           const model::SchoolId& school, model::SchoolYear year) {
    const auto age = [&](const model::Teacher& teacher) {
        return year.ending - teacher.birth_year.value_or(year.ending - 45);
    };
    const auto category = [](model::QualificationCategory wanted) {
        return [wanted](const model::Teacher& teacher) { return teacher.category == wanted; };
    };
    const auto count = [&](auto holds) {
        return std::int64_t{std::ranges::count_if(teachers, holds)};
    };
    const std::pair<std::string_view, std::int64_t> counts[] = {
        {"teachers", std::ssize(teachers)},
        {"teachers_higher",
         count([](const auto& teacher) { return teacher.education == model::Education::higher; })},
        {"teachers_category_highest", count(category(model::QualificationCategory::highest))},
        {"teachers_category_first", count(category(model::QualificationCategory::first))},
        {"teachers_young", count([&](const auto& teacher) { return is_young(teacher, year); })},
        {"teachers_new",
         count([&](const auto& teacher) { return teacher.arrived_year >= year.ending - 1; })},
        {"teachers_under_35", count([&](const auto& teacher) { return age(teacher) < 35; })},
        {"teachers_35_55",
         count([&](const auto& teacher) { return 35 <= age(teacher) && age(teacher) <= 55; })},
        {"teachers_over_55", count([&](const auto& teacher) { return age(teacher) > 55; })}};
    std::vector<model::SchoolFact> facts;
    for (const auto& [fact, value] : counts)
        facts.push_back({school, year, std::string{fact}, {value, 1}});
    return facts;
}

}  // namespace opora::generation

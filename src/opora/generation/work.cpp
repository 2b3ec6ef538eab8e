#include "opora/generation/work.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::generation {
namespace {

using model::ProcedureType;

/// Tasks as a line «max[difficulty] …», e.g. "1b 2p 3h": numbers 1, 2, 3 …
std::vector<model::Task> tasks_of(std::string_view line) {
    std::vector<model::Task> tasks;
    for (std::size_t at = 0; at < line.size(); at += 3) {
        OPORA_EXPECTS(at + 1 < line.size());
        tasks.push_back({std::to_string(tasks.size() + 1), line[at] - '0', line[at + 1]});
    }
    return tasks;
}

/// Tasks of a Russian work: the first ones are criteria «1К1», «1К2», «1К3» of a dictation, written
/// with Cyrillic К.
std::vector<model::Task> dictation_tasks(std::string_view line) {
    auto tasks = tasks_of(line);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        tasks[i].number = i < 3 ? "1К" + std::to_string(i + 1) : std::to_string(i - 1);
    }
    return tasks;
}

struct Difficulty {
    double failing;
    double excellent;
};

WorkForm vpr(int grade, std::string_view subject, std::string_view title,
             std::vector<model::Task> tasks, std::array<std::int32_t, 3> mark_from,
             Difficulty difficulty) {
    WorkForm work{ProcedureType::vpr, subject, title, grade, std::move(tasks)};
    for (const auto& task : work.tasks) work.score_max += task.points_max;
    work.mark_from = mark_from;
    work.failing = difficulty.failing;
    work.excellent = difficulty.excellent;
    return work;
}

struct Examination {
    ProcedureType type;
    std::string_view subject;
    std::string_view title;
    std::string_view rcoi_code;
    int short_tasks;            ///< One point each.
    std::string_view extended;  ///< Tasks with an extended answer.
    std::array<std::int32_t, 3> mark_from;
    Difficulty difficulty;
    double chosen;
    std::int32_t test_minimum;
};

WorkForm examination(const Examination& form) {
    WorkForm work{form.type, form.subject, form.title, form.type == ProcedureType::oge ? 9 : 11};
    for (int number = 1; number <= form.short_tasks; ++number) {
        work.tasks.push_back({std::to_string(number), 1, 'b'});
    }
    for (auto task : tasks_of(form.extended)) {
        task.number = std::to_string(work.tasks.size() + 1);
        work.tasks.push_back(std::move(task));
    }
    for (const auto& task : work.tasks) work.score_max += task.points_max;
    work.short_tasks = form.short_tasks;
    work.mark_from = form.mark_from;
    work.failing = form.difficulty.failing;
    work.excellent = form.difficulty.excellent;
    work.chosen = form.chosen;
    work.rcoi_code = form.rcoi_code;
    work.test_minimum = form.test_minimum;
    return work;
}

void add_vpr_4_to_6(std::vector<WorkForm>& works) {
    const auto add = [&](auto&&... parts) { works.push_back(vpr(parts...)); };
    // clang-format off
    add(4, "russian", "Русский язык",
        dictation_tasks("4b 3b 1b 3b 2b 3b 1b 2b 3b 2p 2b 3b 2b 3p 2p 2b"),
        std::array{14, 24, 33}, Difficulty{0.07, 0.17});
    add(4, "mathematics", "Математика",
        tasks_of("1b 1b 2b 1b 2b 2b 1b 2b 2p 2p 2p 2h"),
        std::array{6, 10, 15}, Difficulty{0.05, 0.25});
    add(4, "world_around", "Окружающий мир",
        tasks_of("2b 2b 3b 2b 1b 4p 3b 3b 3b 3p 6p"),
        std::array{8, 18, 27}, Difficulty{0.03, 0.18});
    add(5, "russian", "Русский язык",
        dictation_tasks("4b 3b 2b 3b 3b 4b 3b 4p 3b 3b 3b 2b 3b 3p 2p"),
        std::array{18, 29, 39}, Difficulty{0.12, 0.13});
    add(5, "mathematics", "Математика",
        tasks_of("1b 1b 1b 1b 2b 1b 2b 2b 2b 1b 2p 2p 2h"),
        std::array{7, 11, 15}, Difficulty{0.12, 0.15});
    add(5, "history", "История",
        tasks_of("2b 3b 3b 1b 3p 3p"),
        std::array{4, 8, 12}, Difficulty{0.08, 0.15});
    add(5, "biology", "Биология",
        tasks_of("3b 3b 2b 3b 3b 3b 3b 2b 3p 4p"),
        std::array{12, 18, 24}, Difficulty{0.08, 0.12});
    add(6, "russian", "Русский язык",
        dictation_tasks("4b 3b 2b 3b 3b 4b 3b 4p 3b 3b 3b 2b 3b 3p 4b 4p"),
        std::array{25, 35, 45}, Difficulty{0.14, 0.11});
    add(6, "mathematics", "Математика",
        tasks_of("1b 1b 1b 1b 1b 1b 1b 1b 2p 1b 2p 1b 2h"),
        std::array{6, 10, 14}, Difficulty{0.14, 0.08});
    add(6, "geography", "География",
        tasks_of("4b 3b 4b 3b 5b 5b 3p 4p 2b 4p"),
        std::array{10, 22, 31}, Difficulty{0.06, 0.10});
    add(6, "history", "История",
        tasks_of("4b 3b 3b 3p 4p 3p"),
        std::array{6, 11, 16}, Difficulty{0.09, 0.12});
    // clang-format on
}

void add_vpr_7_to_8(std::vector<WorkForm>& works) {
    const auto add = [&](auto&&... parts) { works.push_back(vpr(parts...)); };
    // clang-format off
    add(7, "russian", "Русский язык",
        dictation_tasks("4b 3b 2b 3b 4b 3b 4b 3p 3b 3b 3b 3b 3b 3p 3p"),
        std::array{22, 32, 42}, Difficulty{0.15, 0.08});
    add(7, "mathematics", "Математика",
        tasks_of("1b 1b 1b 1b 1b 1b 1b 1b 1b 2p 1b 1b 1b 2p 1b 2h"),
        std::array{7, 12, 16}, Difficulty{0.13, 0.09});
    add(7, "geography", "География",
        tasks_of("4b 4b 4b 4b 5b 4p 5p 5p"),
        std::array{11, 24, 32}, Difficulty{0.08, 0.07});
    add(7, "physics", "Физика",
        tasks_of("1b 1b 1b 1b 2b 1b 2p 2p 2p 3h 2h"),
        std::array{5, 9, 12}, Difficulty{0.12, 0.10});
    add(8, "russian", "Русский язык",
        dictation_tasks("4b 3b 2b 4b 3b 3b 4b 3p 3b 3b 3b 4b 4b 4p 4p"),
        std::array{26, 32, 45}, Difficulty{0.16, 0.09});
    add(8, "mathematics", "Математика",
        tasks_of("1b 1b 1b 1b 1b 2b 1b 2b 1b 1b 1b 1b 1b 1b 1b 2p 2p 2p 2h"),
        std::array{8, 15, 21}, Difficulty{0.14, 0.05});
    add(8, "history", "История",
        tasks_of("2b 3b 3b 3b 3p 3p"),
        std::array{5, 10, 14}, Difficulty{0.10, 0.10});
    add(8, "chemistry", "Химия",
        tasks_of("4b 4b 4b 4b 4b 4p 4p 4p 4h"),
        std::array{10, 19, 28}, Difficulty{0.08, 0.16});
    // clang-format on
}

void add_examinations(std::vector<WorkForm>& works) {
    constexpr auto oge = ProcedureType::oge;
    constexpr auto ege = ProcedureType::ege;
    const auto add = [&](const Examination& form) { works.push_back(examination(form)); };
    // clang-format off
    add({oge, "russian", "Русский язык", "1", 7, "2b 3b 2b 2b 3p 2p 2p 2b 2b 2b 2b 2b",
        {15, 23, 29}, {0.06, 0.24}, 1.0, 0});
    add({oge, "mathematics", "Математика", "2", 19, "2p 2p 2p 2p 2h 2h",
        {8, 15, 22}, {0.12, 0.05}, 1.0, 0});
    add({oge, "social_studies", "Обществознание", "12", 16, "2b 3p 4p 3p 3p 3h 3h",
        {14, 24, 32}, {0.09, 0.07}, 0.60, 0});
    add({oge, "geography", "География", "8", 27, "2p 2p", {12, 19, 26}, {0.09, 0.14}, 0.55, 0});
    add({oge, "informatics", "Информатика", "5", 10, "2p 2p 2p 2h 1h",
        {5, 11, 16}, {0.07, 0.12}, 0.45, 0});
    add({oge, "biology", "Биология", "6", 23, "5p 5p 5p 5h 5h",
        {13, 26, 38}, {0.08, 0.05}, 0.40, 0});
    add({ege, "russian", "Русский язык", "1", 26, "1b 3b 2b 1b 2p 2p 3p 3p 3p 2b 1b 1b",
        {9, 24, 40}, {0.015, 0.20}, 1.0, 24});
    add({ege, "mathematics_base", "Математика (базовая)", "22", 21, "",
        {7, 12, 17}, {0.05, 0.40}, 0.50, 0});
    add({ege, "mathematics", "Математика (профильная)", "2", 12, "2p 3h 2h 2h 3h 4h 4h",
        {5, 11, 19}, {0.07, 0.15}, 0.50, 27});
    add({ege, "social_studies", "Обществознание", "12", 16, "2b 3b 4p 3p 3p 4p 4h 4h 6h 4h 5h",
        {22, 34, 46}, {0.14, 0.10}, 0.40, 42});
    add({ege, "biology", "Биология", "6", 36, "3p 3p 3p 3h 3h 3h 3h",
        {14, 28, 42}, {0.13, 0.08}, 0.25, 36});
    // clang-format on
}

std::vector<WorkForm> all_works() {
    std::vector<WorkForm> works;
    add_vpr_4_to_6(works);
    add_vpr_7_to_8(works);
    add_examinations(works);
    for (const WorkForm& work : works) OPORA_EXPECTS(work.mark_from[2] < work.score_max);
    return works;
}

std::vector<WorkForm> all_annual_works() {
    std::vector<WorkForm> works;
    for (int grade = 2; grade <= 11; ++grade) {
        for (const auto& [subject, title] :
             {std::pair{"russian", "Русский язык"}, std::pair{"mathematics", "Математика"}}) {
            WorkForm work{ProcedureType::annual, subject, title, grade};
            work.score_max = 100;
            work.mark_from = {25, 50, 75};
            work.failing = 0.04;
            work.excellent = 0.10;
            works.push_back(std::move(work));
        }
    }
    return works;
}

}  // namespace

std::span<const WorkForm> annual_works() {
    static const std::vector<WorkForm> all = all_annual_works();
    return all;
}

std::span<const WorkForm> works() {
    static const std::vector<WorkForm> all = all_works();
    return all;
}

std::int32_t mark_of(const WorkForm& work, std::int32_t score) {
    return 2 + static_cast<std::int32_t>(std::ranges::count_if(
                   work.mark_from, [&](std::int32_t border) { return score >= border; }));
}

std::int32_t test_score_of(const WorkForm& work, std::int32_t score) {
    OPORA_EXPECTS(work.test_minimum > 0 && 0 <= score && score <= work.score_max);
    const std::int32_t border = work.mark_from[0];
    if (score < border) return score * work.test_minimum / border;
    return work.test_minimum +
           (score - border) * (100 - work.test_minimum) / (work.score_max - border);
}

model::Procedure procedure_of(const WorkForm& work, model::SchoolYear year) {
    return {year,       work.type,  {std::string{work.subject}},
            work.grade, work.grade, model::Period::main};
}

}  // namespace opora::generation

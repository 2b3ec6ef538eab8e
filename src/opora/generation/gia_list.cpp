#include "opora/generation/gia_list.hpp"

#include <fmt/format.h>

#include <string_view>

#include "opora/base/expects.hpp"
#include "opora/generation/task_points.hpp"

namespace opora::generation {
namespace {

bool has_extended(const WorkForm& work) {
    return static_cast<std::size_t>(work.short_tasks) < work.tasks.size();
}

std::string heading(const WorkForm& work) {
    std::string line =
        "№;Код МСУ;Код ОО;Класс;Код ППЭ;Аудитория;Фамилия;Имя;Отчество;Серия;Номер;"
        "Задания с кратким ответом;";
    if (has_extended(work)) line += "Задания с развёрнутым ответом;";
    line += "Первичный балл;";
    return line + (work.test_minimum > 0 ? "Тестовый балл" : "Оценка");
}

/// «+» and «-» for tasks of one point, digits for others.
std::string short_answers(const WorkForm& work, const std::vector<std::int16_t>& points) {
    std::string answers;
    for (std::size_t task = 0; task < static_cast<std::size_t>(work.short_tasks); ++task) {
        if (work.tasks[task].points_max == 1) {
            answers += points[task] == 1 ? '+' : '-';
        } else {
            answers += std::to_string(points[task]);
        }
    }
    return answers;
}

std::string extended_answers(const WorkForm& work, const std::vector<std::int16_t>& points) {
    std::string answers;
    for (auto task = static_cast<std::size_t>(work.short_tasks); task < points.size(); ++task) {
        answers += fmt::format("{}({})", points[task], work.tasks[task].points_max);
    }
    return answers;
}

std::string line_of(const GiaList& list, const GiaSchool& school, const PupilRow& pupil,
                    std::int64_t number, Random& random) {
    const WorkForm& work = *list.work;
    const auto points = draw_points(work, *pupil.score, random);
    std::string line = fmt::format("{};{};{};{};{};{};Вымышленный;Ученик;Номер {};0000;{:06};",
                                   number, list.municipality_code, school.school.rcoi_code,
                                   class_name(work.grade, pupil.class_number), 900 + number % 7,
                                   1 + number % 15, number, number);
    line += short_answers(work, points) + ';';
    if (has_extended(work)) line += extended_answers(work, points) + ';';
    const std::int32_t last =
        work.test_minimum > 0 ? test_score_of(work, *pupil.score) : std::int32_t{*pupil.mark};
    return line + fmt::format("{};{}", *pupil.score, last);
}

}  // namespace

void write_gia_list(const std::filesystem::path& path, const GiaList& list, TextEncoding encoding,
                    LineEnd line_end) {
    OPORA_EXPECTS(list.work != nullptr && !list.work->rcoi_code.empty());
    const std::string_view end = line_end == LineEnd::crlf ? "\r\n" : "\n";
    TextFile file{path, encoding};
    const std::string_view date = list.work->type == model::ProcedureType::oge ? "06.06" : "28.05";
    file.write(fmt::format("{} - {} {}.{}{}", list.work->rcoi_code, list.work->subject_title, date,
                           list.year.ending, end));
    file.write(heading(*list.work));
    file.write(end);
    std::int64_t number = 0;
    for (const GiaSchool& school : list.schools) {
        Random random{{list.seed, text_key(school.school.login), text_key(list.work->subject),
                       static_cast<std::uint64_t>(list.work->grade),
                       static_cast<std::uint64_t>(list.year.ending)}};
        for (const PupilRow& pupil : school.rows->pupils) {
            if (!pupil.score) continue;  // Who did not sit the examination is not on the list.
            file.write(line_of(list, school, pupil, ++number, random));
            file.write(end);
        }
    }
    file.close();
}

}  // namespace opora::generation

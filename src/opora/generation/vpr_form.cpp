#include "opora/generation/vpr_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "opora/base/expects.hpp"
#include "opora/base/workbook_writer.hpp"
#include "opora/generation/random.hpp"
#include "opora/generation/task_points.hpp"

namespace opora::generation {
namespace {

using base::CellStyle;
using base::WorkbookWriter;

constexpr int columns_before_tasks =
    6;  // ОО, Муниципалитет, Название ОО, Код участника, Класс, Вариант
/// A zero is sometimes noted as not attempted; the sum of the points stays the primary score.
constexpr double not_attempted_probability = 0.25;

std::string_view difficulty_letter(char difficulty) {
    if (difficulty == 'h') return "В";
    return difficulty == 'p' ? "П" : "Б";
}

std::string task_heading(const model::Task& task, bool latin) {
    std::string number = task.number;
    const auto letter = number.find("К");
    if (latin && letter != std::string::npos)
        number.replace(letter, std::string_view{"К"}.size(), "K");
    return fmt::format("{} ({}б)", number, task.points_max);
}

class FormWriter {
public:
    FormWriter(const std::filesystem::path& path, const VprForm& form, const VprMess& mess)
        : form_{form}, work_{*form.work}, mess_{mess}, book_{path} {}

    void write() {
        if (mess_.helper_sheet) {
            book_.sheet("Служебный лист");
            book_.text(0, 0, "Лист заполняется автоматически, не изменяйте его");
        }
        book_.sheet("Индивидуальные результаты");
        write_title();
        write_header();
        for (const VprSchool& school : form_.schools) write_school(school);
        book_.close();
    }

private:
    void write_title() {
        const auto title =
            fmt::format("ВПР {} {} {} класс", form_.year.ending, work_.subject_title, work_.grade);
        book_.text(row_++, 0, title, CellStyle::title);
        pair("Предмет", work_.subject_title);
        pair("Максимальный первичный балл", std::to_string(work_.score_max));
        pair("Дата проведения", fmt::format("18.04.{}", form_.year.ending));
        book_.text(row_++, 0, fmt::format("{} | Кол-во участников: {}", place(), declared()));
        row_ += 1 + mess_.rows_above_header;
    }

    std::string place() const {
        if (form_.schools.size() > 1) return form_.municipality;
        const model::School& school = form_.schools.front().school;
        return fmt::format("{} ({}) | {}", school.name, school.login, form_.municipality);
    }

    std::size_t declared() const {
        std::size_t rows = 0;
        for (const VprSchool& school : form_.schools) rows += school.rows->pupils.size();
        return rows + static_cast<std::size_t>(mess_.declared_too_many);
    }

    void pair(std::string_view name, std::string_view value) {
        book_.text(row_, 0, name);
        book_.text(row_++, 1, value);
    }

    void write_header() {
        if (mess_.difficulty_row) {
            for (std::size_t task = 0; task < work_.tasks.size(); ++task) {
                book_.text(row_, task_column(task),
                           difficulty_letter(work_.tasks[task].difficulty));
            }
            ++row_;
        }
        int column = 0;
        for (const std::string_view heading :
             {"ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"}) {
            book_.text(row_, column++, heading, CellStyle::heading);
        }
        for (const model::Task& task : work_.tasks) {
            book_.text(row_, column++, task_heading(task, mess_.latin_letters), CellStyle::heading);
        }
        for (const std::string_view heading : {"Первичный балл", "Отметка", "Отметка по журналу"}) {
            book_.text(row_, column++, heading, CellStyle::heading);
        }
        ++row_;
    }

    void write_school(const VprSchool& school) {
        Random random{{form_.seed, text_key(school.school.login), text_key(work_.subject),
                       static_cast<std::uint64_t>(work_.grade),
                       static_cast<std::uint64_t>(form_.year.ending)}};
        for (const PupilRow& pupil : school.rows->pupils) {
            book_.text(row_, 0, school.school.login);
            book_.text(row_, 1, form_.municipality);
            book_.text(row_, 2, school.school.name);
            whole(3, 10'001 + pupil.pupil);
            book_.text(row_, 4, class_name(work_.grade, pupil.class_number));
            whole(5, 1 + pupil.pupil % 2);
            write_points(pupil, random);
            ++row_;
        }
    }

    void write_points(const PupilRow& pupil, Random& random) {
        const std::string_view missing = mess_.latin_letters ? "X" : "Х";
        const int last = task_column(work_.tasks.size());
        if (pupil.score) {
            const auto points = draw_points(work_, *pupil.score, random);
            for (std::size_t task = 0; task < points.size(); ++task) {
                const bool skipped = points[task] == 0 && random.chance(not_attempted_probability);
                if (skipped) {
                    book_.text(row_, task_column(task), missing);
                } else {
                    whole(task_column(task), points[task]);
                }
            }
            whole(last, *pupil.score);
        } else {
            for (std::size_t task = 0; task < work_.tasks.size(); ++task)
                book_.text(row_, task_column(task), missing);
            book_.text(row_, last, "-");
        }
        mark(last + 1, pupil.mark);
        mark(last + 2, pupil.journal_mark);
    }

    void mark(int column, const std::optional<std::int16_t>& value) {
        if (value) {
            whole(column, *value);
        } else {
            book_.text(row_, column, "Нет отметки");
        }
    }

    void whole(int column, std::int32_t value) {
        if (!mess_.numbers_as_text) {
            book_.number(row_, column, value);
        } else if (mess_.decimal_comma && column >= columns_before_tasks) {
            book_.text(row_, column, std::to_string(value) + ",0");
        } else {
            book_.text(row_, column, std::to_string(value));
        }
    }

    static int task_column(std::size_t task) {
        return columns_before_tasks + static_cast<int>(task);
    }

    const VprForm& form_;
    const WorkForm& work_;
    const VprMess& mess_;
    WorkbookWriter book_;
    std::int64_t row_ = 0;
};

}  // namespace

void write_vpr_form(const std::filesystem::path& path, const VprForm& form, const VprMess& mess) {
    OPORA_EXPECTS(form.work != nullptr && !form.schools.empty());
    FormWriter{path, form, mess}.write();
}

}  // namespace opora::generation

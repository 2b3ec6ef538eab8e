#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/read_protocols.hpp"
#include "opora/intake/kinds/vpr_tasks.hpp"
#include "opora/intake/kinds/work_head.hpp"

namespace opora::intake {

namespace {

constexpr std::int32_t score_limit = 4'000;

/// Numbers of the kind's columns, looked up once.
struct VprColumns {
    explicit VprColumns(const Kind& kind)
        : school{kind.number("school_id")},
          school_name{kind.number("school_name")},
          participant{kind.number("participant")},
          class_name{kind.number("class")},
          variant{kind.number("variant")},
          score{kind.number("score")},
          mark{kind.number("mark")},
          journal_mark{kind.number("journal_mark")} {}

    std::size_t school, school_name, participant, class_name, variant, score, mark, journal_mark;
};

/// The row of difficulty letters above the headings; empty when there is none.
std::vector<std::string> difficulty_letters(const HeadedTable& headed,
                                            const std::vector<TaskColumn>& tasks) {
    std::vector<std::string> letters;
    for (const TaskColumn& column : tasks) {
        if (column.task.difficulty == ' ') continue;
        letters.resize(std::max(letters.size(), column.place + 1));
        letters[column.place] = headed.above.back().cells[column.place];
    }
    return letters;
}

/// One sheet of the form, from its headings on.
class VprSheet {
public:
    VprSheet(Session& session, Participants& participants, std::string sheet, HeadedTable headed)
        : session_{session},
          participants_{participants},
          sheet_{std::move(sheet)},
          headed_{std::move(headed)},
          columns_{session.kind},
          tasks_{find_task_columns(headed_.headings,
                                   headed_.above.empty() ? nullptr : &headed_.above.back())},
          head_{read_work_head(headed_.above, session.dictionaries().subjects)},
          preamble_{written_head(head_, session.dictionaries().subjects)},
          rows_{session, sheet_, headed_.headings, headed_.row.number} {
        for (const std::size_t column : {columns_.school, columns_.school_name}) {
            if (const auto& place = headed_.headings.places[column])
                school_places_.push_back(*place);
        }
        observed_max_.resize(tasks_.size(), 1);
    }

    /// Whether the lines above the headings tell the work; otherwise the file is refused with what
    /// is missing.
    bool understood();
    void warn_unknown() const {
        warn_unknown_columns(session_, sheet_, headed_.headings, headed_.row.number);
    }
    void take(TableRow& row);
    void finish();

private:
    void refuse_names(TableRow& row, model::AssessmentResult& result);
    void refuse_sheet(std::string code, std::string message, std::string expected);
    std::int32_t score_max() const;
    const model::School* school();
    const std::string& class_of_row();
    bool blank_row() const;
    void take_points(const TableRow& row, model::AssessmentResult& result);
    void check_sum(const model::AssessmentResult& result);
    void take_procedure(model::AssessmentResult& result);
    void add(model::AssessmentResult result);
    void add_work();

    Session& session_;
    Participants& participants_;
    std::string sheet_;
    HeadedTable headed_;
    VprColumns columns_;
    std::vector<TaskColumn> tasks_;
    WorkHead head_;
    std::vector<std::vector<std::string>> preamble_;
    ProtocolRows rows_;
    std::vector<std::size_t> school_places_;
    std::vector<std::int32_t> observed_max_;
    std::vector<model::Procedure> procedures_;
    std::int64_t rows_read_ = 0;
    bool names_met_ = false;  ///< In place of participants' codes.
    std::int32_t score_max_ = score_limit;
    std::string school_text_;  ///< Cells that named the school of the last row.
    const model::School* school_found_ = nullptr;
    std::string class_text_;
    std::string class_found_;
};

void VprSheet::refuse_sheet(std::string code, std::string message, std::string expected) {
    session_.report.refuse_file({.code = std::move(code),
                                 .message = std::move(message),
                                 .place = {"", sheet_, std::nullopt, ""},
                                 .expected = std::move(expected)});
}

bool VprSheet::understood() {
    const auto before = session_.batch.errors.size();
    if (!head_.year) head_.year = session_.context.year;
    if (!head_.year) {
        refuse_sheet(
            "year_unknown",
            "Не указан год работы. Добавьте над заголовками строку «Учебный год» со значением.",
            "«ВПР 2024 …» или «Учебный год | 2023/24»");
    } else {
        if (head_.autumn_assumed) {
            head_.year = *head_.year + 1;
            session_.report.warn(
                {.code = "autumn_assumed",
                 .message =
                     fmt::format("Работа по программе прошлого класса: принято, что она проведена "
                                 "осенью, в {} учебном году. Если это не так, укажите дату.",
                                 model::title(*head_.year)),
                 .place = {"", sheet_, std::nullopt, ""}});
        }
        if (head_.year_conflict) {
            session_.report.warn({.code = "year_conflict",
                                  .message = fmt::format("Год в названии работы и дата проведения "
                                                         "расходятся: по дате взят {} учебный год.",
                                                         model::title(*head_.year)),
                                  .place = {"", sheet_, std::nullopt, ""}});
        }
        base::Errors wrong;
        check_year(session_.context, *head_.year, {"", sheet_, std::nullopt, ""},
                   fmt::format("{}", head_.year->ending), wrong);
        for (base::Error& error : wrong) session_.report.refuse_file(std::move(error));
    }
    if (!head_.subject && head_.subject_text.empty()) {
        refuse_sheet("subject_unknown",
                     "Не указан предмет. Добавьте над заголовками строку «Предмет» со значением.",
                     "«Предмет | Математика»");
    } else if (!head_.subject) {
        session_.report.warn(
            {.code = "unknown_subject",
             .message = fmt::format("Предмета «{}» нет в словаре предметов: он сохранён под своим "
                                    "названием.",
                                    head_.subject_text),
             .place = {"", sheet_, std::nullopt, "Предмет"}});
        head_.subject = model::SubjectCode{normalised(head_.subject_text)};
    }
    if (session_.batch.errors.size() != before) return false;
    preamble_ = written_head(head_, session_.dictionaries().subjects);
    preamble_.push_back(difficulty_letters(headed_, tasks_));
    score_max_ = score_max();
    return true;
}

std::int32_t VprSheet::score_max() const {
    std::int32_t sum = 0;
    for (const TaskColumn& column : tasks_) {
        if (column.task.points_max == 0) return head_.score_max.value_or(score_limit);
        sum += column.task.points_max;
    }
    return head_.score_max.value_or(sum > 0 ? sum : score_limit);
}

/// Nothing of the file is stored, and the name goes no further.
void VprSheet::refuse_names(TableRow& row, model::AssessmentResult& result) {
    result.participant.clear();
    const auto place = headed_.headings.places[columns_.participant];
    if (!place) return;
    row.cells[*place].clear();
    if (std::exchange(names_met_, true)) return;
    refuse_sheet("participant_name",
                 fmt::format("В столбце «{}» записаны имена (первое — в строке {}). Опора имён не "
                             "хранит: замените их обезличенными кодами и загрузите файл снова.",
                             headed_.headings.cells[*place].text, row.number),
                 "код с цифрами, например 5001");
}

const model::School* VprSheet::school() {
    std::string text{rows_.cell(columns_.school)};
    if (text.empty()) text = head_.school;
    if (text.empty()) text = rows_.cell(columns_.school_name);
    if (text != school_text_ || school_found_ == nullptr) {
        school_found_ = session_.index.find(text);
        school_text_ = std::move(text);
    }
    if (school_found_ == nullptr)
        rows_.fail(unknown_school(school_text_, rows_.place(columns_.school)));
    return school_found_;
}

const std::string& VprSheet::class_of_row() {
    const std::string_view text = rows_.cell(columns_.class_name);
    if (text != class_text_) {
        class_text_ = text;
        class_found_ = is_missing(text) ? std::string{} : class_title(text);
        if (!class_found_.empty() && !grade_of_class(class_found_) && head_.grade) {
            class_found_ = fmt::format("{}{}", *head_.grade, class_found_);
        }
    }
    return class_found_;
}

bool VprSheet::blank_row() const {
    return rows_.cell(columns_.participant).empty() && rows_.cell(columns_.score).empty() &&
           rows_.cell(columns_.mark).empty();
}

void VprSheet::take_points(const TableRow& row, model::AssessmentResult& result) {
    result.points.reserve(tasks_.size());
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        const TaskColumn& column = tasks_[i];
        const std::string_view text = column.place < row.cells.size()
                                          ? stripped(row.cells[column.place])
                                          : std::string_view{};
        if (is_missing(text)) {
            result.points.emplace_back();
            continue;
        }
        const auto points = whole_number(text);
        const std::int32_t limit = column.task.points_max > 0 ? column.task.points_max : 100;
        if (!points || *points < 0) {
            rows_.fail_at(column.place, "not_whole", "Балл за задание должен быть целым числом.",
                          fmt::format("от 0 до {} или пусто", limit));
        } else if (*points > limit) {
            rows_.fail_at(column.place, "points_above_max", "Балл за задание больше максимального.",
                          fmt::format("от 0 до {} или пусто", limit));
        } else {
            observed_max_[i] = std::max(observed_max_[i], *points);
            result.points.emplace_back(static_cast<std::int16_t>(*points));
            continue;
        }
        result.points.emplace_back();
    }
}

void VprSheet::check_sum(const model::AssessmentResult& result) {
    if (!result.score) return;
    std::int32_t sum = 0;
    bool complete = true;
    bool any = false;
    for (const auto& points : result.points) {
        sum += points.value_or(0);
        complete = complete && points.has_value();
        any = any || points.has_value();
    }
    if (any && (sum > *result.score || (complete && sum != *result.score))) {
        rows_.warn("sum_differs",
                   "Сумма баллов за задания не равна первичному баллу: сохранён первичный балл.",
                   "Первичный балл");
    }
}

void VprSheet::take_procedure(model::AssessmentResult& result) {
    const auto class_grade = grade_of_class(result.class_name);
    if (!head_.grade && !class_grade) {
        rows_.fail(columns_.class_name, "grade_unknown",
                   "Не указан класс ни в строке, ни над заголовками.", "класс с номером: 5А");
        return;
    }
    result.procedure = {.year = *head_.year, .type = head_.type, .subject = *head_.subject};
    result.procedure.grade = head_.grade.value_or(class_grade.value_or(0));
    result.procedure.programme_grade = head_.programme_grade.value_or(result.procedure.grade);
    if (!class_grade || *class_grade == result.procedure.grade) return;
    // A work «for grade 4» written by class 5 looks back at the programme of the year before
    // (autumn ВПР).
    if (!head_.programme_grade && *class_grade == result.procedure.grade + 1) {
        result.procedure.grade = *class_grade;
        rows_.warn("programme_of_last_grade",
                   "Класс на год старше, чем в заголовке: принято, что работа по программе "
                   "прошлого класса.",
                   "Класс");
    } else if (head_.programme_grade && *head_.programme_grade == *class_grade) {
        return;
    } else {
        rows_.warn(
            "other_grade",
            "Класс не той параллели, что в заголовке: результат отнесён к параллели из заголовка.",
            "Класс");
    }
}

void VprSheet::take(TableRow& row) {
    if (is_comment(row) || headed_.headings.repeated_in(row)) return;
    rows_.begin(row);
    if (blank_row()) {
        rows_.warn("row_without_result",
                   "Строка без кода участника, балла и отметки не прочитана.");
        return;
    }
    ++rows_read_;
    model::AssessmentResult result;
    if (const model::School* found = school()) result.school = found->id;
    result.participant = rows_.cell(columns_.participant);
    if (is_missing(result.participant)) result.participant.clear();
    if (looks_like_name(result.participant)) refuse_names(row, result);
    result.class_name = class_of_row();
    if (const auto variant = rows_.cell(columns_.variant); !is_missing(variant))
        result.variant = variant;
    rows_.check_word(columns_.class_name, result.class_name, session_.batch.results.classes);
    rows_.check_word(columns_.variant, result.variant, session_.batch.results.variants);
    result.source_row = static_cast<std::int32_t>(row.number);
    take_procedure(result);
    take_points(row, result);
    result.score = rows_.whole(columns_.score, 0, score_limit);
    result.mark = rows_.mark(columns_.mark, rows_.cell(columns_.score));
    result.journal_mark = rows_.whole(columns_.journal_mark, 2, 5);
    if (result.score && *result.score > score_max_) {
        rows_.fail(columns_.score, "score_above_max",
                   "Первичный балл больше максимального за работу.",
                   fmt::format("от 0 до {}", score_max_));
    }
    add(std::move(result));
}

void VprSheet::add(model::AssessmentResult result) {
    if (rows_.good() && !result.participant.empty()) {
        const std::uint32_t procedure = session_.batch.results.procedure_number(result.procedure);
        if (const auto earlier = participants_.earlier(result, procedure, rows_.row_number())) {
            rows_.fail(columns_.participant, "duplicate_participant",
                       fmt::format("Этот код участника уже стоит в строке {}.", *earlier),
                       "код один раз в школе и работе");
        }
    }
    if (!rows_.good()) {
        rows_.refuse(preamble_, school_places_);
        return;
    }
    check_sum(result);
    if (std::ranges::find(procedures_, result.procedure) == procedures_.end())
        procedures_.push_back(result.procedure);
    if (!result.mark && !rows_.cell(columns_.mark).empty())
        session_.unmarked.push_back(session_.batch.results.rows());
    session_.batch.results.add(result);
}

void VprSheet::add_work() {
    model::Work work;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        work.tasks.push_back(tasks_[i].task);
        if (work.tasks.back().points_max == 0) work.tasks.back().points_max = observed_max_[i];
    }
    if (score_max_ != score_limit) work.score_max = score_max_;
    for (const model::Procedure& procedure : procedures_) {
        work.procedure = procedure;
        auto& works = session_.batch.results.works;
        const auto known = std::ranges::find(works, procedure, &model::Work::procedure);
        if (known == works.end()) {
            works.push_back(work);
        } else if (*known != work) {
            session_.report.warn(
                {.code = "work_differs",
                 .message =
                     "Та же работа описана на двух листах по-разному (задания или максимальный "
                     "балл): сохранено первое описание.",
                 .place = {"", sheet_, std::nullopt, ""}});
        }
    }
}

void VprSheet::finish() {
    if (names_met_ && !session_.affected.empty() && session_.affected.back().head.sheet == sheet_) {
        auto& headings = session_.affected.back().headings;
        headings.cells[*headings.places[columns_.participant]].role = HeadingRole::personal;
    }
    rows_.finish(columns_.score, columns_.mark);
    add_work();
    if (head_.declared && *head_.declared != rows_read_) {
        session_.report.warn(
            {.code = "declared_differs",
             .message = fmt::format("В заголовке указано участников: {}, строк в таблице: {}.",
                                    *head_.declared, rows_read_),
             .place = {"", sheet_, std::nullopt, ""}});
    }
    if (rows_read_ == 0) {
        session_.report.warn({.code = "no_rows",
                              .message = "На листе нет строк участников.",
                              .place = {"", sheet_, std::nullopt, ""}});
    }
}

class VprIndividualReader : public KindReader {
public:
    explicit VprIndividualReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        HeadedTable headed =
            OPORA_TRY(find_headings(table, session_.kind, session_.dictionaries().synonyms));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        VprSheet sheet{session_, participants_, table.sheet(), std::move(headed)};
        sheet.warn_unknown();
        if (!sheet.understood()) return base::Done{};
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) sheet.take(row);
        sheet.finish();
        return base::Done{};
    }

private:
    Session& session_;
    Participants participants_;
};

}  // namespace

std::unique_ptr<KindReader> vpr_individual_reader(Session& session) {
    return std::make_unique<VprIndividualReader>(session);
}

}  // namespace opora::intake

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/gia_answers.hpp"
#include "opora/intake/kinds/gia_title.hpp"
#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/read_protocols.hpp"
#include "opora/tally/scale.hpp"

namespace opora::intake {

namespace {

using model::ProcedureType;

constexpr std::int32_t score_limit = 500;
constexpr std::string_view base_mathematics = "mathematics_base";

struct GiaColumns {
    explicit GiaColumns(const Kind& kind)
        : school{kind.number("rcoi_code")},
          class_name{kind.number("class")},
          shorts{kind.number("short_answers")},
          extended{kind.number("extended_answers")},
          oral{kind.number("oral_answers")},
          written_score{kind.number("written_score")},
          oral_score{kind.number("oral_score")},
          score{kind.number("score")},
          mark{kind.number("mark")},
          test_score{kind.number("test_score")},
          result{kind.number("result")} {}

    std::size_t school, class_name, shorts, extended, oral, written_score, oral_score, score, mark,
        test_score, result;
};

/// The tasks of one part of the exam, as the rows show them.
struct Part {
    std::string prefix;  ///< «», «С» or «У» before the number.
    std::vector<model::Task> tasks;
    bool known = false;  ///< Some row had this part.
};

/// One list, from its headings on.
class ExamSheet {
public:
    ExamSheet(Session& session, std::string sheet, HeadedTable headed)
        : session_{session},
          sheet_{std::move(sheet)},
          headed_{std::move(headed)},
          columns_{session.kind},
          rows_{session, sheet_, headed_.headings, headed_.row.number} {
        parts_[1].prefix = "С";
        parts_[2].prefix = "У";
        if (const auto& place = headed_.headings.places[columns_.school])
            school_places_.push_back(*place);
    }

    bool understood();
    void take(TableRow& row);
    void finish();

private:
    struct Row {
        model::AssessmentResult result;
        std::array<std::vector<Answer>, 3> answers;
    };

    bool has(std::size_t column) const { return headed_.headings.has(column); }
    void shift_base_mathematics(TableRow& row);
    void take_school(Row& row);
    void take_procedure(Row& row);
    ProcedureType type_of(std::optional<int> grade) const;
    void take_answers(Row& row);
    void take_scores(Row& row);
    void take_last_column(Row& row);
    void check_limits(const Row& row);
    void add(Row row);
    void join_points(Row& row);
    void add_works();

    Session& session_;
    std::string sheet_;
    HeadedTable headed_;
    GiaColumns columns_;
    ProtocolRows rows_;
    ExamTitle title_;
    model::SchoolYear year_;
    std::array<Part, 3> parts_;
    std::vector<std::size_t> school_places_;
    std::vector<Row> accepted_;
    std::string school_text_;
    const model::School* school_found_ = nullptr;
    std::int64_t rows_read_ = 0;
};

bool ExamSheet::understood() {
    const auto refuse = [&](std::string code, std::string message, std::string expected) {
        session_.report.refuse_file({.code = std::move(code),
                                     .message = std::move(message),
                                     .place = {"", sheet_, std::nullopt, ""},
                                     .expected = std::move(expected)});
        return false;
    };
    auto title = find_exam_title(headed_.above);
    if (!title) {
        return refuse(
            "title_missing",
            "Над заголовками нет строки с предметом и датой экзамена. Добавьте её первой строкой.",
            "«1 - Русский язык 06.06.2023»");
    }
    title_ = std::move(*title);
    if (title_.day) {
        year_ = {title_.day->year};
    } else if (session_.context.year) {
        year_ = *session_.context.year;
    } else {
        return refuse("year_unknown",
                      "В первой строке нет даты экзамена, поэтому год неизвестен. Допишите дату.",
                      "«1 - Русский язык 06.06.2023»");
    }
    base::Errors wrong;
    check_year(session_.context, year_, {"", sheet_, std::nullopt, ""},
               fmt::format("{}", year_.ending), wrong);
    for (base::Error& error : wrong) session_.report.refuse_file(std::move(error));
    return wrong.empty();
}

void ExamSheet::shift_base_mathematics(TableRow& row) {
    // A list of base mathematics has no extended answers; some are printed under the headings of
    // the others, and then the two last values stand one column further left.
    const auto& extended = headed_.headings.places[columns_.extended];
    const auto& score = headed_.headings.places[columns_.score];
    if (!extended || !score || *extended >= *score) return;
    const auto subject = subject_of(title_, ProcedureType::ege, session_.dictionaries().subjects);
    if (!subject || subject->value != base_mathematics) return;
    const std::size_t last = headed_.headings.cells.size() - 1;
    const bool shifted = *extended < row.cells.size() &&
                         whole_number(row.cells[*extended]).has_value() &&
                         (row.cells.size() <= last || stripped(row.cells[last]).empty());
    if (!shifted) return;
    row.cells.insert(row.cells.begin() + static_cast<std::ptrdiff_t>(*extended), std::string{});
    rows_.warn("columns_shifted",
               "Базовая математика без столбца развёрнутых ответов: последние столбцы прочитаны со "
               "сдвигом.");
}

void ExamSheet::take_school(Row& row) {
    const std::string_view text = rows_.cell(columns_.school);
    if (text != school_text_ || school_found_ == nullptr) {
        school_text_ = text;
        school_found_ = session_.index.find_exam_code(text);
    }
    if (school_found_ != nullptr) {
        row.result.school = school_found_->id;
    } else {
        rows_.fail(unknown_school(text, rows_.place(columns_.school)));
    }
}

ProcedureType ExamSheet::type_of(std::optional<int> grade) const {
    if (title_.type) return *title_.type;
    if (grade) return *grade >= 11 ? ProcedureType::ege : ProcedureType::oge;
    if (has(columns_.test_score)) return ProcedureType::ege;
    const auto subject = subject_of(title_, ProcedureType::ege, session_.dictionaries().subjects);
    return subject && subject->value == base_mathematics ? ProcedureType::ege : ProcedureType::oge;
}

void ExamSheet::take_procedure(Row& row) {
    const std::string_view text = rows_.cell(columns_.class_name);
    if (!is_missing(text)) row.result.class_name = class_title(text);
    rows_.check_word(columns_.class_name, row.result.class_name, session_.batch.results.classes);
    const auto grade = grade_of_class(row.result.class_name);
    if (grade && *grade < 9) {
        rows_.fail(columns_.class_name, "wrong_grade",
                   "В этом классе не сдают государственную итоговую аттестацию.",
                   "9, 10, 11 или 12 класс");
    }
    model::Procedure& procedure = row.result.procedure;
    procedure.year = year_;
    procedure.type = type_of(grade);
    procedure.period = title_.period;
    const int usual = procedure.type == ProcedureType::oge   ? 9
                      : procedure.type == ProcedureType::ege ? 11
                                                             : 9;
    procedure.grade = grade.value_or(usual);
    procedure.programme_grade = procedure.grade >= 11 ? 11 : 9;
    const auto subject = subject_of(title_, procedure.type, session_.dictionaries().subjects);
    procedure.subject = subject.value_or(model::SubjectCode{normalised(title_.subject)});
    if (!subject) {
        rows_.warn(
            "unknown_subject",
            "Предмета первой строки нет в словаре предметов: он сохранён под своим названием.");
    }
}

void ExamSheet::take_answers(Row& row) {
    const std::array<std::size_t, 3> columns{columns_.shorts, columns_.extended, columns_.oral};
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        const std::string_view text = rows_.cell(columns[part]);
        // A lone «-» may be one short answer or a missing cell; a list with one short task does not
        // exist.
        if (text.empty() || text == "-" || is_missing(text)) continue;
        auto answers = part == 0 ? short_answers(text) : extended_answers(text);
        if (!answers) {
            rows_.fail(columns[part], "answers_unreadable", "Ответы записаны непонятно.",
                       part == 0 ? "знак на задание: + - 0 1 2 …"
                                 : "баллы и максимум подряд: 2(2)0(3)1(4)");
            continue;
        }
        for (std::size_t i = 0; i < answers->size(); ++i) {
            const Answer& answer = (*answers)[i];
            if (answer.points && answer.points_max > 0 && *answer.points > answer.points_max) {
                rows_.fail(columns[part], "points_above_max",
                           fmt::format("Балл за задание {}{} больше максимального.",
                                       parts_[part].prefix, i + 1),
                           fmt::format("не больше {}", answer.points_max));
            }
        }
        row.answers[part] = std::move(*answers);
    }
}

void ExamSheet::take_scores(Row& row) {
    row.result.score = rows_.whole(columns_.score, 0, score_limit);
    const auto written = rows_.whole(columns_.written_score, 0, score_limit);
    const auto oral = rows_.whole(columns_.oral_score, 0, score_limit);
    if (!row.result.score && rows_.cell(columns_.score).empty() && written &&
        (oral || !has(columns_.oral_score))) {
        row.result.score = *written + oral.value_or(0);
    }
    row.result.test_score = rows_.whole(columns_.test_score, 0, 100);
    row.result.mark = rows_.mark(columns_.mark, rows_.cell(columns_.score));
    take_last_column(row);
}

/// «Балл» alone: the mark in an ОГЭ, ГВЭ and base mathematics, else the test score.
void ExamSheet::take_last_column(Row& row) {
    if (!has(columns_.result)) return;
    const model::Procedure& procedure = row.result.procedure;
    const bool test =
        procedure.type == ProcedureType::ege && procedure.subject.value != base_mathematics;
    if (test && !row.result.test_score) {
        row.result.test_score = rows_.whole(columns_.result, 0, 100);
    } else if (!test && !row.result.mark) {
        row.result.mark = rows_.mark(columns_.result, rows_.cell(columns_.score));
    }
}

void ExamSheet::check_limits(const Row& row) {
    const auto* scale = tally::find_scale(session_.dictionaries().scales, row.result.procedure, {});
    if (scale != nullptr && scale->score_max && row.result.score &&
        *row.result.score > *scale->score_max) {
        rows_.fail(columns_.score, "score_above_max",
                   "Первичный балл больше максимального за работу.",
                   fmt::format("от 0 до {}", *scale->score_max));
    }
    std::int32_t sum = 0;
    bool any = false;
    for (const auto& answers : row.answers) {
        for (const Answer& answer : answers) {
            sum += answer.points.value_or(0);
            any = true;
        }
    }
    if (any && row.result.score && sum != *row.result.score) {
        rows_.warn("sum_differs",
                   "Сумма баллов за задания не равна первичному баллу: сохранён первичный балл.",
                   "Первичный балл");
    }
}

void ExamSheet::take(TableRow& row) {
    if (is_comment(row) || headed_.headings.repeated_in(row)) return;
    rows_.begin(row);
    if (rows_.cell(columns_.school).empty() && rows_.cell(columns_.score).empty() &&
        rows_.cell(columns_.shorts).empty()) {
        rows_.warn("row_without_result", "Строка без кода школы, ответов и балла не прочитана.");
        return;
    }
    ++rows_read_;
    shift_base_mathematics(row);
    Row read;
    read.result.source_row = static_cast<std::int32_t>(row.number);
    take_school(read);
    take_procedure(read);
    take_answers(read);
    take_scores(read);
    check_limits(read);
    if (!rows_.good()) {
        rows_.refuse({{title_.text}}, school_places_);
        return;
    }
    add(std::move(read));
}

void ExamSheet::add(Row row) {
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        const auto& answers = row.answers[part];
        if (answers.empty()) continue;
        auto& tasks = parts_[part].tasks;
        if (!parts_[part].known) {
            parts_[part].known = true;
            for (std::size_t i = 0; i < answers.size(); ++i) {
                tasks.push_back({fmt::format("{}{}", parts_[part].prefix, i + 1), 1});
            }
        }
        if (answers.size() != tasks.size()) {
            rows_.warn(
                "answers_count",
                "Число ответов не такое, как в других строках: баллы за задания не сохранены.");
            row.answers = {};
            break;
        }
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const std::int32_t seen =
                std::max<std::int32_t>(answers[i].points_max, answers[i].points.value_or(0));
            tasks[i].points_max = std::max(tasks[i].points_max, seen);
        }
    }
    accepted_.push_back(std::move(row));
}

void ExamSheet::join_points(Row& row) {
    const bool any =
        std::ranges::any_of(row.answers, [](const auto& answers) { return !answers.empty(); });
    if (!any) return;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        for (std::size_t i = 0; i < parts_[part].tasks.size(); ++i) {
            row.result.points.push_back(i < row.answers[part].size() ? row.answers[part][i].points
                                                                     : std::nullopt);
        }
    }
}

void ExamSheet::add_works() {
    model::Work work;
    for (const Part& part : parts_)
        work.tasks.insert(work.tasks.end(), part.tasks.begin(), part.tasks.end());
    auto& works = session_.batch.results.works;
    for (const Row& row : accepted_) {
        work.procedure = row.result.procedure;
        if (std::ranges::find(works, work.procedure, &model::Work::procedure) != works.end())
            continue;
        const auto* scale = tally::find_scale(session_.dictionaries().scales, work.procedure, {});
        work.score_max = scale != nullptr ? scale->score_max : std::nullopt;
        works.push_back(work);
    }
}

void ExamSheet::finish() {
    rows_.finish(columns_.score, has(columns_.mark) ? columns_.mark : columns_.result);
    // The tasks of a list are known only when all its rows are: short answers do not print their
    // maxima.
    for (Row& row : accepted_) join_points(row);
    add_works();
    for (const Row& row : accepted_) session_.batch.results.add(row.result);
    if (rows_read_ == 0) {
        session_.report.warn({.code = "no_rows",
                              .message = "В списке нет строк участников.",
                              .place = {"", sheet_, std::nullopt, ""}});
    }
}

class ExamListReader : public KindReader {
public:
    explicit ExamListReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        HeadedTable headed =
            OPORA_TRY(find_headings(table, session_.kind, session_.dictionaries().synonyms));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        ExamSheet sheet{session_, table.sheet(), std::move(headed)};
        if (!sheet.understood()) return base::Done{};
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) sheet.take(row);
        sheet.finish();
        return base::Done{};
    }

private:
    Session& session_;
};

}  // namespace

std::unique_ptr<KindReader> exam_list_reader(Session& session) {
    return std::make_unique<ExamListReader>(session);
}

}  // namespace opora::intake

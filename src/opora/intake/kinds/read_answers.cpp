#include <fmt/format.h>

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/answer_tallies.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/item_columns.hpp"
#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/read_registers.hpp"

namespace opora::intake {

namespace {

constexpr std::int32_t respondent_max = 1'000'000;

/// One sheet of answers: a row is a filled-in questionnaire, or one answer.
class AnswerSheet {
public:
    AnswerSheet(Session& session, const Questions& questions, AnswerTallies& tallies,
                std::string sheet, const HeadedTable& headed, std::vector<ItemColumn> items)
        : session_{session},
          questions_{questions},
          tallies_{tallies},
          headings_{headed.headings},
          items_{std::move(items)},
          rows_{session, std::move(sheet), headings_, headed.row.number} {
        for (const std::string_view column : {"school_id", "school_name"}) {
            if (const auto place = headings_.places[number(column)])
                school_columns_.push_back(*place);
        }
    }

    void take(TableRow& row) {
        if (is_comment(row) || headings_.repeated_in(row)) return;
        rows_.begin(row);
        row_ = &row;
        AnswerRow answer;
        take_school(answer);
        take_year(answer);
        take_respondent(answer);
        take_answers(answer);
        if (rows_.good() && !tallies_.add(answer)) {
            fail_unshown("respondent", "duplicate",
                         "Анкета с этим номером в этой школе уже встретилась в файле.",
                         "свой номер у каждого опрошенного");
        }
        if (rows_.good()) return;
        rows_.refuse({}, school_columns_);
        // Who put a name in place of a number does not get it back in another file.
        if (const auto place = headings_.places[number("respondent")]; place && named_) {
            session_.affected.back().headings.cells[*place].role = HeadingRole::personal;
        }
    }

private:
    std::size_t number(std::string_view column) const { return session_.kind.number(column); }
    std::string_view cell(std::string_view column) const { return rows_.cell(number(column)); }

    /// A reason that does not show the cell.
    void fail_unshown(std::string_view column, std::string code, std::string message,
                      std::string expected) {
        rows_.fail({.code = std::move(code),
                    .message = std::move(message),
                    .place = rows_.place(number(column)),
                    .expected = std::move(expected)});
    }

    void take_school(AnswerRow& answer) {
        std::string_view column = "school_id";
        if (cell(column).empty() && !cell("school_name").empty()) column = "school_name";
        const model::School* school = session_.index.find(cell(column));
        if (school != nullptr) {
            answer.school = school->id;
        } else {
            rows_.fail(unknown_school(cell(column), rows_.place(number(column))));
        }
    }

    void take_year(AnswerRow& answer) {
        const std::string_view text = cell("year");
        const auto year = text.empty() ? session_.context.year : school_year(text);
        if (!year) {
            rows_.fail(number("year"), "not_year", "Учебный год не указан или записан непонятно.",
                       "2024 или 2023/24");
            return;
        }
        answer.year = *year;
        base::Errors errors;
        check_year(session_.context, *year, rows_.place(number("year")), std::string{text}, errors);
        for (base::Error& error : errors) rows_.fail(std::move(error));
    }

    void take_respondent(AnswerRow& answer) {
        const std::string_view text = cell("respondent");
        const auto respondent = whole_number(text);
        if (respondent && 1 <= *respondent && *respondent <= respondent_max) {
            answer.respondent = *respondent;
            return;
        }
        named_ = named_ || (!text.empty() && !respondent);
        fail_unshown("respondent", "not_whole",
                     "Номер анкеты должен быть целым числом; имена и коды людей не принимаются.",
                     fmt::format("целое число от 1 до {}", respondent_max));
    }

    void take_answers(AnswerRow& answer) {
        std::optional<std::size_t> owner = named_questionnaire();
        if (!rows_.good()) return;
        std::vector<ItemColumn> asked = items_;
        if (items_.empty()) {
            const auto found = session_.kind.questions.find(heading_key(cell("item")));
            if (found == session_.kind.questions.end()) {
                rows_.fail(number("item"), "unknown_item", "Такого вопроса нет ни в одной анкете.",
                           "код или текст вопроса (opora questionnaires show)");
                return;
            }
            asked = {{*headings_.places[number("answer")], found->second}};
        }
        if (!owner) owner = answered_questionnaire(asked);
        if (!owner) {
            rows_.fail(number("questionnaire"), "unknown_questionnaire",
                       "По строке не видно, какая это анкета.", "код анкеты");
            return;
        }
        answer.questionnaire = *owner;
        check_group(*owner);
        for (const ItemColumn& column : asked) take_answer(column, answer);
    }

    /// The questionnaire that the row names; nothing for a blank.
    std::optional<std::size_t> named_questionnaire() {
        const std::string_view text = cell("questionnaire");
        if (is_missing(text)) return std::nullopt;
        const auto found = questions_.find_questionnaire(text);
        if (!found) {
            rows_.fail(number("questionnaire"), "unknown_questionnaire", "Такой анкеты нет.",
                       "код или название анкеты (opora questionnaires list)");
        }
        return found;
    }

    /// The questionnaire of the first answered question, else that of all columns.
    std::optional<std::size_t> answered_questionnaire(const std::vector<ItemColumn>& asked) const {
        for (const ItemColumn& column : asked) {
            if (!is_missing(text_at(column.place)))
                return questions_.all()[column.question].questionnaire;
        }
        const std::size_t first = questions_.all()[asked.front().question].questionnaire;
        const bool same = std::ranges::all_of(asked, [&](const ItemColumn& column) {
            return questions_.all()[column.question].questionnaire == first;
        });
        return same ? std::optional{first} : std::nullopt;
    }

    void check_group(std::size_t owner) {
        const std::string_view text = cell("group");
        if (is_missing(text)) return;
        const std::string_view code = session_.dictionaries().synonyms.value("respondents", text);
        if (code == model::code(questions_.questionnaire(owner).group)) return;
        rows_.fail(number("group"), code.empty() ? "unknown_word" : "other_group",
                   code.empty() ? "Такой группы опрошенных нет."
                                : "Эта анкета составлена для другой группы опрошенных.",
                   std::string{model::title(questions_.questionnaire(owner).group)});
    }

    void take_answer(const ItemColumn& column, AnswerRow& answer) {
        const Questions::Question& question = questions_.all()[column.question];
        const std::string_view text = text_at(column.place);
        const auto chosen = questions_.answer(question, text);
        const bool blank = !chosen && is_missing(text);
        if (question.questionnaire != answer.questionnaire) {
            if (blank) return;
            base::Place place = rows_.place(number("respondent"));
            place.column = headings_.cells[column.place].text;
            rows_.fail({.code = "other_questionnaire",
                        .message = "Ответ дан на вопрос другой анкеты.",
                        .place = std::move(place),
                        .expected = "пусто: вопрос не из анкеты «" +
                                    questions_.questionnaire(answer.questionnaire).title + "»"});
            return;
        }
        answer.asked |= std::uint64_t{1} << question.item;
        if (blank) return;
        if (!chosen) {
            // The cell is not shown: people write more than answers there.
            base::Place place = rows_.place(number("respondent"));
            place.column = headings_.cells[column.place].text;
            rows_.fail({.code = "unknown_answer",
                        .message = "Такого ответа на этот вопрос нет.",
                        .place = std::move(place),
                        .expected = questions_.answers_of(question)});
            return;
        }
        answer.answers.emplace_back(column.question, *chosen);
    }

    std::string_view text_at(std::size_t place) const {
        return place < row_->cells.size() ? stripped(row_->cells[place]) : std::string_view{};
    }

    Session& session_;
    const Questions& questions_;
    AnswerTallies& tallies_;
    const Headings& headings_;
    std::vector<ItemColumn> items_;
    ProtocolRows rows_;
    std::vector<std::size_t> school_columns_;
    TableRow* row_ = nullptr;
    bool named_ = false;
};

class AnswersReader : public KindReader {
public:
    explicit AnswersReader(Session& session)
        : session_{session}, questions_{session.dictionaries().factors} {}

    base::Result<base::Done> read(TableReader& table) override {
        std::vector<ItemColumn> items;
        const auto accept = [&](Headings& headings) {
            if (!missing_columns(session_.kind, headings).empty()) return false;
            items = find_item_columns(headings, session_.kind);
            return !items.empty() || (headings.has(session_.kind.number("item")) &&
                                      headings.has(session_.kind.number("answer")));
        };
        const HeadedTable headed = OPORA_TRY(
            find_headings_where(table, session_.kind, session_.dictionaries().synonyms, accept));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        AnswerSheet sheet{session_, questions_, tallies_, table.sheet(), headed, items};
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) sheet.take(row);
        return base::Done{};
    }

    void finish() override {
        session_.batch.rows.answers = tallies_.tallies();
        const std::int64_t least = session_.dictionaries().factors.cuts.respondents_min;
        const model::AnswerTally* last = nullptr;
        for (const model::AnswerTally& tally : session_.batch.rows.answers) {
            const bool same = last != nullptr && last->school == tally.school &&
                              last->year == tally.year &&
                              last->questionnaire == tally.questionnaire;
            last = &tally;
            const auto* owner = session_.dictionaries().factors.questionnaire(tally.questionnaire);
            if (same || owner->official || tally.respondents >= least) continue;
            session_.report.warn(
                {.code = "answers_few",
                 .message = fmt::format("Школа {}, анкета «{}»: анкет меньше {}. Ответы будут "
                                        "сохранены, но не используются и не показываются.",
                                        tally.school.value, owner->title, least)});
        }
    }

private:
    Session& session_;
    Questions questions_;
    AnswerTallies tallies_{questions_};
};

}  // namespace

std::unique_ptr<KindReader> answers_reader(Session& session) {
    return std::make_unique<AnswersReader>(session);
}

}  // namespace opora::intake

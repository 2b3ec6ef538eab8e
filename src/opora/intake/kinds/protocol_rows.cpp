#include "opora/intake/kinds/protocol_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"

namespace opora::intake {

std::optional<std::int64_t> Participants::earlier(const model::AssessmentResult& result,
                                                  std::uint32_t procedure, std::int64_t row) {
    std::string key = result.participant;
    key += '\x1f';
    key += result.school.value;
    key += '\x1f';
    key += static_cast<char>(procedure & 0xff);
    key += static_cast<char>(procedure >> 8);
    const auto [place, added] = rows_.emplace(std::move(key), row);
    return added ? std::nullopt : std::optional{place->second};
}

ProtocolRows::ProtocolRows(Session& session, std::string sheet, const Headings& headings,
                           std::int64_t heading_row)
    : session_{session}, sheet_{std::move(sheet)}, headings_{headings}, heading_row_{heading_row} {
    for (std::size_t i = 0; i < headings.cells.size(); ++i) {
        if (headings.cells[i].role == HeadingRole::personal) personal_places_.push_back(i);
    }
}

void ProtocolRows::begin(TableRow& row) {
    for (const std::size_t personal : personal_places_) {
        if (personal < row.cells.size()) row.cells[personal].clear();
    }
    row_ = &row;
    reasons_.clear();
}

std::string ProtocolRows::heading(std::size_t column) const {
    const auto& found = headings_.places[column];
    return found ? headings_.cells[*found].text : session_.kind.columns[column].title;
}

base::Place ProtocolRows::place(std::size_t column) const {
    return {session_.report.file(), sheet_, row_->number, heading(column)};
}

void ProtocolRows::fail(std::size_t column, std::string code, std::string message,
                        std::string expected) {
    reasons_.push_back({.code = std::move(code),
                        .message = std::move(message),
                        .place = place(column),
                        .expected = std::move(expected),
                        .found = std::string{cell(column)}});
}

void ProtocolRows::fail_at(std::size_t at, std::string code, std::string message,
                           std::string expected) {
    reasons_.push_back(
        {.code = std::move(code),
         .message = std::move(message),
         .place = {session_.report.file(), sheet_, row_->number, headings_.cells[at].text},
         .expected = std::move(expected),
         .found =
             at < row_->cells.size() ? std::string{stripped(row_->cells[at])} : std::string{}});
}

void ProtocolRows::warn(std::string_view code, std::string_view message, std::string_view column) {
    session_.report.warn_row(code, message, sheet_, row_->number, column);
}

std::optional<std::int32_t> ProtocolRows::whole(std::size_t column, std::int32_t lowest,
                                                std::int32_t highest) {
    const std::string_view text = cell(column);
    if (is_missing(text)) return std::nullopt;
    const auto number = whole_number(text);
    if (number && lowest <= *number && *number <= highest) return number;
    fail(column, number ? "out_of_range" : "not_whole",
         number ? "Число вне допустимых границ." : "Здесь должно быть целое число.",
         fmt::format("целое число от {} до {} или пусто", lowest, highest));
    return std::nullopt;
}

std::optional<std::int32_t> ProtocolRows::mark(std::size_t column, std::string_view score_cell) {
    const std::string_view text = cell(column);
    if (is_missing(text)) return std::nullopt;
    const auto number = whole_number(text);
    if (number) ++swap_.marks;
    if (number && *number >= 2 && *number <= 5) return number;
    if (number) {
        ++swap_.no_marks;
        const auto score = whole_number(score_cell);
        if (score && *score >= 2 && *score <= 5) ++swap_.score_is_mark;
    }
    fail(column, "wrong_mark", "Такой отметки нет.", "2, 3, 4, 5 или пусто");
    return std::nullopt;
}

void ProtocolRows::check_word(std::size_t column, const std::string& word,
                              const model::Dictionary& known) {
    constexpr std::size_t bytes_max = 40;
    constexpr std::size_t words_max = 50'000;
    if (word.size() <= bytes_max && known.size() <= words_max) return;
    fail(column, "not_a_word", "В этом столбце слишком длинные или слишком разные значения.",
         "короткое обозначение класса или варианта");
}

void ProtocolRows::refuse(const std::vector<std::vector<std::string>>& preamble,
                          const std::vector<std::size_t>& school_columns) {
    if (!affected_) {
        affected_ = true;
        session_.affected.push_back({.table = session_.table,
                                     .heading_row = heading_row_,
                                     .headings = headings_,
                                     .head = {sheet_, preamble, headings_.shown_headings()},
                                     .school_columns = school_columns});
    }
    AffectedSheet& affected = session_.affected.back();
    std::string school;
    for (const std::size_t at : school_columns) {
        if (at < row_->cells.size()) school += row_->cells[at] + '\x1f';
    }
    affected.schools.insert(std::move(school));
    affected.any_school =
        affected.any_school ||
        std::ranges::find(reasons_, "unknown_school", &base::Error::code) != reasons_.end();
    affected.refused.emplace(row_->number, reason_of(reasons_));
    session_.report.refuse_row(std::move(reasons_));
    reasons_.clear();
}

void ProtocolRows::finish(std::size_t score_column, std::size_t mark_column) {
    if (!swap_.swapped()) return;
    session_.report.refuse_file(
        {.code = "columns_swapped",
         .message = fmt::format(
             "Похоже, столбцы «{}» и «{}» переставлены: там, где должны быть отметки, стоят числа "
             "больше 5, а баллы похожи на отметки. Поменяйте столбцы местами и загрузите файл "
             "снова.",
             heading(score_column), heading(mark_column)),
         .place = {"", sheet_, std::nullopt, heading(mark_column)},
         .expected = "отметки от 2 до 5"});
}

void warn_unknown_columns(Session& session, const std::string& sheet, const Headings& headings,
                          std::int64_t row) {
    session.heading_row = row;
    for (const Heading& heading : headings.cells) {
        if (heading.role != HeadingRole::unrecognised) continue;
        session.report.warn(
            {.code = "unknown_column",
             .message = fmt::format("Столбец «{}» не распознан и не прочитан. Если он нужен, "
                                    "назовите его как в шаблоне или дополните свой словарь.",
                                    heading.text),
             .place = {"", sheet, row, heading.text}});
    }
}

}  // namespace opora::intake

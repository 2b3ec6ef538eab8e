#include "opora/intake/kinds/aggregate_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"

namespace opora::intake {

AggregateSheet::AggregateSheet(Session& session, std::string sheet, const HeadedTable& headed)
    : session_{session},
      sheet_{std::move(sheet)},
      head_{read_work_head(headed.above, session.dictionaries().subjects)},
      rows_{session, sheet_, headed.headings, headed.row.number},
      year_{session.kind.number("year")},
      grade_{session.kind.number("grade")},
      subject_{session.kind.number("subject")},
      municipality_{session.kind.number("municipality")},
      school_{session.kind.number("school_id")},
      school_name_{session.kind.number("school_name")},
      group_{session.kind.number("group")},
      n_{session.kind.number("n")},
      territories_{session.context.territories},
      has_school_column_{headed.headings.has(school_)} {}

const model::School* AggregateSheet::school(bool& other_group) {
    other_group = false;
    const std::string_view key = rows_.cell(school_);
    if (!key.empty()) return session_.index.find(key);
    for (const std::size_t column : {school_name_, group_}) {
        const std::string_view text = rows_.cell(column);
        if (text.empty()) continue;
        if (const model::School* named = session_.index.find(text)) return named;
        const std::string word = normalised(text);
        if ((word == "оо" || word == "школа") && !head_.school.empty())
            return session_.index.find(head_.school);
        other_group = login_inside(text).empty();
        return nullptr;
    }
    other_group = head_.school.empty();
    return session_.index.find(head_.school);
}

bool AggregateSheet::begin(TableRow& row) {
    rows_.begin(row);
    row_ = &row;
    bool other_group = false;
    found_ = school(other_group);
    territory_.reset();
    participants_known_ = true;
    if (found_ == nullptr && other_group) {
        territory_ = territory();
        return territory_.has_value();
    }
    return true;
}

std::optional<model::TerritoryId> AggregateSheet::territory() {
    std::string_view name;
    for (const std::size_t column : {school_name_, group_, municipality_}) {
        if (name.empty()) name = stripped(rows_.cell(column));
    }
    constexpr std::array country_names{"вся выборка", "вся россия", "россия",
                                       "рф",          "по стране",  "российская федерация"};
    if (std::ranges::find(country_names, normalised(name)) != country_names.end()) {
        return country();
    }
    if (const auto known = territories_.find(name)) return known;
    if (name.empty()) {
        rows_.warn("group_skipped", "Строки без названия школы или территории пропущены.");
    } else {
        session_.report.warn({.code = "territory_unknown",
                              .message = fmt::format(
                                  "Строка «{}» не прочитана: такой школы и такой территории нет в "
                                  "реестре (или названий, похожих на это, несколько). Если это "
                                  "район или регион, добавьте его в реестр территорий (opora "
                                  "template territories) и загрузите форму ещё раз.",
                                  name),
                              .place = rows_.place(group_)});
    }
    return std::nullopt;
}

/// The country of the register; one is made if it has none.
model::TerritoryId AggregateSheet::country() {
    const auto known = std::ranges::find(session_.context.territories,
                                         model::TerritoryLevel::country, &model::Territory::level);
    if (known != session_.context.territories.end()) return known->id;
    return territories_.found_or_made("Российская Федерация", model::TerritoryLevel::country, {},
                                      session_);
}

std::optional<tally::Cell> AggregateSheet::cell() {
    tally::Cell cell{.origin = tally::Origin::aggregate};
    if (found_ == nullptr && !territory_) {
        const std::string_view key = rows_.cell(has_school_column_ ? school_ : group_);
        rows_.fail(unknown_school(key, rows_.place(has_school_column_ ? school_ : group_)));
    } else if (found_ != nullptr) {
        cell.school = found_->id;
    }
    cell.procedure.type = head_.type;
    const std::string_view year_text = rows_.cell(year_);
    const auto year = year_text.empty() ? (head_.year ? head_.year : session_.context.year)
                                        : school_year(year_text);
    if (year) {
        base::Errors wrong;
        check_year(session_.context, *year, rows_.place(year_), fmt::format("{}", year->ending),
                   wrong);
        for (base::Error& error : wrong) rows_.fail(std::move(error));
        cell.procedure.year = *year;
    } else {
        rows_.fail(year_, "year_unknown", "Не указан учебный год.",
                   "столбец «Год» или строка «Учебный год» над заголовками");
    }
    const std::string_view grade_text = rows_.cell(grade_);
    const auto grade = grade_text.empty() ? head_.grade : grade_of_class(class_title(grade_text));
    if (!grade)
        rows_.fail(grade_, "grade_unknown", "Не указан класс.",
                   "столбец «Класс» или «5 класс» над заголовками");
    cell.procedure.grade = grade.value_or(model::grade_min);
    cell.procedure.programme_grade = head_.programme_grade.value_or(cell.procedure.grade);
    const std::string_view subject_text = rows_.cell(subject_);
    auto subject = subject_text.empty()
                       ? head_.subject
                       : session_.dictionaries().subjects.find(subject_text, head_.type);
    if (!subject && !subject_text.empty()) {
        rows_.warn("unknown_subject",
                   "Предмета нет в словаре предметов: он сохранён под своим названием.");
        subject = model::SubjectCode{normalised(subject_text)};
    }
    if (!subject) {
        rows_.fail(subject_, "subject_unknown", "Не указан предмет.",
                   "столбец или строка «Предмет» над заголовками");
    } else {
        cell.procedure.subject = *subject;
    }
    cell.row_first = static_cast<std::int32_t>(rows_.row_number());
    cell.row_last = cell.row_first;
    return rows_.good() ? std::optional{std::move(cell)} : std::nullopt;
}

std::optional<std::int32_t> AggregateSheet::participants() {
    if (rows_.cell(n_).empty()) return participants_elsewhere();
    return rows_.whole(n_, 0, participants_max());
}

std::optional<std::int32_t> AggregateSheet::participants_elsewhere() {
    constexpr std::int32_t round_number = 10'000;  // Keeps percents of two decimals.
    if (!territory_) return head_.declared;
    participants_known_ = false;
    return round_number;
}

std::int32_t AggregateSheet::participants_max() const {
    constexpr std::int32_t school_max = 1'000'000;
    constexpr std::int32_t territory_max = 100'000'000;
    return territory_ ? territory_max : school_max;
}

std::optional<base::Fraction> AggregateSheet::percent(std::size_t place) {
    std::string_view text =
        place < row_->cells.size() ? stripped(row_->cells[place]) : std::string_view{};
    if (is_missing(text)) return base::Fraction{0, 1};
    if (text.ends_with('%')) text = stripped(text.substr(0, text.size() - 1));
    const auto number = decimal_number(text);
    if (number && number->numerator >= 0 && number->numerator <= 100 * number->denominator)
        return number;
    rows_.fail_at(place, "not_percent", "Здесь должен быть процент.", "число от 0 до 100");
    return std::nullopt;
}

void AggregateSheet::warn_misfit() {
    rows_.warn("percents_misfit",
               "Проценты не соответствуют никаким целым числам участников: взяты ближайшие числа с "
               "той же суммой.");
}

void AggregateSheet::finish_row(std::optional<tally::Cell> cell) {
    if (cell && rows_.good()) {
        if (keep(std::move(*cell))) return;
        rows_.fail(group_, "duplicate",
                   territory_ ? "Территория с этой работой уже встретилась в файле."
                              : "Школа с этой работой уже встретилась в файле.",
                   "одна строка");
    }
    if (rows_.good()) return;
    rows_.refuse(written_head(head_, session_.dictionaries().subjects), {});
}

bool AggregateSheet::keep(tally::Cell cell) {
    const std::string key = territory_ ? "\x1f" + territory_->value : cell.school.value;
    if (!session_.aggregated.emplace(key, cell.procedure).second) return false;
    if (territory_) {
        session_.batch.territory_forms.push_back(
            {*territory_, cell.procedure, cell.counts, participants_known_});
    } else {
        session_.batch.aggregates.push_back(std::move(cell));
    }
    return true;
}

}  // namespace opora::intake

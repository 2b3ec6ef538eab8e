#include "opora/intake/kinds/work_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/school_index.hpp"

namespace opora::intake {

namespace {

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto space = text.find(' ');
        words.push_back(text.substr(0, space));
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    }
    return words;
}

std::optional<int> number_of(std::string_view word) {
    int number = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (failure != std::errc{}) return std::nullopt;
    // «5й», «5го», «5А» count as 5; a longer tail is a word of its own.
    if (word.size() - static_cast<std::size_t>(end - word.data()) > 6) return std::nullopt;
    return number;
}

bool plausible_year(int number) { return number >= 2000 && number <= 2100; }

bool names_class(std::string_view word) {
    return word == "класс" || word == "класса" || word == "классе" || word == "классы" ||
           word == "кл";
}

/// The grade named before or after word `at`, which is «класс»: «5 класс», «5 й класс», «класс 5».
std::optional<int> grade_beside(const std::vector<std::string_view>& words, std::size_t at) {
    const auto grade = [&](std::size_t place) -> std::optional<int> {
        if (place >= words.size()) return std::nullopt;
        const auto number = number_of(words[place]);
        return number && *number >= model::grade_min && *number <= model::grade_max ? number
                                                                                    : std::nullopt;
    };
    if (at >= 1) {
        if (const auto before = grade(at - 1)) return before;
        if (at >= 2 && words[at - 1].size() <= 4) {
            if (const auto before = grade(at - 2)) return before;
        }
    }
    return grade(at + 1);
}

/// Reads a title such as «ВПР 2025 Математика 5 класс (по программе 4 класса)».
class TitleReader {
public:
    TitleReader(WorkHead& head, const Subjects& subjects) : head_{head}, subjects_{subjects} {}

    void read(std::string_view text) {
        const std::string title = normalised(text);
        const auto words = words_of(title);
        const auto type = std::ranges::find_if(
            words, [](std::string_view word) { return model::procedure_type(word).has_value(); });
        const bool has_class = std::ranges::any_of(words, names_class);
        if (type == words.end() && !has_class) return;
        if (type != words.end()) head_.type = *model::procedure_type(*type);
        read_year(words);
        read_grades(words);
        if (!head_.subject) head_.subject = subjects_.find_inside(text, head_.type);
    }

private:
    void read_year(const std::vector<std::string_view>& words) {
        if (head_.year) return;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto number = words[i].size() == 4 ? number_of(words[i]) : std::nullopt;
            if (!number || !plausible_year(*number)) continue;
            int year = *number;
            if (i + 1 < words.size()) {
                const auto next = number_of(words[i + 1]);
                if (next &&
                    (*next == year + 1 || (words[i + 1].size() == 2 && *next == (year + 1) % 100)))
                    ++year;
            }
            const bool autumn = std::ranges::any_of(words, [](std::string_view word) {
                return word.starts_with("осен") || word == "сентябрь" || word == "октябрь";
            });
            head_.year = model::SchoolYear{autumn && year == *number ? year + 1 : year};
            return;
        }
    }

    void read_grades(const std::vector<std::string_view>& words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!names_class(words[i])) continue;
            const auto grade = grade_beside(words, i);
            if (!grade) continue;
            const auto first = words.begin() + static_cast<std::ptrdiff_t>(i >= 4 ? i - 4 : 0);
            const auto last = words.begin() + static_cast<std::ptrdiff_t>(i);
            const bool programme = std::any_of(first, last, [](std::string_view word) {
                return word.starts_with("программ") || word == "за";
            });
            if (programme) {
                head_.programme_grade = grade;
            } else if (!head_.grade) {
                head_.grade = grade;
            }
        }
    }

    WorkHead& head_;
    const Subjects& subjects_;
};

/// Takes «label | value» pairs.
class LabelReader {
public:
    LabelReader(WorkHead& head, const Subjects& subjects) : head_{head}, subjects_{subjects} {}

    /// Whether the label was one that is known.
    bool read(std::string_view label_text, std::string_view value) {
        const std::string label = normalised(label_text);
        if (label == "предмет" || label == "учебный предмет") {
            head_.subject_text = stripped(value);
            head_.subject = subjects_.find(value, head_.type);
        } else if (label == "класс" || label == "параллель") {
            if (const auto grade = grade_of_class(normalised(value))) head_.grade = grade;
        } else if (label.starts_with("программа") || label.starts_with("по программе")) {
            if (const auto grade = grade_of_class(normalised(value))) head_.programme_grade = grade;
        } else if (label == "год" || label == "учебный год") {
            if (const auto year = school_year(value)) head_.year = year;
        } else if (label.starts_with("макс")) {
            const auto points = whole_number(value);
            if (points && *points > 0 && *points <= 4'000) head_.score_max = points;
        } else if (label.starts_with("дата")) {
            if (const auto day = date(value)) held_ = day;
            if (const auto day = date_inside(value); day && !held_) held_ = day;
        } else if (label.starts_with("кол во участников") ||
                   label.starts_with("количество участников") ||
                   label.starts_with("число участников")) {
            head_.declared = whole_number(value);
        } else if (label == "оо" || label == "школа" || label == "логин" || label == "логин оо" ||
                   label == "образовательная организация" || label == "наименование оо" ||
                   label == "название оо") {
            if (head_.school.empty()) head_.school = stripped(value);
        } else {
            return false;
        }
        return true;
    }

    const std::optional<Date>& held() const { return held_; }

private:
    WorkHead& head_;
    const Subjects& subjects_;
    std::optional<Date> held_;
};

/// «Кол-во участников: 25» anywhere in a text.
std::optional<std::int32_t> declared_inside(std::string_view text) {
    const std::string words = normalised(text);
    for (const std::string_view label :
         {"кол во участников", "количество участников", "число участников"}) {
        const auto at = words.find(label);
        if (at == std::string::npos) continue;
        const auto rest = words_of(stripped(std::string_view{words}.substr(at + label.size())));
        if (!rest.empty()) return whole_number(rest.front());
    }
    return std::nullopt;
}

std::string_view next_filled(const TableRow& row, std::size_t after) {
    for (std::size_t i = after + 1; i < row.cells.size(); ++i) {
        if (const auto cell = stripped(row.cells[i]); !cell.empty()) return cell;
    }
    return {};
}

void read_cell(const TableRow& row, std::size_t place, WorkHead& head, LabelReader& labels,
               TitleReader& titles) {
    const std::string_view cell = stripped(row.cells[place]);
    if (cell.empty()) return;
    const auto colon = cell.find(':');
    const std::string_view label = cell.substr(0, colon);
    std::string_view value =
        colon == std::string_view::npos ? std::string_view{} : stripped(cell.substr(colon + 1));
    if (value.empty()) value = next_filled(row, place);
    if (labels.read(label, value)) return;

    if (const auto declared = declared_inside(cell); declared && !head.declared)
        head.declared = declared;
    if (const std::string login = login_inside(cell); !login.empty()) {
        head.school = login;
    } else {
        titles.read(cell);
    }
}

}  // namespace

WorkHead read_work_head(std::span<const TableRow> above, const Subjects& subjects) {
    WorkHead head;
    LabelReader labels{head, subjects};
    TitleReader titles{head, subjects};
    for (const TableRow& row : above) {
        for (std::size_t place = 0; place < row.cells.size(); ++place)
            read_cell(row, place, head, labels, titles);
    }
    if (!head.subject && !head.subject_text.empty())
        head.subject = subjects.find_inside(head.subject_text, head.type);
    if (labels.held()) {
        const model::SchoolYear held = school_year_of(*labels.held());
        // A title names an autumn work by its calendar year.
        head.year_conflict =
            head.year && *head.year != held && head.year->ending != labels.held()->year;
        head.year = held;
    } else if (head.programme_grade && head.grade && *head.programme_grade < *head.grade &&
               head.year) {
        head.autumn_assumed = true;
    }
    return head;
}

std::vector<std::vector<std::string>> written_head(const WorkHead& head, const Subjects& subjects) {
    std::vector<std::vector<std::string>> lines;
    std::string title{model::title(head.type)};
    if (head.year) title += fmt::format(" {}", head.year->ending);
    if (head.subject) title += fmt::format(" {}", subjects.title(*head.subject));
    if (head.grade) title += fmt::format(" {} класс", *head.grade);
    lines.push_back({title});
    if (head.subject) lines.push_back({"Предмет", std::string{subjects.title(*head.subject)}});
    if (head.grade) lines.push_back({"Класс", fmt::format("{}", *head.grade)});
    if (head.programme_grade)
        lines.push_back({"Программа за класс", fmt::format("{}", *head.programme_grade)});
    if (head.year) lines.push_back({"Учебный год", model::title(*head.year)});
    if (head.score_max)
        lines.push_back({"Максимальный первичный балл", fmt::format("{}", *head.score_max)});
    if (!head.school.empty()) lines.push_back({"ОО", head.school});
    return lines;
}

}  // namespace opora::intake

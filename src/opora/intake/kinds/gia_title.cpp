#include "opora/intake/kinds/gia_title.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

/// Words of a title that belong to its exam or day, not to the subject.
bool about_the_day(std::string_view word) {
    if (date_inside(word)) return true;
    const std::string plain = normalised(word);
    if (plain.empty() || model::procedure_type(plain)) return true;
    constexpr std::array<std::string_view, 12> beginnings{
        "резерв", "пересдач", "дополнит", "основной", "период",    "досрочн",
        "день",   "этап",     "год",      "г",        "результат", "волна"};
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
        return beginning.size() <= 2 ? plain == beginning : plain.starts_with(beginning);
    });
}

std::string subject_words(std::string_view text) {
    std::string subject;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (word.empty() || about_the_day(word)) continue;
        if (!subject.empty()) subject += ' ';
        subject += word;
    }
    return subject;
}

model::Period period_of(const std::string& words, const std::optional<Date>& day) {
    const auto names = [&](std::string_view beginning) {
        return words.find(beginning) != std::string::npos;
    };
    if (names("резерв")) return model::Period::reserve;
    // Exams of September retake those of the school year that has just ended (DOMAIN 4.5, DESIGN
    // 3).
    if (names("пересдач") || names("дополнит") || (day && day->month >= 8))
        return model::Period::retake;
    return model::Period::main;
}

}  // namespace

std::optional<ExamTitle> read_exam_title(std::string_view line) {
    ExamTitle title;
    title.text = stripped(line);
    title.day = date_inside(title.text);
    std::string_view rest = title.text;

    std::int32_t code = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), code);
    if (failure == std::errc{}) {
        std::string_view after = stripped(rest.substr(static_cast<std::size_t>(end - rest.data())));
        for (const std::string_view dash : {"-", "–", "—"}) {
            if (!after.starts_with(dash)) continue;
            title.code = code;
            rest = stripped(after.substr(dash.size()));
            break;
        }
    }
    if (!title.code && !title.day) return std::nullopt;
    title.subject = subject_words(rest);
    if (title.subject.empty()) return std::nullopt;

    const std::string words = normalised(title.text);
    for (const auto type :
         {model::ProcedureType::gve, model::ProcedureType::oge, model::ProcedureType::ege}) {
        if ((" " + words + " ").find(" " + normalised(model::title(type)) + " ") !=
            std::string::npos)
            title.type = type;
    }
    title.period = period_of(words, title.day);
    return title;
}

std::optional<ExamTitle> find_exam_title(std::span<const TableRow> above) {
    for (const TableRow& row : above) {
        std::string line;
        for (const std::string& cell : row.cells) {
            if (stripped(cell).empty()) continue;
            if (!line.empty()) line += ' ';
            line += stripped(cell);
        }
        if (auto title = read_exam_title(line)) return title;
    }
    return std::nullopt;
}

std::optional<model::SubjectCode> subject_of(const ExamTitle& title, model::ProcedureType type,
                                             const Subjects& subjects) {
    if (const auto subject = subjects.find(title.subject, type)) {
        // «2 - Математика» and «22 - Математика»: the number tells the base exam from the profile
        // one.
        const auto by_code = title.code ? subjects.find_exam_code(*title.code, type) : std::nullopt;
        if (by_code && subject->value == "mathematics") return by_code;
        return subject;
    }
    if (const auto inside = subjects.find_inside(title.subject, type)) return inside;
    return title.code ? subjects.find_exam_code(*title.code, type) : std::nullopt;
}

}  // namespace opora::intake

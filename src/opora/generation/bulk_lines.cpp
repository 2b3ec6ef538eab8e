#include "opora/generation/bulk_lines.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "opora/model/procedure.hpp"

namespace opora::generation {
namespace {

void append_number(std::string& text, std::int32_t number) {
    std::array<char, 12> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

/// The score that a bulk row carries: ЕГЭ rows bring the test score, which base mathematics has
/// not.
std::optional<std::int32_t> shown_score(const WorkForm& work, const PupilRow& pupil) {
    if (!pupil.score) return std::nullopt;
    if (work.type != model::ProcedureType::ege) return *pupil.score;
    if (work.test_minimum == 0) return std::nullopt;
    return test_score_of(work, *pupil.score);
}

}  // namespace

void append_bulk_lines(std::string& lines, std::string_view school_id, const CellRows& cell) {
    const WorkForm& work = *cell.work;
    std::string before_class{school_id};
    before_class += ',';
    before_class += work.subject;
    before_class += ',';
    append_number(before_class, work.grade);
    before_class += ',';
    append_number(before_class, cell.year.ending);
    before_class += ',';
    const std::string after_mark = "," + std::string{model::code(work.type)} + "\n";

    std::vector<std::string> classes;
    for (const PupilRow& pupil : cell.pupils) {
        const auto number = static_cast<std::size_t>(pupil.class_number);
        while (classes.size() <= number) {
            classes.push_back(class_name(work.grade, static_cast<std::int32_t>(classes.size())));
        }
        lines += before_class;
        lines += classes[number];
        lines += ',';
        if (const auto score = shown_score(work, pupil)) append_number(lines, *score);
        lines += ',';
        if (pupil.mark) lines += static_cast<char>('0' + *pupil.mark);
        lines += after_mark;
    }
}

}  // namespace opora::generation

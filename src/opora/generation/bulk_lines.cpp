#include "opora/generation/bulk_lines.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "opora/model/procedure.hpp"

namespace opora::generation {
namespace {

void append_number(std::string& text, std::int32_t number) {
    std::array<char, 12> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

std::int32_t shown_score(const WorkForm& work, std::int32_t score) {
    return work.test_minimum > 0 ? test_score_of(work, score) : score;
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
        if (pupil.score) append_number(lines, shown_score(work, *pupil.score));
        lines += ',';
        if (pupil.mark) lines += static_cast<char>('0' + *pupil.mark);
        lines += after_mark;
    }
}

}  // namespace opora::generation

#include "opora/intake/kinds/vpr_tasks.hpp"

#include <string>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

/// Takes digits off the front of the text.
std::string_view take_digits(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && length < 4 && text[length] >= '0' && text[length] <= '9')
        ++length;
    const std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::int32_t number_of(std::string_view digits) {
    std::int32_t number = 0;
    for (const char digit : digits) number = number * 10 + (digit - '0');
    return number;
}

char difficulty_of(std::string_view letter) {
    if (letter == "Б" || letter == "б") return 'b';
    if (letter == "П" || letter == "п") return 'p';
    if (letter == "В" || letter == "в" || letter == "B") return 'h';
    return ' ';
}

}  // namespace

std::optional<model::Task> task_of_heading(std::string_view heading) {
    std::string_view rest = stripped(heading);
    model::Task task{.number = std::string{take_digits(rest)}, .points_max = 0};
    if (task.number.empty()) return std::nullopt;
    if (take(rest, ".") || take(rest, ",")) {
        const std::string_view part = take_digits(rest);
        if (part.empty()) return std::nullopt;
        task.number += "." + std::string{part};
    }
    for (const std::string_view letter : {"К", "к", "K", "k"}) {
        if (!take(rest, letter)) continue;
        const std::string_view criterion = take_digits(rest);
        if (criterion.empty()) return std::nullopt;
        task.number += "К" + std::string{criterion};
        break;
    }
    rest = stripped(rest);
    if (rest.empty()) return task;

    if (!take(rest, "(")) return std::nullopt;
    rest = stripped(rest);
    const std::string_view points = take_digits(rest);
    if (points.empty() || !rest.ends_with(')')) return std::nullopt;
    rest = stripped(rest.substr(0, rest.size() - 1));
    if (!rest.starts_with("б") && !rest.starts_with("Б") && !rest.starts_with("b"))
        return std::nullopt;
    task.points_max = number_of(points);
    return task.points_max > 0 ? std::optional{task} : std::nullopt;
}

std::vector<TaskColumn> find_task_columns(Headings& headings, const TableRow* above) {
    std::vector<TaskColumn> columns;
    for (std::size_t place = 0; place < headings.cells.size(); ++place) {
        Heading& heading = headings.cells[place];
        if (heading.role != HeadingRole::unrecognised) continue;
        auto task = task_of_heading(heading.text);
        if (!task) continue;
        if (above != nullptr && place < above->cells.size()) {
            task->difficulty = difficulty_of(stripped(above->cells[place]));
        }
        heading.role = HeadingRole::task;
        columns.push_back({place, std::move(*task)});
    }
    return columns;
}

}  // namespace opora::intake

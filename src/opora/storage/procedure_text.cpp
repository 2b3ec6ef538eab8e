#include "opora/storage/procedure_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

[[noreturn]] void corrupt(std::string_view text) {
    throw ports::StorageError{
        "corrupt",
        fmt::format("Файл фактов повреждён: непонятное описание «{}». Восстановите папку "
                    "данных из резервной копии.",
                    text.substr(0, 100))};
}

int number_of(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) corrupt(text);
    return number;
}

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t parts_max) {
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < parts_max) {
        const std::size_t end = text.find(separator);
        if (end == std::string_view::npos) break;
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::string escaped(std::string_view text) {
    std::string result;
    add_escaped(result, text);
    return result;
}

std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            result += text[i];
            continue;
        }
        if (++i == text.size()) corrupt(text);
        result += text[i] == 't' ? '\t' : text[i] == 'n' ? '\n' : text[i];
    }
    return result;
}

model::Work read_work(std::string_view line) {
    const auto fields = split(line, '\t', SIZE_MAX);
    constexpr std::size_t head = 2;
    constexpr std::size_t task_fields = 3;
    if (fields.size() < head || (fields.size() - head) % task_fields != 0) corrupt(line);
    model::Work work;
    work.procedure = read_procedure_text(unescaped(fields[0]));
    if (fields[1] != "-") work.score_max = number_of(fields[1]);
    for (std::size_t i = head; i < fields.size(); i += task_fields) {
        if (fields[i + 2].size() != 1) corrupt(line);
        work.tasks.push_back(
            {unescaped(fields[i]), number_of(fields[i + 1]), fields[i + 2].front()});
    }
    return work;
}

}  // namespace

std::string procedure_text(const model::Procedure& procedure) {
    return fmt::format("{}/{}/{}/{}/{}/{}", procedure.year.ending, code(procedure.type),
                       procedure.programme_grade, procedure.grade, code(procedure.period),
                       procedure.subject.value);
}

model::Procedure read_procedure_text(std::string_view text) {
    constexpr std::size_t parts_count = 6;
    const auto parts = split(text, '/', parts_count);
    if (parts.size() != parts_count) corrupt(text);
    const auto type = model::procedure_type(parts[1]);
    const auto period = model::period(parts[4]);
    if (!type || !period) corrupt(text);
    return {.year = {number_of(parts[0])},
            .type = *type,
            .subject = {std::string{parts[5]}},
            .programme_grade = number_of(parts[2]),
            .grade = number_of(parts[3]),
            .period = *period};
}

std::string works_text(const std::vector<model::Work>& works) {
    std::vector<std::string> lines;
    for (const model::Work& work : works) {
        std::string line = escaped(procedure_text(work.procedure)) + '\t';
        line += work.score_max ? std::to_string(*work.score_max) : "-";
        for (const model::Task& task : work.tasks) {
            line +=
                fmt::format("\t{}\t{}\t{}", escaped(task.number), task.points_max, task.difficulty);
        }
        lines.push_back(std::move(line));
    }
    std::ranges::sort(lines);
    const auto repeated = std::ranges::unique(lines);
    lines.erase(repeated.begin(), repeated.end());
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::vector<model::Work> read_works_text(std::string_view text) {
    std::vector<model::Work> works;
    if (text.empty()) return works;
    for (const std::string_view line : split(text, '\n', SIZE_MAX))
        works.push_back(read_work(line));
    return works;
}

void add_escaped(std::string& to, std::string_view text) {
    for (std::size_t plain = text.find_first_of("\\\t\n"); plain != std::string_view::npos;
         plain = text.find_first_of("\\\t\n")) {
        to += text.substr(0, plain);
        to += '\\';
        to += text[plain] == '\t' ? 't' : text[plain] == '\n' ? 'n' : '\\';
        text.remove_prefix(plain + 1);
    }
    to += text;
}

std::string lines_text(const std::vector<std::string>& texts) {
    std::string lines;
    for (const std::string& text : texts) lines += escaped(text) + '\n';
    return lines;
}

std::vector<std::string> read_lines_text(std::string_view text) {
    std::vector<std::string> texts;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) corrupt(text);
        texts.push_back(unescaped(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    return texts;
}

}  // namespace opora::storage

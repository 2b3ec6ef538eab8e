#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

std::string years_of(const model::Scale& scale) {
    if (!scale.year_first && !scale.year_last) return "не указаны: не применяется";
    if (scale.year_first == scale.year_last) return fmt::format("{}", scale.year_first->ending);
    return fmt::format("{}–{}", scale.year_first ? fmt::format("{}", scale.year_first->ending) : "",
                       scale.year_last ? fmt::format("{}", scale.year_last->ending) : "");
}

std::string holds(const model::Scale& scale) {
    if (!scale.minima.empty()) return "минимальные тестовые баллы";
    return scale.first_scores[1] ? "границы отметок" : "только граница отметки «3»";
}

/// One row for the subjects of an edition that hold the same sort of numbers.
wording::Table scale_table(std::span<const model::Scale> scales) {
    wording::Table table{.title = "Шкалы перевода баллов",
                         .columns = {{"edition", "Шкала"},
                                     {"type", "Процедура"},
                                     {"grade", "Класс", wording::ColumnStyle::whole},
                                     {"years", "Годы"},
                                     {"holds", "Что есть"},
                                     {"subjects", "Предметов", wording::ColumnStyle::whole},
                                     {"evidence", "Основание"},
                                     {"source", "Источник"}}};
    std::set<std::pair<std::string, std::string>> shown;
    const auto alike = [](const model::Scale& left, const model::Scale& right) {
        return left.edition == right.edition && holds(left) == holds(right);
    };
    for (const model::Scale& scale : scales) {
        const std::string what = holds(scale);
        if (!shown.emplace(scale.edition, what).second) continue;
        std::int64_t subjects = 0;
        std::set<std::string> evidence;
        for (const model::Scale& other : scales) {
            if (!alike(scale, other)) continue;
            ++subjects;
            evidence.insert(other.evidence);
        }
        table.rows.push_back({scale.edition, std::string{model::title(scale.type)},
                              scale.programme_grade
                                  ? wording::TableCell{std::int64_t{*scale.programme_grade}}
                                  : wording::TableCell{},
                              years_of(scale), what, subjects,
                              fmt::format("{}", fmt::join(evidence, ", ")), scale.source});
    }
    return table;
}

void add_list(CLI::App& parent, CommandLine& line) {
    auto* command = parent.add_subcommand("list", "Показать шкалы, которые есть в программе");
    auto output = std::make_shared<OutputOptions>();
    add_output_options(*command, *output);
    command->footer("Пример: opora scales list");
    command->callback([&line, output] {
        line.action = [&line, output] {
            const auto written = write_table(scale_table(line.adapters.scales), *output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

int show(const application::Adapters& adapters, const std::string& edition,
         const std::optional<std::filesystem::path>& out) {
    const std::string wanted = "edition: " + edition + "\n";
    for (const application::ShippedText& file : adapters.scale_files) {
        if (file.text.find(wanted) == std::string_view::npos) continue;
        const auto written = write_text(file.text, out);
        if (written && out) say(fmt::format("Шкала записана: {}", out->string()));
        return written ? int{done} : refuse(written.error());
    }
    return refuse(base::Error{.code = "scale_unknown",
                              .message = "такой шкалы нет; названия показывает opora scales list",
                              .found = edition});
}

void add_show(CLI::App& parent, CommandLine& line) {
    struct Arguments {
        std::string edition;
        std::optional<std::filesystem::path> out;
    };
    auto* command = parent.add_subcommand(
        "show", "Показать файл шкалы целиком: образец для своей шкалы в папке DIR/scales");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("EDITION", arguments->edition, "Название шкалы")->required();
    command->add_option("--out", arguments->out, "Записать в файл");
    command->footer("Пример: opora scales show vpr-grade8 --out район/scales/впр-8.yaml");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            return show(line.adapters, arguments->edition, arguments->out);
        };
    });
}

}  // namespace

void add_scales_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("scales", "Шкалы перевода баллов и минимальные баллы");
    command->require_subcommand(1);
    add_list(*command, line);
    add_show(*command, line);
}

}  // namespace opora::cli

#include "opora/wording/explain.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/identifying.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/derivation_table.hpp"
#include "opora/wording/vocabulary.hpp"

namespace opora::cli {

namespace {

struct Arguments {
    std::filesystem::path directory;
    std::string methodology;
    int year = 0;
    std::string school;
    std::optional<std::string> teacher;
    OutputOptions output;
};

std::string explanation(const model::SchoolList& list, const wording::Vocabulary& vocabulary) {
    std::string text;
    std::string excluded;
    std::size_t excluded_count = 0;
    for (const model::Listing& listing : list.listings) {
        // Of many teachers those of other levels are named, not explained one by one.
        if (list.listings.size() > 1 && listing.verdict == model::Verdict::excluded) {
            excluded += (excluded.empty() ? "" : ", ") + listing.teacher.value;
            ++excluded_count;
            continue;
        }
        if (!text.empty()) text += "\n";
        text += wording::explain_text(listing, wording::heading_of(list), vocabulary);
    }
    if (excluded_count > 0) {
        text += fmt::format("{}Не рассматриваются по этой методике ({}): {}.\n",
                            text.empty() ? "" : "\n", excluded_count, excluded);
    }
    return text;
}

/// docx needs a file; nothing else is particular about it.
bool wants_letter(const OutputOptions& output) {
    return output.format == "docx" ||
           (output.format.empty() && output.out && output.out->extension() == ".docx");
}

int write_letter(const application::Adapters& adapters, const Arguments& arguments,
                 const application::Methodology& methodology, const model::SchoolList& list,
                 const ports::Store& store) {
    if (!arguments.output.out) {
        return refuse(
            base::Error{.code = "out_missing",
                        .message = "письмо пишется только в файл: добавьте --out ФАЙЛ.docx"});
    }
    const auto written = adapters.write_letter({.list = &list,
                                                .pack = &methodology.pack,
                                                .directory = store.directory(),
                                                .out = *arguments.output.out,
                                                .details = {}});
    if (!written) return refuse(written.error());
    say(fmt::format("Письмо записано: {}", arguments.output.out->string()));
    return done;
}

int explain(const application::Adapters& adapters, const Arguments& arguments) {
    const auto methodology =
        application::find_methodology(adapters, arguments.methodology, arguments.directory);
    if (!methodology) return refuse(methodology.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    application::Basis basis{*store, *scales};
    const auto& evidence = basis.schools(methodology->pack).evidence;
    const model::SchoolId school = application::resolve_school(evidence, arguments.school)
                                       .value_or(model::SchoolId{arguments.school});
    std::optional<model::TeacherId> teacher;
    if (arguments.teacher) teacher = model::TeacherId{*arguments.teacher};
    const auto list = application::explain(basis, *methodology, {arguments.year}, school, teacher);
    if (!list) return refuse(list.error());

    if (wants_letter(arguments.output)) {
        return write_letter(adapters, arguments, *methodology, *list, *store);
    }
    const std::string& format = arguments.output.format;
    const bool text = format == "text" || (format.empty() && !arguments.output.out);
    base::Result<base::Done> written = base::Done{};
    if (text) {
        written = write_text(
            explanation(*list, wording::vocabulary_of(adapters.subjects, methodology->pack)),
            arguments.output.out);
    } else if (const auto chosen = format_of(arguments.output); chosen && *chosen == Format::json) {
        written = write_text(adapters.list_json(*list), arguments.output.out);
    } else {
        written = write_table(derivation_table(*list), arguments.output);
    }
    return written ? int{done} : refuse(written.error());
}

}  // namespace

void add_explain_command(CommandLine& line) {
    auto* command =
        line.app.add_subcommand("explain", "Объяснить вывод о школе до строк протокола");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--methodology", arguments->methodology, "Методика или файл .yaml")
        ->required();
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command->add_option("--school", arguments->school, "Код школы, логин ВПР или код РЦОИ")
        ->required();
    command->add_option("--teacher", arguments->teacher, "Только этот педагог");
    command->add_option("--format", arguments->output.format,
                        "Вид ответа: text, docx, table, csv, json, xlsx");
    command->add_option("--out", arguments->output.out, "Записать ответ в файл");
    command->footer(
        "Пример: opora explain район --methodology federal-2025 --year 2024 --school edu000107");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return explain(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

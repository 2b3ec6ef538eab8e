#include "opora/application/typology.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/identifying.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"
#include "opora/cli/typology_tables.hpp"

namespace opora::cli {

namespace {

using application::TypologyRequest;
using indicators::Evidence;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::string view = "types";
    std::optional<std::string> part;
    std::optional<std::string> territory;
    std::optional<std::string> school;
    std::optional<int> clusters;
    std::string method = "kmeans";
    std::string index = "equal";
    std::vector<std::string> settings;
    OutputOptions output;
};

base::Error unknown_choice(std::string option, std::string expected, std::string found) {
    return {.code = "option_unknown",
            .message = fmt::format("неизвестное значение параметра {}", option),
            .expected = std::move(expected),
            .found = std::move(found)};
}

base::Result<TypologyRequest> request_of(const Arguments& arguments) {
    const auto method = model::cluster_method(arguments.method);
    if (!method) {
        return base::Unexpected{unknown_choice("--method", "kmeans или ward", arguments.method)};
    }
    const auto index = model::index_method(arguments.index);
    if (!index) {
        return base::Unexpected{
            unknown_choice("--index", "equal, expert, component или regression", arguments.index)};
    }
    TypologyRequest request{.year = {arguments.year}, .territory = {}, .parameters = {}};
    request.parameters =
        OPORA_TRY(application::with_settings(request.parameters, arguments.settings));
    request.parameters.clusters.method = *method;
    request.parameters.clusters.clusters = arguments.clusters;
    request.parameters.index = *index;
    if (arguments.territory) request.territory = model::TerritoryId{*arguments.territory};
    return request;
}

/// A school as the user names it; a name that is not known stays as it is and is refused later.
std::optional<model::SchoolId> school_of(const Evidence& evidence, const Arguments& arguments) {
    if (!arguments.school) return std::nullopt;
    const auto known = application::resolve_school(evidence, *arguments.school);
    return known ? *known : model::SchoolId{*arguments.school};
}

base::Result<TypologyAnswer> types(const Evidence& evidence, const TypologyRequest& request,
                                   const Arguments& arguments) {
    auto report = OPORA_TRY(application::school_types(evidence, request));
    const auto school = school_of(evidence, arguments);
    if (school) {
        std::erase_if(report.rows, [&](const auto& row) { return row.school != *school; });
        std::erase_if(report.resilience, [&](const auto& row) { return row.school != *school; });
        if (report.rows.empty()) {
            return base::Unexpected{base::Error{.code = "school_unknown",
                                                .message = "такой школы нет среди сравниваемых",
                                                .found = school->value}};
        }
    }
    return types_answer(report, request);
}

base::Result<TypologyAnswer> answer_of(const Evidence& evidence, const TypologyRequest& request,
                                       const Arguments& arguments) {
    const std::string& view = arguments.view;
    if (view == "types") return types(evidence, request, arguments);
    if (view == "clusters") {
        return clusters_answer(OPORA_TRY(application::context_groups(evidence, request)));
    }
    if (view == "neighbours") {
        const auto school = school_of(evidence, arguments);
        return neighbours_answer(
            OPORA_TRY(application::ComparableSchools::make(evidence, request, school)),
            school.has_value());
    }
    if (view == "transitions") {
        return transitions_answer(OPORA_TRY(application::type_transitions(evidence, request)));
    }
    if (view == "spread") return spread_answer(application::result_spread(evidence, request));
    return base::Unexpected{
        unknown_choice("--view", "types, clusters, neighbours, transitions или spread", view)};
}

base::Result<std::vector<wording::Table>> chosen_part(const TypologyAnswer& answer,
                                                      const std::optional<std::string>& part) {
    if (!part) return std::vector{answer.parts.front().second};
    std::string known;
    for (const auto& [name, table] : answer.parts) {
        if (name == *part) return std::vector{table};
        known += (known.empty() ? "" : ", ") + name;
    }
    return base::Unexpected{unknown_choice("--part", known, *part)};
}

int show_typology(const application::Adapters& adapters, const Arguments& arguments) {
    const auto request = request_of(arguments);
    if (!request) return refuse(request.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    const bool neighbours = arguments.view == "neighbours" && arguments.part == "neighbours";
    if (neighbours && !arguments.school && *format != Format::table) {
        const auto schools = application::ComparableSchools::make(loaded.evidence, *request);
        if (!schools) return refuse(schools.error());
        const auto written = write_neighbours(*schools, arguments.output);
        return written ? int{done} : refuse(written.error());
    }
    const auto answer = answer_of(loaded.evidence, *request, arguments);
    if (!answer) return refuse(answer.error());

    std::vector<wording::Table> tables;
    if (*format == Format::table) {
        tables = answer->readable;
    } else if (*format == Format::xlsx && !arguments.part) {
        for (const auto& [name, table] : answer->parts) tables.push_back(table);
    } else {
        const auto chosen = chosen_part(*answer, arguments.part);
        if (!chosen) return refuse(chosen.error());
        tables = *chosen;
    }
    const auto written = write_tables(tables, arguments.output);
    if (!written) return refuse(written.error());
    if (*format == Format::table) say("\n" + answer->closing);
    return done;
}

std::string settings_help() {
    std::string text = "Параметры для --set:\n";
    const application::TypologyParameters defaults;
    for (const auto& one : application::typology_settings()) {
        text += fmt::format("  {}={:.4g}  {}\n", one.name, one.value(defaults), one.title);
    }
    return text;
}

}  // namespace

void add_typology_command(CommandLine& line) {
    auto* command = line.app.add_subcommand(
        "typology", "Показать типы, группы и похожие школы, переходы и разброс");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command->add_option("--view", arguments->view,
                        "Что показать: types, clusters, neighbours, transitions, spread");
    command->add_option("--part", arguments->part, "Какую таблицу записать в csv или json");
    command->add_option("--territory", arguments->territory, "Сравнивать школы этой территории");
    command->add_option("--school", arguments->school,
                        "Только эта школа (types) или похожие на неё (neighbours)");
    command->add_option("--clusters", arguments->clusters, "Число групп; без него — по данным");
    command->add_option("--method", arguments->method, "Группы: kmeans или ward (до 2000 школ)");
    command->add_option("--index", arguments->index,
                        "Индекс условий: equal, expert, component, regression");
    command->add_option("--set", arguments->settings, "Другое значение: параметр=значение");
    add_output_options(*command, arguments->output);
    command->footer(settings_help() +
                    "Пример: opora typology район --year 2024 --view types --set low_share=0.3");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show_typology(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

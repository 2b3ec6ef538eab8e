#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/cli/command.hpp"
#include "opora/cli/risk_tables.hpp"
#include "opora/cli/territory.hpp"

namespace opora::cli {

namespace {

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> school;
    std::optional<std::string> territory;
    bool basis = false;
    bool associations = false;
    std::string result = "standard";
    OutputOptions output;
};

int write(const wording::Table& table, const OutputOptions& output) {
    const auto written = write_table(table, output);
    return written ? int{done} : refuse(written.error());
}

/// A table for people is about schools or one school; programs always get all rows.
wording::Table table_of(const application::ProfileReport& report, const Arguments& arguments,
                        Format format) {
    if (format != Format::table || (arguments.basis && !arguments.school))
        return arguments.basis ? basis_rows(report) : profile_rows(report);
    if (!arguments.school) return schools_table(report);
    return arguments.basis ? basis_table(report) : profile_table(report);
}

void say_school(const application::ProfileReport& report) {
    const model::RiskProfile& profile = report.profiles.front();
    std::int64_t internal = 0;
    for (const std::size_t cause : profile.causes) {
        const auto& factor = profile.factors[cause].factor;
        internal += report.catalogue->factor(factor)->side == model::FactorSide::internal ? 1 : 0;
    }
    say(
        fmt::format("{}, {} учебный год. Факторов средней и высокой значимости: {} (внутренних {}, "
                    "внешних {}).",
                    report.schools.front().name, model::title(profile.year), profile.causes.size(),
                    internal, std::ssize(profile.causes) - internal));
}

int show_associations(const application::Adapters& adapters, const Arguments& arguments) {
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    application::AssociationRequest request{.directory = arguments.directory,
                                            .year = {arguments.year}};
    if (arguments.territory) request.territory = model::TerritoryId{*arguments.territory};
    if (arguments.result == "contextual") request.result = application::ComparedResult::contextual;
    const auto report = application::factor_associations(adapters, *store, request);
    if (!report) return refuse(report.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    if (*format == Format::table && !arguments.output.out) {
        say(
            fmt::format("Школ с известным результатом: {}. Связь не означает, что фактор вызывает "
                        "результат: школы различаются и многим другим.",
                        report->schools));
        if (!report->note.empty()) say(report->note);
    }
    return write(association_table(*report), arguments.output);
}

int show_factors(const application::Adapters& adapters, const Arguments& arguments) {
    if (arguments.year == 0) {
        refuse(base::Error{.code = "year_missing", .message = "не указан учебный год: --year"});
        return wrong_usage;
    }
    if (arguments.associations) return show_associations(adapters, arguments);
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    application::ProfileRequest request{.directory = arguments.directory, .year = {arguments.year}};
    if (arguments.school) request.school = model::SchoolId{*arguments.school};
    if (arguments.territory) request.territory = model::TerritoryId{*arguments.territory};
    request.with_basis = arguments.basis;
    const auto report = application::risk_profiles(adapters, *store, request);
    if (!report) return refuse(report.error());
    if (*format == Format::table && !arguments.output.out && arguments.school) say_school(*report);
    return write(table_of(*report, arguments, *format), arguments.output);
}

// opora factors verify

struct ReviewArguments {
    std::filesystem::path directory;
    int year = 0;
    std::string school;
    std::string factor;
    std::string decision;
    std::string note;
};

/// `confirm`, `reject`, `withdraw` or `level=high`.
bool read_decision(const std::string& text, application::ReviewRequest& request) {
    using model::ReviewDecision;
    constexpr std::string_view level = "level=";
    if (text.starts_with(level)) {
        request.decision = ReviewDecision::changed;
        request.level = model::factor_level(std::string_view{text}.substr(level.size()));
        return request.level.has_value();
    }
    if (text == "confirm") request.decision = ReviewDecision::confirmed;
    if (text == "reject") request.decision = ReviewDecision::rejected;
    if (text == "withdraw") request.decision = ReviewDecision::withdrawn;
    return text == "confirm" || text == "reject" || text == "withdraw";
}

int review(const application::Adapters& adapters, const ReviewArguments& arguments) {
    application::ReviewRequest request{.directory = arguments.directory,
                                       .year = {arguments.year},
                                       .school = {arguments.school},
                                       .factor = {arguments.factor},
                                       .note = arguments.note};
    if (!read_decision(arguments.decision, request)) {
        refuse(base::Error{.code = "decision_unknown",
                           .message = "не понято решение --decision",
                           .expected = "confirm, reject, withdraw или level=high, level=middle, "
                                       "level=low",
                           .found = arguments.decision});
        return wrong_usage;
    }
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::write);
    const auto kept = application::review_factor(adapters, *store, request);
    if (!kept) return refuse(kept.error());
    const auto level = [](const std::optional<model::FactorLevel>& one) {
        return one ? model::title(*one) : std::string_view{"нет"};
    };
    say(fmt::format("Школа {}, фактор {}: {}. Значимость по решению: {}, по данным: {}.",
                    kept->school.value, kept->factor.value, model::title(kept->decision),
                    level(kept->level), level(kept->computed)));
    say(fmt::format("id: {}", kept->number));
    return done;
}

void add_verify(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("verify", "Записать решение куратора о факторе школы");
    auto arguments = std::make_shared<ReviewArguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--school", arguments->school, "Код школы")->required();
    command->add_option("--factor", arguments->factor, "Код фактора (см. opora factors catalogue)")
        ->required();
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command
        ->add_option("--decision", arguments->decision,
                     "confirm: подтверждён, reject: не подтверждён, level=high|middle|low: другая "
                     "значимость, withdraw: отозвать решение")
        ->required();
    command->add_option("--note", arguments->note, "Причина решения; без имён");
    command->footer(
        "Пример: opora factors verify район --school edu000107 --factor pupil_motivation --year "
        "2024 --decision level=high --note «Посетили уроки»");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return review(line.adapters, *arguments); };
    });
}

// opora factors catalogue

void add_catalogue(CommandLine& line, CLI::App& parent) {
    struct CatalogueArguments {
        std::optional<std::filesystem::path> directory;
        bool parameters = false;
        bool yaml = false;
        OutputOptions output;
    };
    auto* command = parent.add_subcommand("catalogue", "Показать каталог факторов и параметры");
    auto arguments = std::make_shared<CatalogueArguments>();
    command->add_option("DIR", arguments->directory, "Рабочая папка со своим каталогом");
    command->add_flag("--parameters", arguments->parameters, "Границы и другие параметры");
    command->add_flag("--yaml", arguments->yaml, "Сам файл каталога: скопировать и изменить");
    add_output_options(*command, arguments->output);
    command->footer(
        "Пример: opora factors catalogue --yaml --out район/risk_factors.yaml (затем изменить)");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            if (arguments->yaml) {
                const auto written = write_text(line.adapters.factor_texts.at("risk_factors.yaml"),
                                                arguments->output.out);
                return written ? int{done} : refuse(written.error());
            }
            const auto catalogue =
                application::factor_catalogue(line.adapters, arguments->directory);
            if (!catalogue) return refuse(catalogue.error());
            return write(
                arguments->parameters ? parameter_table(*catalogue) : catalogue_table(*catalogue),
                arguments->output);
        };
    });
}

}  // namespace

void add_factors_command(CommandLine& line) {
    auto* command = line.app.add_subcommand(
        "factors", "Показать, какие факторы значимы в школах: риск-профиль");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("DIR", arguments->directory, "Рабочая папка Опоры");
    command->add_option("--year", arguments->year, "Год окончания учебного года");
    command->add_option("--school", arguments->school, "Только эта школа, подробно");
    command->add_option("--territory", arguments->territory, "Только школы этой территории");
    command->add_flag("--basis", arguments->basis, "На чём основан уровень: признаки и вопросы");
    command->add_flag("--associations", arguments->associations,
                      "Какие факторы встречаются вместе с результатами школ");
    command
        ->add_option("--result", arguments->result,
                     "С чем сравнивать: standard — результат, contextual — результат с учётом "
                     "условий")
        ->check(CLI::IsMember({"standard", "contextual"}));
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora factors район --year 2024 --school edu000107 --basis");
    add_verify(line, *command);
    add_catalogue(line, *command);
    command->callback([&line, command, arguments] {
        if (!command->get_subcommands().empty()) return;
        if (arguments->directory.empty()) throw CLI::RequiredError{"DIR"};
        line.action = [&line, arguments] { return show_factors(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

#include "opora/application/rating.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"

namespace opora::cli {

namespace {

using application::RatingReport;
using model::RatedSchool;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> territory;
    std::string value = "result";
    std::string dispersion = "additive";
    std::string part = "schools";
    bool as_measured = false;
    bool enable = false;
    bool disable = false;
    application::RatingOptions options;
    OutputOptions output;
};

const std::map<std::string, statistics::Overdispersion> dispersions{
    {"none", statistics::Overdispersion::none},
    {"multiplicative", statistics::Overdispersion::multiplicative},
    {"additive", statistics::Overdispersion::additive}};

using Names = std::map<model::SchoolId, std::string>;

Names names_of(const indicators::Evidence& evidence) {
    Names names;
    for (const model::School& school : evidence.schools()) names.emplace(school.id, school.name);
    return names;
}

wording::Table schools_table(const RatingReport& report, const Names& names) {
    wording::Table table{.title = "Рейтинг",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"year", "Год"},
                                     {"place", "Место", ColumnStyle::whole},
                                     {"place_low", "Место от", ColumnStyle::whole},
                                     {"place_high", "Место до", ColumnStyle::whole},
                                     {"place_expected", "Среднее место", ColumnStyle::number},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                     {"ci_high", "ДИ 95 % до", ColumnStyle::number},
                                     {"measured", "Измерено", ColumnStyle::number},
                                     {"measured_se", "Ошибка", ColumnStyle::number},
                                     {"results", "Результатов", ColumnStyle::whole},
                                     {"procedures", "Процедур", ColumnStyle::whole},
                                     {"funnel_z", "Отклонение", ColumnStyle::number},
                                     {"position", "Положение"},
                                     {"reason", "Почему нет места"}}};
    const std::int64_t year = report.options.year.ending;
    for (const RatedSchool& one : report.schools) {
        table.rows.push_back({one.school.value, names.at(one.school), year, std::int64_t{one.place},
                              std::int64_t{one.place_low}, std::int64_t{one.place_high},
                              one.place_expected, one.value, one.low, one.high, one.measured,
                              one.measured_error, one.results, std::int64_t{one.procedures},
                              one.funnel_z, std::string{model::code(one.position)}, TableCell{}});
    }
    for (const model::UnratedSchool& one : report.unrated) {
        std::vector<TableCell> row{one.school.value, names.at(one.school), year};
        row.resize(16);
        row.emplace_back(one.reason);
        table.rows.push_back(std::move(row));
    }
    return table;
}

wording::Table readable_table(const RatingReport& report, const Names& names) {
    wording::Table table{.title = "Рейтинг",
                         .columns = {{"school_id", "Код"},
                                     {"school_name", "Школа"},
                                     {"places", "Места (5–95 %)"},
                                     {"value", "Значение и интервал 95 %"},
                                     {"results", "Результатов", ColumnStyle::whole},
                                     {"position", "Положение"}}};
    const auto number = [](double value) { return base::decimal_comma(value, 2); };
    for (const RatedSchool& one : report.schools) {
        table.rows.push_back(
            {one.school.value, names.at(one.school),
             fmt::format("{} ({}–{})", one.place, one.place_low, one.place_high),
             fmt::format("{} ({} … {})", number(one.value), number(one.low), number(one.high)),
             one.results, std::string{model::title(one.position)}});
    }
    for (const model::UnratedSchool& one : report.unrated) {
        table.rows.push_back({one.school.value, names.at(one.school), TableCell{}, TableCell{},
                              TableCell{}, one.reason});
    }
    return table;
}

wording::Table funnel_table(const RatingReport& report) {
    wording::Table table{.title = "Границы воронки",
                         .columns = {{"precision", "Точность", ColumnStyle::number},
                                     {"standard_error", "Ошибка", ColumnStyle::number},
                                     {"low_998", "Нижняя 99,8 %", ColumnStyle::number},
                                     {"low_95", "Нижняя 95 %", ColumnStyle::number},
                                     {"target", "Среднее", ColumnStyle::number},
                                     {"high_95", "Верхняя 95 %", ColumnStyle::number},
                                     {"high_998", "Верхняя 99,8 %", ColumnStyle::number}}};
    for (const application::FunnelLimits& one : report.limits) {
        table.rows.push_back({one.precision, one.standard_error, one.low_998, one.low_95,
                              one.target, one.high_95, one.high_998});
    }
    return table;
}

/// How many schools cannot be told from the one in the middle.
void say_conclusion(const RatingReport& report) {
    if (!report.reason.empty()) return say(report.reason + ".");
    std::int64_t apart = 0;
    for (const RatedSchool& one : report.schools) {
        apart += one.position != model::FunnelPosition::within ? 1 : 0;
    }
    say(
        fmt::format("Вне обычного разброса: {} из {}. Школы, границы мест которых "
                    "перекрываются, по этим данным не различаются.",
                    apart, base::counted(std::ssize(report.schools), {"школы", "школ", "школ"})));
    say(fmt::format("Снимок данных {}; разыгрываний {}, зерно {}.", report.snapshot.substr(0, 12),
                    report.options.draws, report.options.seed));
}

int switch_it(const application::Adapters& adapters, const Arguments& arguments) {
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::write);
    application::switch_rating(store->register_store(), arguments.enable, adapters.actor);
    say(arguments.enable ? "Рейтинги школ включены для этой папки; запись в журнале сделана."
                         : "Рейтинги школ выключены для этой папки; запись в журнале сделана.");
    return done;
}

int rate(const application::Adapters& adapters, const Arguments& arguments) {
    if (arguments.enable || arguments.disable) return switch_it(adapters, arguments);
    if (arguments.year == 0) {
        return refuse(base::Error{.code = "year_missing", .message = "не указан год: --year"}),
               int{wrong_usage};
    }
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto allowed = application::expect_rating_enabled(store->register_store());
    if (!allowed) return refuse(allowed.error());

    application::RatingOptions options = arguments.options;
    options.year = {arguments.year};
    options.as_measured = arguments.as_measured;
    options.overdispersion = dispersions.at(arguments.dispersion);
    options.value =
        arguments.value == "effect" ? model::RatedValue::effect : model::RatedValue::result;
    if (arguments.territory) options.territory = model::TerritoryId{*arguments.territory};
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    const RatingReport report = application::rate_schools(loaded, options);
    const Names names = names_of(loaded.evidence);
    const bool for_people = *format == Format::table;
    const auto table = arguments.part == "funnel" ? funnel_table(report)
                       : for_people               ? readable_table(report, names)
                                                  : schools_table(report, names);
    const auto written = write_table(table, arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) say_conclusion(report);
    return done;
}

}  // namespace

void add_rating_command(CommandLine& line) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = line.app.add_subcommand(
        "rating", "Сравнить школы по значению с его погрешностью (по умолчанию выключено)");
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_option("--territory", arguments->territory, "Только школы этой территории");
    command
        ->add_option("--value", arguments->value,
                     "Что сравнивать: result (результат), effect (с учётом условий)")
        ->check(CLI::IsMember({"result", "effect"}));
    command->add_flag("--as-measured", arguments->as_measured,
                      "Значения как измерены, без сжатия к среднему");
    command
        ->add_option("--dispersion", arguments->dispersion,
                     "Разброс сверх случайного: additive, multiplicative, none (additive)")
        ->check(CLI::IsMember({"additive", "multiplicative", "none"}));
    command->add_option("--draws", arguments->options.draws, "Число разыгрываний мест (1000)")
        ->check(CLI::Range(100, 100'000));
    command->add_option("--seed", arguments->options.seed, "Зерно случайных чисел (1)");
    command->add_option("--part", arguments->part, "Что показать: schools, funnel (schools)")
        ->check(CLI::IsMember({"schools", "funnel"}));
    auto* enable = command->add_flag("--enable", arguments->enable, "Включить рейтинги для папки");
    command->add_flag("--disable", arguments->disable, "Выключить рейтинги для папки")
        ->excludes(enable);
    add_output_options(*command, arguments->output);
    command->footer(
        "Пример: opora rating район --enable; opora rating район --year 2024 --format csv");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return rate(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/names.hpp"

namespace opora::cli {

namespace {

using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> code;
    std::optional<std::string> school;
    std::optional<std::string> territory;
    OutputOptions output;
};

const std::vector<wording::Column> columns{{"school_id", "Код школы"},
                                           {"year", "Год"},
                                           {"type", "Процедура"},
                                           {"subject", "Предмет"},
                                           {"grade", "Класс", ColumnStyle::whole},
                                           {"indicator", "Показатель"},
                                           {"value", "Значение", ColumnStyle::number},
                                           {"numerator", "Числитель", ColumnStyle::whole},
                                           {"n", "n", ColumnStyle::whole},
                                           {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                           {"ci_high", "ДИ 95 % до", ColumnStyle::number}};

TableCell optional_number(const std::optional<std::int64_t>& number) {
    return number ? TableCell{*number} : TableCell{};
}

std::vector<TableCell> cells_of(const application::IndicatorRow& row, int year) {
    std::vector<TableCell> cells{row.school->id.value, std::int64_t{year}};
    if (row.procedure != nullptr) {
        cells.emplace_back(std::string{model::code(row.procedure->type)});
        cells.emplace_back(row.procedure->subject.value);
        cells.emplace_back(std::int64_t{row.procedure->grade});
    } else {
        cells.resize(5);
    }
    cells.emplace_back(std::string{row.indicator});
    cells.emplace_back(row.value);
    cells.push_back(optional_number(row.numerator));
    cells.push_back(optional_number(row.n));
    cells.push_back(row.interval ? TableCell{row.interval->low} : TableCell{});
    cells.push_back(row.interval ? TableCell{row.interval->high} : TableCell{});
    return cells;
}

/// For people: titles instead of codes, shares in per cent, without the year that all rows share.
const std::vector<wording::Column> readable_columns{
    {"school_id", "Код школы"},     {"procedure", "Процедура"},
    {"indicator", "Показатель"},    {"value", "Значение", ColumnStyle::number},
    {"n", "n", ColumnStyle::whole}, {"interval", "Интервал 95 %"}};

std::string value_words(double value, model::Unit unit) {
    if (unit == model::Unit::share) return wording::shown(value, ColumnStyle::percent);
    if (unit == model::Unit::points)
        return base::decimal_comma(value * 100, 1) + "\u00a0п.\u00a0п.";
    return base::decimal_comma(value, value == std::floor(value) ? 0 : 2);
}

std::vector<TableCell> readable_cells(const application::IndicatorRow& row,
                                      const wording::Vocabulary& words) {
    std::vector<TableCell> cells{row.school->id.value};
    cells.push_back(row.procedure == nullptr
                        ? TableCell{}
                        : TableCell{wording::procedure_title(*row.procedure, words)});
    cells.emplace_back(std::string{row.title.empty() ? row.indicator : row.title});
    cells.emplace_back(value_words(row.value, row.unit));
    cells.push_back(optional_number(row.n));
    cells.push_back(row.interval
                        ? TableCell{fmt::format("{} … {}", value_words(row.interval->low, row.unit),
                                                value_words(row.interval->high, row.unit))}
                        : TableCell{});
    return cells;
}

application::IndicatorFilter filter_of(const Arguments& arguments,
                                       std::span<const model::FactDefinition> facts) {
    application::IndicatorFilter filter{
        .year = {arguments.year}, .code = arguments.code, .facts = facts};
    if (arguments.school) filter.school = model::SchoolId{*arguments.school};
    if (arguments.territory) filter.territory = model::TerritoryId{*arguments.territory};
    return filter;
}

int show_indicators(const application::Adapters& adapters, const Arguments& arguments) {
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    if (arguments.code &&
        !application::knows_indicator(loaded.evidence, *arguments.code, adapters.facts)) {
        return refuse(
            base::Error{.code = "indicator_unknown",
                        .message = "нет такого показателя; коды перечислены в docs/commands.md",
                        .found = *arguments.code});
    }
    if (arguments.school && !loaded.evidence.find_school({*arguments.school})) {
        return refuse(base::Error{.code = "school_unknown",
                                  .message = "такой школы нет в реестре",
                                  .found = *arguments.school});
    }
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const bool for_people = *format == Format::table;
    wording::Vocabulary words;
    for (const auto& [code, title] : adapters.subjects) {
        words.subjects[code] = wording::with_small_letter(title);
    }
    auto writer =
        row_writer("Показатели", for_people ? readable_columns : columns, arguments.output);
    if (!writer) return refuse(writer.error());
    application::visit_indicators(
        loaded.evidence, filter_of(arguments, adapters.facts),
        [&](const application::IndicatorRow& row) {
            (*writer)->add(for_people ? readable_cells(row, words) : cells_of(row, arguments.year));
        });
    const auto written = (*writer)->finish();
    return written ? int{done} : refuse(written.error());
}

}  // namespace

void add_indicators_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("indicators", "Показать показатели школ за год");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command->add_option("--code", arguments->code, "Только этот показатель");
    command->add_option("--school", arguments->school, "Только эта школа");
    command->add_option("--territory", arguments->territory, "Только школы этой территории");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora indicators район --year 2024 --code quality --format csv");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show_indicators(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

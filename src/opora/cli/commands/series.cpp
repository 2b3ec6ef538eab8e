#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/territory_series.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/names.hpp"
#include "opora/wording/trend.hpp"

namespace opora::cli {

namespace {

using application::Series;
using application::SeriesOf;
using application::SeriesPoint;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    std::optional<std::string> territory;
    std::string of = "results";
    std::optional<std::string> type;
    std::vector<std::string> codes;
    std::optional<int> from;
    std::optional<int> to;
    OutputOptions output;
};

/// What people see when they name no indicator: the rest is a mass of numbers.
const std::vector<std::string> headline{"quality", "success", "low_share", "participants"};

SeriesOf of(const std::string& name) {
    return name == "works"   ? SeriesOf::works
           : name == "facts" ? SeriesOf::facts
                             : SeriesOf::results;
}

application::SeriesRequest request_of(const application::Adapters& adapters,
                                      const Arguments& arguments, bool for_people) {
    application::SeriesRequest request{.of = of(arguments.of),
                                       .territory = {},
                                       .first = {},
                                       .last = {},
                                       .codes = arguments.codes,
                                       .type = {},
                                       .facts = adapters.facts};
    if (arguments.territory) request.territory = model::TerritoryId{*arguments.territory};
    if (arguments.from) request.first = model::SchoolYear{*arguments.from};
    if (arguments.to) request.last = model::SchoolYear{*arguments.to};
    if (arguments.type) request.type = model::procedure_type(*arguments.type);
    if (for_people && request.codes.empty() && request.of != SeriesOf::facts) {
        request.codes = headline;
    }
    return request;
}

TableCell number_or_nothing(const std::optional<double>& number) {
    return number ? TableCell{*number} : TableCell{};
}

std::vector<TableCell> cells_of(const Series& series, const SeriesPoint& point,
                                const std::string& territory) {
    const model::Measurement& value = point.value;
    const bool known = value.known();
    std::vector<TableCell> cells{territory};
    cells.push_back(series.type ? TableCell{std::string{model::code(*series.type)}} : TableCell{});
    cells.push_back(series.work ? TableCell{series.work->subject.value} : TableCell{});
    cells.push_back(series.work ? TableCell{std::int64_t{series.work->programme_grade}}
                                : TableCell{});
    cells.emplace_back(series.indicator);
    cells.emplace_back(std::int64_t{point.year.ending});
    cells.push_back(known ? TableCell{value.ratio.value()} : TableCell{});
    cells.push_back(known ? TableCell{value.ratio.numerator} : TableCell{});
    cells.push_back(known ? TableCell{value.n} : TableCell{});
    cells.emplace_back(point.schools);
    cells.push_back(number_or_nothing(point.region));
    cells.push_back(number_or_nothing(point.country));
    return cells;
}

wording::Table machine_table(const std::vector<Series>& all, const std::string& territory) {
    wording::Table table{.title = "Ряды по годам",
                         .columns = {{"territory_id", "Территория"},
                                     {"type", "Процедура"},
                                     {"subject", "Предмет"},
                                     {"grade", "Класс", ColumnStyle::whole},
                                     {"indicator", "Показатель"},
                                     {"year", "Год", ColumnStyle::whole},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"numerator", "Числитель", ColumnStyle::whole},
                                     {"n", "n", ColumnStyle::whole},
                                     {"schools", "Школ", ColumnStyle::whole},
                                     {"region_value", "Регион", ColumnStyle::number},
                                     {"country_value", "Страна", ColumnStyle::number}}};
    for (const Series& series : all) {
        for (const SeriesPoint& point : series.points) {
            table.rows.push_back(cells_of(series, point, territory));
        }
    }
    return table;
}

std::string beside_text(const Series& series) {
    const SeriesPoint& last = series.points.back();
    const bool percent = series.unit == model::Unit::share;
    const auto text = [&](double value) {
        return base::decimal_comma(percent ? value * 100 : value, percent ? 1 : 2) +
               (percent ? "\u00a0%" : "");
    };
    std::string words;
    if (last.region) words += "регион " + text(*last.region);
    if (last.country) words += (words.empty() ? "" : ", ") + ("страна " + text(*last.country));
    return words.empty() ? "" : fmt::format(" В {} году: {}.", last.year.ending, words);
}

/// One line of text for a series: its numbers by years, then what they say.
std::string sentence(const Series& series) {
    wording::YearValues values;
    for (const SeriesPoint& point : series.points) values.emplace_back(point.year, point.value);
    const std::string trend = wording::trend_sentence(values, series.unit);
    return fmt::format("{}, {}.{}{}", series.title, wording::values_by_year(values, series.unit),
                       trend.empty() ? "" : " " + trend, beside_text(series));
}

std::string heading_of(const Series& series, const wording::Vocabulary& words) {
    if (series.work) return wording::procedure_title(*series.work, words);
    return series.type ? std::string{model::title(*series.type)} : "Сведения о школах";
}

/// Quality that falls while success rises is a reason to look at the marks themselves.
std::string divergence(const std::vector<const Series*>& group) {
    const auto change = [&](std::string_view code) {
        for (const Series* series : group) {
            if (series->indicator != code || series->points.size() < 2) continue;
            return series->points.back().value.ratio.value() -
                   series->points.front().value.ratio.value();
        }
        return 0.0;
    };
    if (change("quality") >= 0 || change("success") <= 0) return "";
    return "Качество знаний за период ниже, а успеваемость выше: проверьте объективность отметок.";
}

std::string text_of(const std::vector<Series>& all, const wording::Vocabulary& words,
                    const std::string& whose) {
    std::string text = whose + "\n";
    for (std::size_t i = 0; i < all.size();) {
        const std::string heading = heading_of(all[i], words);
        text += "\n" + heading + "\n";
        std::vector<const Series*> group;
        for (; i < all.size() && heading_of(all[i], words) == heading; ++i) {
            group.push_back(&all[i]);
            text += "  " + sentence(all[i]) + "\n";
        }
        const std::string note = divergence(group);
        if (!note.empty()) text += "  " + note + "\n";
    }
    return text;
}

std::string whose_words(const indicators::Evidence& evidence, const Arguments& arguments) {
    std::string name = "Все школы рабочей папки";
    for (const model::Territory& territory : evidence.territories()) {
        if (arguments.territory && territory.id.value == *arguments.territory) {
            name = territory.name;
        }
    }
    const auto schools =
        std::ranges::count_if(evidence.schools(), [&](const model::School& school) {
            return !arguments.territory ||
                   application::lies_in(evidence, school, {*arguments.territory});
        });
    return fmt::format("{}: {} в реестре; значения по всем участникам вместе", name,
                       base::counted(schools, {"школа", "школы", "школ"}));
}

int show(const application::Adapters& adapters, const Arguments& arguments) {
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    for (const std::string& code : arguments.codes) {
        if (application::knows_indicator(loaded.evidence, code, adapters.facts)) continue;
        return refuse(
            base::Error{.code = "indicator_unknown",
                        .message = "нет такого показателя; коды перечислены в docs/commands.md",
                        .found = code});
    }
    const bool for_people = *format == Format::table;
    const auto all =
        application::territory_series(loaded.evidence, request_of(adapters, arguments, for_people));
    if (!for_people) {
        const auto written =
            write_table(machine_table(all, arguments.territory.value_or("")), arguments.output);
        return written ? int{done} : refuse(written.error());
    }
    if (all.empty()) {
        say("Данных за эти годы нет.");
        return done;
    }
    wording::Vocabulary words;
    for (const auto& [code, title] : adapters.subjects)
        words.subjects[code] = wording::with_small_letter(title);
    const auto written = write_text(text_of(all, words, whose_words(loaded.evidence, arguments)),
                                    arguments.output.out);
    return written ? int{done} : refuse(written.error());
}

}  // namespace

void add_series_command(CommandLine& line) {
    auto* command =
        line.app.add_subcommand("series", "Показать показатели территории по годам с выводом");
    auto arguments = std::make_shared<Arguments>();
    const auto year = CLI::Range(model::year_min.ending, model::year_max.ending);
    add_directory(*command, arguments->directory);
    command->add_option("--territory", arguments->territory, "Школы этой территории");
    command
        ->add_option("--of", arguments->of,
                     "О чём: results (результаты по видам процедур), works (каждая работа рядом с "
                     "регионом и страной), facts (сведения о школах)")
        ->check(CLI::IsMember({"results", "works", "facts"}));
    command->add_option("--type", arguments->type, "Только эта процедура: vpr, oge, ege, annual …")
        ->check([](const std::string& text) {
            return model::procedure_type(text) ? "" : "неизвестная процедура";
        });
    command->add_option("--code", arguments->codes, "Только эти показатели, через запятую")
        ->delimiter(',');
    command->add_option("--from", arguments->from, "Первый год")->check(year);
    command->add_option("--to", arguments->to, "Последний год")->check(year);
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora series район --type annual --code quality,success");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

#include "opora/application/growth.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"

namespace opora::cli {

namespace {

using application::GrowthReport;
using model::SchoolGrowth;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> territory;
    std::string part = "schools";
    bool found_only = false;
    application::GrowthOptions options;
    OutputOptions output;
};

using Names = std::map<model::SchoolId, std::string>;

TableCell optional_cell(const std::optional<double>& number) {
    return number ? TableCell{*number} : TableCell{};
}

bool found(const SchoolGrowth& school) { return school.growing || school.stably_high; }

wording::Table schools_table(const GrowthReport& report, const Names& names, bool found_only) {
    wording::Table table{.title = "Рост и устойчиво высокие результаты",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"year", "Год"},
                                     {"years_known", "Лет с данными", ColumnStyle::whole},
                                     {"change", "Изменение", ColumnStyle::number},
                                     {"change_se", "Ошибка", ColumnStyle::number},
                                     {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                     {"ci_high", "ДИ 95 % до", ColumnStyle::number},
                                     {"change_shrunken", "Без случайного", ColumnStyle::number},
                                     {"p", "p", ColumnStyle::number},
                                     {"q", "q", ColumnStyle::number},
                                     {"growing", "Рост"},
                                     {"high_years", "Лет выше среднего", ColumnStyle::whole},
                                     {"stably_high", "Устойчиво высокие"},
                                     {"reason", "Почему рост неизвестен"}}};
    for (const SchoolGrowth& one : report.schools) {
        if (found_only && !found(one)) continue;
        const auto high = std::ranges::count(one.years, true, &model::YearResult::high);
        table.rows.push_back(
            {one.school.value, names.at(one.school), std::int64_t{report.options.year.ending},
             std::ssize(one.years), optional_cell(one.change), optional_cell(one.change_error),
             optional_cell(one.low), optional_cell(one.high), optional_cell(one.shrunken),
             optional_cell(one.p), optional_cell(one.q), one.growing, std::int64_t{high},
             one.stably_high, one.reason.empty() ? TableCell{} : TableCell{one.reason}});
    }
    return table;
}

wording::Table readable_schools(const GrowthReport& report, const Names& names, bool found_only) {
    wording::Table table{.title = "Рост и устойчиво высокие результаты",
                         .columns = {{"school_id", "Код"},
                                     {"school_name", "Школа"},
                                     {"change", "Изменение и интервал 95 %"},
                                     {"growing", "Рост"},
                                     {"high_years", "Лет выше среднего"},
                                     {"stably_high", "Устойчиво высокие"}}};
    const auto number = [](double value) { return base::decimal_comma(value, 2); };
    for (const SchoolGrowth& one : report.schools) {
        if (found_only && !found(one)) continue;
        const auto high = std::ranges::count(one.years, true, &model::YearResult::high);
        table.rows.push_back({one.school.value, names.at(one.school),
                              one.change ? fmt::format("{} ({} … {})", number(*one.change),
                                                       number(*one.low), number(*one.high))
                                         : one.reason,
                              std::string{one.growing ? "заметный рост" : ""},
                              fmt::format("{} из {}", high, std::ssize(one.years)),
                              std::string{one.stably_high ? "да" : ""}});
    }
    return table;
}

wording::Table years_table(const GrowthReport& report, const Names& names) {
    wording::Table table{.title = "Результаты по годам",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"year", "Год"},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"se", "Ошибка", ColumnStyle::number},
                                     {"high", "Выше среднего"}}};
    for (const SchoolGrowth& school : report.schools) {
        for (const model::YearResult& one : school.years) {
            table.rows.push_back({school.school.value, names.at(school.school),
                                  std::int64_t{one.year.ending}, one.value, one.standard_error,
                                  one.high});
        }
    }
    return table;
}

void add_result(const std::optional<model::TeacherResult>& result, std::vector<TableCell>& row) {
    if (!result) return row.resize(row.size() + 7);
    row.insert(row.end(), {result->results, std::int64_t{result->procedures}, result->value,
                           result->low, result->high, result->q, result->strong});
}

bool strong(const model::TeacherStrength& teacher) {
    return (teacher.examinations && teacher.examinations->strong) ||
           (teacher.vpr && teacher.vpr->strong);
}

wording::Table teachers_table(const std::vector<model::TeacherStrength>& teachers, bool only) {
    wording::Table table{.title = "Педагоги с высокими результатами",
                         .columns = {{"teacher_id", "Педагог"}, {"school_id", "Код школы"}}};
    const auto add = [&](const std::string& code, const std::string& title) {
        table.columns.insert(table.columns.end(),
                             {{code + "_results", title + ": результатов", ColumnStyle::whole},
                              {code + "_procedures", title + ": процедур", ColumnStyle::whole},
                              {code + "_value", title + ": значение", ColumnStyle::number},
                              {code + "_ci_low", title + ": ДИ 95 % от", ColumnStyle::number},
                              {code + "_ci_high", title + ": ДИ 95 % до", ColumnStyle::number},
                              {code + "_q", title + ": q", ColumnStyle::number},
                              {code + "_strong", title + ": высокие"}});
    };
    add("gia", "ГИА");
    add("vpr", "ВПР");
    for (const model::TeacherStrength& one : teachers) {
        if (only && !strong(one)) continue;
        std::vector<TableCell> row{one.teacher.value, one.school.value};
        add_result(one.examinations, row);
        add_result(one.vpr, row);
        table.rows.push_back(std::move(row));
    }
    return table;
}

wording::Table readable_teachers(const std::vector<model::TeacherStrength>& teachers, bool only) {
    wording::Table table{.title = "Педагоги с высокими результатами",
                         .columns = {{"teacher_id", "Педагог"},
                                     {"school_id", "Код школы"},
                                     {"gia", "ГИА: значение, интервал, n"},
                                     {"vpr", "ВПР: значение, интервал, n"},
                                     {"strong", "Высокие результаты"}}};
    const auto words = [](const std::optional<model::TeacherResult>& one) {
        if (!one) return TableCell{};
        const auto number = [](double value) { return base::decimal_comma(value, 2); };
        return TableCell{fmt::format("{} ({} … {}), {}", number(one->value), number(one->low),
                                     number(one->high), one->results)};
    };
    for (const model::TeacherStrength& one : teachers) {
        if (only && !strong(one)) continue;
        std::string where;
        if (one.examinations && one.examinations->strong) where = "ГИА";
        if (one.vpr && one.vpr->strong) where += where.empty() ? "ВПР" : ", ВПР";
        table.rows.push_back(
            {one.teacher.value, one.school.value, words(one.examinations), words(one.vpr), where});
    }
    return table;
}

void say_schools(const GrowthReport& report) {
    const auto growing = std::ranges::count(report.schools, true, &SchoolGrowth::growing);
    const auto high = std::ranges::count(report.schools, true, &SchoolGrowth::stably_high);
    say(fmt::format("Заметный рост: {}; устойчиво высокие результаты: {}; всего школ: {}.", growing,
                    high, std::ssize(report.schools)));
    if (report.year_deviation) {
        say(
            fmt::format("Случайное колебание года: {} стандартного отклонения учеников; оно "
                        "учтено в интервалах.",
                        base::decimal_comma(*report.year_deviation, 3)));
    } else {
        say("Ни у одной школы нет трёх лет: случайное колебание года не отделить от роста, "
            "интервалы его не учитывают.");
    }
}

int show(const application::Adapters& adapters, const Arguments& arguments) {
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    application::GrowthOptions options = arguments.options;
    options.year = {arguments.year};
    if (arguments.territory) options.territory = model::TerritoryId{*arguments.territory};
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    const bool for_people = *format == Format::table;
    const bool only = arguments.found_only;
    if (arguments.part == "teachers") {
        const auto teachers = application::find_strong_teachers(*store, loaded, options);
        const auto written = write_table(
            for_people ? readable_teachers(teachers, only) : teachers_table(teachers, only),
            arguments.output);
        if (!written) return refuse(written.error());
        if (for_people) {
            say(fmt::format(
                "Высокие результаты: {} из {}. Состав классов не учтён.",
                std::ranges::count_if(teachers, strong),
                base::counted(std::ssize(teachers), {"педагога", "педагогов", "педагогов"})));
        }
        return done;
    }
    Names names;
    for (const model::School& one : loaded.evidence.schools()) names.emplace(one.id, one.name);
    const GrowthReport report = application::find_growth(loaded, options);
    const auto table = arguments.part == "years" ? years_table(report, names)
                       : for_people              ? readable_schools(report, names, only)
                                                 : schools_table(report, names, only);
    const auto written = write_table(table, arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) say_schools(report);
    return done;
}

}  // namespace

void add_growth_command(CommandLine& line) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = line.app.add_subcommand(
        "growth", "Найти школы с ростом, устойчиво высокими результатами и сильных педагогов");
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Последний год окна")
        ->required()
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_option("--territory", arguments->territory, "Только школы этой территории");
    command->add_option("--window", arguments->options.window, "Сколько лет (3)")
        ->check(CLI::Range(2, 20));
    command
        ->add_option("--change", arguments->options.change_min,
                     "Наименьшее изменение, в стандартных отклонениях учеников (0.15)")
        ->check(CLI::Range(0.0, 100.0));
    command
        ->add_option("--level", arguments->options.level,
                     "Доля случайных находок среди найденных (0.05)")
        ->check(CLI::Range(0.0001, 0.5));
    command
        ->add_option("--high-years", arguments->options.high_years_min,
                     "Сколько лет окна результаты выше среднего (3)")
        ->check(CLI::Range(1, 20));
    command
        ->add_option("--results", arguments->options.results_min,
                     "Наименьшее число результатов педагога (20)")
        ->check(CLI::Range(1, 100'000));
    command
        ->add_option("--part", arguments->part, "Что показать: schools, years, teachers (schools)")
        ->check(CLI::IsMember({"schools", "years", "teachers"}));
    command->add_flag("--found", arguments->found_only, "Только найденные");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora growth район --year 2024 --found");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

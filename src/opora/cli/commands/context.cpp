#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "opora/application/contextual.hpp"
#include "opora/application/evidence_loading.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"

namespace opora::cli {

namespace {

using application::ContextualOptions;
using application::ContextualReport;
using model::SchoolContext;
using wording::ColumnStyle;
using wording::TableCell;

constexpr std::array parts{"schools", "coefficients", "model", "agreement"};

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> territory;
    std::string method = "equal";
    std::string reading = "four";
    std::optional<std::filesystem::path> weights;
    bool three_years = false;
    std::string grouping = "cohort";
    std::string part = "schools";
    OutputOptions output;
};

TableCell cell(const std::optional<double>& number) {
    return number ? TableCell{*number} : TableCell{};
}

TableCell text_cell(const std::string& text) {
    return text.empty() ? TableCell{} : TableCell{text};
}

std::string_view name_of(const indicators::Evidence& evidence, const ContextualReport& report,
                         std::size_t i) {
    return evidence.schools()[report.numbers[i]].name;
}

wording::Table school_table(const indicators::Evidence& evidence, const ContextualReport& report) {
    const auto number = ColumnStyle::number;
    wording::Table table{.title = "Школы",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"year", "Год", ColumnStyle::whole},
                                     {"index", "ИСБШ", number},
                                     {"index_percentile", "ИСБШ, место из 100", number},
                                     {"passport_year", "Год паспорта", ColumnStyle::whole},
                                     {"index_weight_known", "Известная часть весов", number},
                                     {"index_incomplete", "Паспорт неполный"},
                                     {"index_reason", "Почему нет индекса"},
                                     {"results", "Результатов", ColumnStyle::whole},
                                     {"procedures", "Процедур", ColumnStyle::whole},
                                     {"result", "Результат", number},
                                     {"expected", "Ожидаемый результат", number},
                                     {"effect", "Отклонение от ожидаемого", number},
                                     {"se", "Ст. ошибка", number},
                                     {"ci_low", "ДИ 95 % от", number},
                                     {"ci_high", "ДИ 95 % до", number},
                                     {"band", "Вывод"},
                                     {"note", "Примечание"}}};
    for (std::size_t i = 0; i < report.schools.size(); ++i) {
        const SchoolContext& one = report.schools[i];
        const bool judged = one.index.z.has_value();
        table.rows.push_back(
            {one.school.value, std::string{name_of(evidence, report, i)},
             std::int64_t{one.year.ending}, cell(one.index.z), cell(one.index.percentile),
             report.passport_years[i] ? TableCell{std::int64_t{report.passport_years[i]->ending}}
                                      : TableCell{},
             judged ? TableCell{one.index.weight_known} : TableCell{},
             judged ? TableCell{one.index.incomplete} : TableCell{}, text_cell(one.index.reason),
             one.effect.results, std::int64_t{one.effect.procedures}, cell(one.effect.result),
             cell(one.effect.expected), cell(one.effect.effect), cell(one.effect.se),
             cell(one.effect.low), cell(one.effect.high), std::string{model::code(one.effect.band)},
             text_cell(one.effect.reason)});
    }
    return table;
}

std::string decimal(const std::optional<double>& value, int digits = 2) {
    if (!value) return "—";
    std::string text = fmt::format("{:.{}f}", *value, digits);
    if (const auto point = text.find('.'); point != std::string::npos) text[point] = ',';
    return text;
}

/// For people: what is asked most, with the reason in the place of the verdict.
wording::Table readable_schools(const indicators::Evidence& evidence,
                                const ContextualReport& report) {
    wording::Table table{.title = "Результаты школ с учётом социальных условий",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"index", "ИСБШ"},
                                     {"percentile", "место из 100"},
                                     {"result", "Результат"},
                                     {"expected", "Ожидаемый"},
                                     {"effect", "Отклонение (95 % ДИ)"},
                                     {"band", "Вывод"}}};
    for (std::size_t i = 0; i < report.schools.size(); ++i) {
        const SchoolContext& one = report.schools[i];
        const auto& effect = one.effect;
        const std::string interval = effect.effect
                                         ? fmt::format("{} ({} … {})", decimal(effect.effect),
                                                       decimal(effect.low), decimal(effect.high))
                                         : "—";
        table.rows.push_back(
            {one.school.value, std::string{name_of(evidence, report, i)},
             decimal(one.index.z) + (one.index.incomplete ? " неполный" : ""),
             decimal(one.index.percentile, 0), decimal(effect.result), decimal(effect.expected),
             interval, effect.effect ? std::string{model::title(effect.band)} : effect.reason});
    }
    return table;
}

/// Coefficients of the indices, all or the chosen one, and of the model.
wording::Table coefficient_table(const ContextualReport& report, bool chosen_alone) {
    const auto number = ColumnStyle::number;
    wording::Table table{.title = "Коэффициенты",
                         .columns = {{"part", "Где"},
                                     {"code", "Код"},
                                     {"title", "Показатель"},
                                     {"coefficient", "Коэффициент", number},
                                     {"se", "Ст. ошибка", number},
                                     {"mean", "Среднее", number},
                                     {"deviation", "Ст. отклонение", number},
                                     {"known", "Школ с данными", ColumnStyle::whole},
                                     {"note", "Примечание"}}};
    for (const context::SocialIndex& index : report.indices) {
        if (chosen_alone && index.method != report.options.method) continue;
        for (const context::IndexCoefficient& one : index.coefficients) {
            const std::string& note = one.note.empty() ? index.reason : one.note;
            table.rows.push_back({"index_" + std::string{model::code(index.method)},
                                  one.component.code, one.component.title, cell(one.coefficient),
                                  cell(one.se), cell(one.mean), cell(one.deviation), one.known,
                                  text_cell(note)});
        }
    }
    for (const context::ContextualCoefficient& one : report.model.coefficients) {
        const bool counted = one.mean.has_value();
        table.rows.push_back(
            {std::string{"model"}, one.code, one.title, cell(one.estimate), cell(one.se),
             cell(one.mean), cell(one.deviation),
             counted ? TableCell{report.model.schools_fitted - one.filled} : TableCell{},
             text_cell(one.note)});
    }
    return table;
}

wording::Table model_table(const ContextualReport& report) {
    wording::Table table{
        .title = "Модель",
        .columns = {
            {"code", "Код"}, {"title", "Величина"}, {"value", "Значение", ColumnStyle::number}}};
    const auto row = [&](std::string code, std::string title, std::optional<double> value) {
        table.rows.push_back({std::move(code), std::move(title), cell(value)});
    };
    const context::ContextualModel& model = report.model;
    const auto& component = report.indices[static_cast<std::size_t>(model::IndexMethod::component)];
    const auto& regression =
        report.indices[static_cast<std::size_t>(model::IndexMethod::regression)];
    row("index_component_share", "Доля дисперсии первой главной компоненты",
        component.variance_share);
    row("index_regression_r2", "R² связи долей с результатами", regression.r2);
    if (!model.reason.empty()) {
        row("model_missing", model.reason, std::nullopt);
        return table;
    }
    row("results", "Результатов учеников", static_cast<double>(model.results));
    row("schools", "Школ", static_cast<double>(model.schools_fitted));
    row("school_variance", "Дисперсия между школами", model.school_variance);
    const bool cohorts = report.options.grouping == model::ResultGrouping::cohort;
    row("unit_variance",
        cohorts ? "Дисперсия между параллелями школы" : "Дисперсия между процедурами школы",
        model.unit_variance);
    row("result_variance", "Дисперсия результатов внутри них", model.result_variance);
    row("school_variance_without", "Дисперсия между школами без учёта условий",
        model.school_variance_without);
    row("explained", "Доля различий школ, связанная с условиями", model.explained());
    row("intraclass_correlation", "Доля дисперсии между школами и внутри школ между группами",
        model.intraclass_correlation);
    row("r2_marginal", "R² условий", model.r2_marginal);
    row("r2_conditional", "R² условий, школ и групп", model.r2_conditional);
    row("reml", "Критерий REML", model.criterion);
    row("aic", "AIC", model.aic);
    row("bic", "BIC", model.bic);
    return table;
}

wording::Table agreement_table(const ContextualReport& report) {
    wording::Table table{.title = "Устойчивость индекса",
                         .columns = {{"method", "Индекс"},
                                     {"reading", "Долей"},
                                     {"year", "Год", ColumnStyle::whole},
                                     {"other_method", "Сравнивается с"},
                                     {"other_reading", "Долей"},
                                     {"other_year", "Год", ColumnStyle::whole},
                                     {"schools", "Школ", ColumnStyle::whole},
                                     {"spearman", "Корреляция Спирмена", ColumnStyle::number}}};
    const auto code = [](auto choice) { return std::string{model::code(choice)}; };
    for (const application::IndexAgreement& row : report.agreements) {
        table.rows.push_back({code(row.one.method), code(row.one.reading),
                              std::int64_t{row.one.year.ending}, code(row.other.method),
                              code(row.other.reading), std::int64_t{row.other.year.ending},
                              row.agreement.schools, cell(row.agreement.spearman)});
    }
    return table;
}

std::string closing_line(const ContextualReport& report) {
    const auto count = [&](model::ContextBand band) {
        return std::ranges::count(report.schools, band,
                                  [](const SchoolContext& one) { return one.effect.band; });
    };
    if (!report.model.reason.empty()) return "Модель не построена: " + report.model.reason + ".";
    return fmt::format(
        "Значимо выше ожидаемого: {}, как ожидается: {}, значимо ниже: {}, без оценки: {}. "
        "Условия: {}. Они объясняют {} % различий между школами.",
        count(model::ContextBand::above), count(model::ContextBand::expected),
        count(model::ContextBand::below), count(model::ContextBand::unknown), report.conditions,
        report.model.explained() ? decimal(100 * *report.model.explained(), 0) : "—");
}

/// What the other index has that the chosen one has not: «экспертные веса», «одна доля», «2022/23».
std::string words(const application::IndexVariant& chosen, const application::IndexVariant& other) {
    if (other.method != chosen.method) return std::string{model::title(other.method)};
    if (other.reading != chosen.reading) return std::string{model::title(other.reading)};
    return model::title(other.year);
}

/// «Индекс: равные веса, четыре доли. …»: what stands behind it, and whether it would hold.
std::string index_line(const ContextualReport& report) {
    const context::SocialIndex& index = report.index();
    std::string text = fmt::format("Индекс: {}, {}", model::title(index.method),
                                   model::title(report.options.reading));
    if (!index.reason.empty()) return text + " — нет: " + index.reason + ".";
    if (index.method == model::IndexMethod::component) {
        text += fmt::format("; компонента объясняет {} % различий долей",
                            decimal(100 * index.variance_share.value_or(0), 0));
    }
    if (index.method == model::IndexMethod::regression) {
        text += fmt::format("; R² {}", decimal(index.r2));
    }
    text += ". Порядок школ совпадает (корреляция Спирмена):";
    const char* separator = " ";
    for (const application::IndexAgreement& row : report.agreements) {
        const bool first = row.one.method == index.method;
        if (!first && row.other.method != index.method) continue;
        text += fmt::format("{}{} {}", separator,
                            words(first ? row.one : row.other, first ? row.other : row.one),
                            decimal(row.agreement.spearman));
        separator = ", ";
    }
    return text + ".";
}

base::Result<ContextualOptions> options_of(const application::Adapters& adapters,
                                           const Arguments& arguments) {
    // CLI11 let no other code pass.
    ContextualOptions options{.year = {arguments.year},
                              .method = *model::index_method(arguments.method),
                              .reading = *model::index_reading(arguments.reading),
                              .grouping = *model::result_grouping(arguments.grouping),
                              .three_years = arguments.three_years};
    if (arguments.territory) options.territory = model::TerritoryId{*arguments.territory};
    if (arguments.weights) {
        const std::string text = OPORA_TRY(adapters.read_text(*arguments.weights));
        options.weights = OPORA_TRY(
            application::read_index_weights(text, arguments.weights->filename().string()));
    }
    return options;
}

int show_context(const application::Adapters& adapters, const Arguments& arguments) {
    const auto options = options_of(adapters, arguments);
    if (!options) return refuse(options.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    const auto report = application::contextual_report(loaded.evidence, *options);

    std::vector<wording::Table> tables{school_table(loaded.evidence, report),
                                       coefficient_table(report, *format == Format::table),
                                       model_table(report), agreement_table(report)};
    const bool one_table = *format == Format::csv || *format == Format::json;
    if (one_table) {
        const auto part = std::ranges::find(parts, arguments.part);
        tables = {tables[static_cast<std::size_t>(part - parts.begin())]};
    }
    const bool for_people = *format == Format::table;
    if (for_people) tables = {readable_schools(loaded.evidence, report), tables[1]};
    const auto written = write_tables(tables, arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) say("\n" + index_line(report) + "\n" + closing_line(report));
    return done;
}

}  // namespace

void add_context_command(CommandLine& line) {
    auto* command = line.app.add_subcommand(
        "context", "Показать социальные условия школ и результаты с их учётом");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command->add_option("--territory", arguments->territory, "Сравнивать школы этой территории");
    const auto choice = [&](const char* option, std::string& value, std::vector<std::string> codes,
                            const char* what) {
        command->add_option(option, value, fmt::format("{}: {}", what, fmt::join(codes, ", ")))
            ->check(CLI::IsMember(codes));
    };
    choice("--method", arguments->method, {"equal", "expert", "component", "regression"},
           "Как складывается индекс");
    choice("--reading", arguments->reading, {"four", "one"}, "Из скольких долей индекс");
    choice("--within", arguments->grouping, {"cohort", "procedure"},
           "Что различается внутри школы, параллели или процедуры");
    choice("--part", arguments->part, {parts.begin(), parts.end()}, "Таблица для csv и json");
    command->add_option("--weights", arguments->weights,
                        "Таблица экспертных весов csv: component,weight");
    command->add_flag("--weights-over-years", arguments->three_years,
                      "Результаты трёх лет с весами 3:2:1");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora context район --year 2024 --method equal --out условия.xlsx");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show_context(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli

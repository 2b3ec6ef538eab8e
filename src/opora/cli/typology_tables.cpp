#include "opora/cli/typology_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/russian.hpp"
#include "opora/cli/table_cells.hpp"

namespace opora::cli {

namespace {

using model::SchoolGroup;
using wording::ColumnStyle;
using wording::Table;
using wording::TableCell;

constexpr auto number = ColumnStyle::number;
constexpr auto whole = ColumnStyle::whole;

constexpr std::array groups{SchoolGroup::struggling, SchoolGroup::ineffective,
                            SchoolGroup::resilient, SchoolGroup::leading, SchoolGroup::ordinary};

TableCell flag_cell(const std::optional<bool>& flag) {
    return flag ? TableCell{*flag} : TableCell{};
}

std::string year_words(const model::ResilienceRow& row) {
    std::string text;
    for (const model::ResilienceYear& year : row.years) {
        const bool held = year.adverse.value_or(false) && year.high.value_or(false);
        const bool known = year.adverse && year.high;
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", year.year.ending,
                            held    ? "да"
                            : known ? "нет"
                                    : "?");
    }
    return text;
}

Table types_table(const application::TypesReport& report) {
    Table table{.title = "Типология",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"year", "Год", whole},
                            {"index", "ИСБШ", number},
                            {"adverse", "Условия неблагоприятные"},
                            {"result", "Результат", number},
                            {"se", "Ст. ошибка", number},
                            {"type", "Тип"},
                            {"confidence", "Уверенность", number}}};
    for (const SchoolGroup group : groups) {
        table.columns.push_back({"p_" + std::string{model::code(group)},
                                 "Вероятность: " + std::string{model::title(group)}, number});
    }
    const std::vector<wording::Column> more{{"resilient_quantile", "Резильентная по годам"},
                                            {"resilient_residual", "Резильентная по эффекту"},
                                            {"effect", "Эффект школы", number},
                                            {"effect_se", "Ст. ошибка эффекта", number},
                                            {"reason", "Почему не определено"}};
    table.columns.insert(table.columns.end(), more.begin(), more.end());
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const model::TypologyRow& one = report.rows[i];
        const model::ResilienceRow& resilience = report.resilience[i];
        const bool known = one.group != SchoolGroup::unknown;
        std::vector<TableCell> row{one.school.value,
                                   one.name,
                                   std::int64_t{one.year.ending},
                                   number_cell(one.index),
                                   flag_cell(one.adverse),
                                   number_cell(one.result),
                                   number_cell(one.standard_error),
                                   std::string{model::code(one.group)},
                                   known ? TableCell{one.confidence()} : TableCell{}};
        for (const SchoolGroup group : groups) {
            row.push_back(known ? TableCell{one.probabilities[static_cast<std::size_t>(group)]}
                                : TableCell{});
        }
        row.emplace_back(std::string{model::code(resilience.by_quantiles)});
        row.emplace_back(std::string{model::code(resilience.by_residual)});
        row.push_back(number_cell(resilience.effect));
        row.push_back(number_cell(resilience.effect_error));
        row.push_back(text_cell(one.reason.empty() ? resilience.reason : one.reason));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table resilience_years(const application::TypesReport& report) {
    Table table{.title = "Резильентность по годам",
                .columns = {{"school_id", "Код школы"},
                            {"year", "Год", whole},
                            {"adverse", "Условия в худшей части"},
                            {"high", "Результат в лучшей части"},
                            {"p_high", "Вероятность высокого результата", number}}};
    for (const model::ResilienceRow& row : report.resilience) {
        for (const model::ResilienceYear& year : row.years) {
            table.rows.push_back({row.school.value, std::int64_t{year.year.ending},
                                  flag_cell(year.adverse), flag_cell(year.high),
                                  number_cell(year.high_probability)});
        }
    }
    return table;
}

Table readable_types(const application::TypesReport& report) {
    Table table{.title = "Типология школ: условия и результаты",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"index", "ИСБШ"},
                            {"result", "Результат"},
                            {"type", "Тип"},
                            {"confidence", "Уверенность"},
                            {"quantile", "Резильентна по годам"},
                            {"residual", "Резильентна по эффекту"}}};
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const model::TypologyRow& one = report.rows[i];
        const model::ResilienceRow& resilience = report.resilience[i];
        const bool known = one.group != SchoolGroup::unknown;
        table.rows.push_back(
            {one.school.value, one.name,
             decimal_text(one.index) + (one.adverse && *one.adverse ? " небл." : ""),
             decimal_text(one.result), known ? std::string{model::title(one.group)} : one.reason,
             known ? share_text(one.confidence()) : "—",
             fmt::format("{} ({})", model::title(resilience.by_quantiles), year_words(resilience)),
             std::string{model::title(resilience.by_residual)}});
    }
    return table;
}

std::string counted_types(const application::TypesReport& report) {
    std::string text;
    for (const SchoolGroup group : groups) {
        const auto count = std::ranges::count(report.rows, group, &model::TypologyRow::group);
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", model::title(group), count);
    }
    const auto unknown =
        std::ranges::count(report.rows, SchoolGroup::unknown, &model::TypologyRow::group);
    if (unknown > 0) text += fmt::format(", не определён: {}", unknown);
    return "По типам — " + text + ".";
}

}  // namespace

TypologyAnswer types_answer(const application::TypesReport& report,
                            const application::TypologyRequest& request) {
    TypologyAnswer answer;
    answer.readable = {readable_types(report)};
    answer.parts = {{"types", types_table(report)}, {"years", resilience_years(report)}};
    const auto& grid = request.parameters.grid;
    const auto& borders = report.borders;
    answer.closing = fmt::format(
        "{} Условия неблагоприятные: ИСБШ не выше {} (нижние {} школ); результат низкий: ниже {} "
        "(нижние {}), высокий: выше {} (верхние {}). Уверенность — вероятность того, что школа "
        "этого типа, если учесть случайность результата.",
        counted_types(report), decimal_text(borders.index), share_text(grid.adverse_share),
        decimal_text(borders.low), share_text(grid.low_share), decimal_text(borders.high),
        share_text(grid.high_share));
    if (borders.true_deviation == 0) {
        answer.closing += " Различия результатов школ не больше случайных: типы ненадёжны.";
    }
    if (!report.model_reason.empty()) {
        answer.closing += " Эффекты школ не оценены: " + report.model_reason + ".";
    }
    return answer;
}

namespace {

Table matrix_table(const application::TransitionsReport& report) {
    Table table{.title = "Переходы между типами",
                .columns = {{"from_year", "Из года", whole},
                            {"to_year", "В год", whole},
                            {"from", "Был тип"},
                            {"to", "Стал тип"},
                            {"schools", "Школ", whole}}};
    for (const model::TransitionMatrix& matrix : report.matrices) {
        for (const SchoolGroup from : groups) {
            for (const SchoolGroup to : groups) {
                const auto count =
                    matrix.counts[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
                table.rows.push_back({std::int64_t{matrix.from.ending},
                                      std::int64_t{matrix.to.ending},
                                      std::string{model::code(from)}, std::string{model::code(to)},
                                      std::int64_t{count}});
            }
        }
    }
    return table;
}

Table readable_matrix(const model::TransitionMatrix& matrix) {
    Table table{.title = fmt::format("Переходы {} → {}", model::title(matrix.from),
                                     model::title(matrix.to)),
                .columns = {{"from", "Был тип"}}};
    for (const SchoolGroup to : groups) {
        table.columns.push_back(
            {std::string{model::code(to)}, std::string{model::title(to)}, whole});
    }
    for (const SchoolGroup from : groups) {
        std::vector<TableCell> row{std::string{model::title(from)}};
        for (const std::int32_t count : matrix.counts[static_cast<std::size_t>(from)]) {
            row.emplace_back(std::int64_t{count});
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table school_years_table(const application::TransitionsReport& report) {
    Table table{.title = "Типы школ по годам",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"year", "Год", whole},
                            {"type", "Тип"},
                            {"confidence", "Уверенность", number},
                            {"reason", "Почему не определён"}}};
    for (const auto& rows : report.rows) {
        for (const model::TypologyRow& one : rows) {
            const bool known = one.group != SchoolGroup::unknown;
            table.rows.push_back({one.school.value, one.name, std::int64_t{one.year.ending},
                                  std::string{model::code(one.group)},
                                  known ? TableCell{one.confidence()} : TableCell{},
                                  text_cell(one.reason)});
        }
    }
    return table;
}

}  // namespace

TypologyAnswer transitions_answer(const application::TransitionsReport& report) {
    TypologyAnswer answer;
    answer.parts = {{"schools", school_years_table(report)}, {"matrix", matrix_table(report)}};
    for (const model::TransitionMatrix& matrix : report.matrices) {
        answer.readable.push_back(readable_matrix(matrix));
        answer.closing += fmt::format(
            "{} → {}: тип сменили {} из {}; случайность результатов сама дала бы около {:.0f} "
            "таких смен, даже если бы ни одна школа не изменилась. ",
            model::title(matrix.from), model::title(matrix.to), matrix.changed,
            base::counted(matrix.schools, {"школы", "школ", "школ"}), matrix.changed_by_chance);
    }
    answer.closing +=
        "Школы с крайними результатами одного года в следующем чаще ближе к среднему: это не "
        "следствие принятых мер.";
    for (const std::string& note : report.notes) answer.closing += " Не показан " + note + ".";
    return answer;
}

namespace {

Table values_table(const application::SpreadReport& report) {
    Table table{.title = "Разброс и разрывы",
                .columns = {{"code", "Код"},
                            {"title", "Величина"},
                            {"year", "Год", whole},
                            {"value", "Значение", number},
                            {"ci_low", "ДИ 95 % от", number},
                            {"ci_high", "ДИ 95 % до", number},
                            {"change", "Изменение за год", number},
                            {"change_low", "ДИ изменения от", number},
                            {"change_high", "ДИ изменения до", number},
                            {"schools", "Школ", whole},
                            {"results", "Результатов", whole},
                            {"reason", "Почему нет значения"}}};
    for (const model::SpreadValue& one : report.values) {
        table.rows.push_back({one.code, one.title, std::int64_t{one.year.ending},
                              number_cell(one.value), number_cell(one.low), number_cell(one.high),
                              number_cell(one.change), number_cell(one.change_low),
                              number_cell(one.change_high), one.schools, one.results,
                              text_cell(one.reason)});
    }
    return table;
}

Table curve_table(const application::SpreadReport& report) {
    Table table{.title = "Кривая Лоренца",
                .columns = {{"members_share", "Доля результатов", number},
                            {"low_share", "Доля низких результатов", number}}};
    for (const statistics::LorenzPoint& point : report.curve) {
        table.rows.push_back({point.members_share, point.counted_share});
    }
    return table;
}

}  // namespace

TypologyAnswer spread_answer(const application::SpreadReport& report) {
    TypologyAnswer answer;
    answer.parts = {{"values", values_table(report)}, {"curve", curve_table(report)}};
    Table readable{.title = "Разброс результатов между школами и разрывы между группами",
                   .columns = {{"title", "Величина"},
                               {"year", "Год"},
                               {"value", "Значение (95 % ДИ)"},
                               {"change", "Изменение за год (95 % ДИ)"}}};
    for (const model::SpreadValue& one : report.values) {
        readable.rows.push_back(
            {one.title, std::string{model::title(one.year)},
             one.value ? interval_text(one.value, one.low, one.high) : one.reason,
             interval_text(one.change, one.change_low, one.change_high)});
    }
    answer.readable = {std::move(readable)};
    answer.closing =
        "Разброс и разрывы — в стандартных отклонениях учеников одной работы. Групп учеников "
        "внутри школы (семья, ОВЗ, язык) в протоколах нет: их показатели загружаются видом "
        "indicators под кодами «показатель@группа» и «показатель@not_группа».";
    return answer;
}

}  // namespace opora::cli

#include "opora/cli/risk_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/russian.hpp"

namespace opora::cli {

namespace {

using model::FactorAssessment;
using model::FactorLevel;
using model::RiskProfile;
using model::SignReading;
using wording::ColumnStyle;
using wording::TableCell;

TableCell code_of(const std::optional<FactorLevel>& level) {
    return level ? TableCell{std::string{model::code(*level)}} : TableCell{};
}

std::string title_of(const FactorAssessment& factor) {
    if (factor.rejected) return "не подтверждён";
    return factor.level ? std::string{model::title(*factor.level)} : "нет данных";
}

TableCell number_of(const std::optional<base::Fraction>& value) {
    return value ? TableCell{value->value()} : TableCell{};
}

TableCell number_of(const std::optional<double>& value) {
    return value ? TableCell{*value} : TableCell{};
}

/// «средняя–высокая» where the ends of the intervals give other levels; empty where they do not.
std::string range_text(const std::optional<FactorLevel>& level, const model::LevelRange& range) {
    if (!level || range.best == range.worst) return "";
    return fmt::format("{}–{}", model::title(range.best), model::title(range.worst));
}

/// Place among the causes, from 1; missing for a factor that is none.
TableCell place_of(const RiskProfile& profile, std::size_t factor) {
    const auto found = std::ranges::find(profile.causes, factor);
    if (found == profile.causes.end()) return {};
    return std::int64_t{found - profile.causes.begin() + 1};
}

/// What a curator and the data say to each other.
std::string remarks(const FactorAssessment& factor) {
    std::vector<std::string> all;
    if (factor.review) {
        all.push_back(fmt::format("проверка: {}", model::title(factor.review->decision)));
        if (factor.computed && factor.computed != factor.level)
            all.push_back(fmt::format("по данным {}", model::title(*factor.computed)));
        if (factor.changed_since_review) all.emplace_back("данные с тех пор изменились");
    }
    if (!factor.computed) all.push_back(factor.reason);
    if (factor.sources_disagree) all.emplace_back("сведения и ответы расходятся");
    if (factor.groups_disagree) all.emplace_back("группы опрошенных расходятся");
    if (factor.computed && !factor.answers_index) all.emplace_back("только сведения о школе");
    if (factor.computed && !factor.facts_index) all.emplace_back("только ответы на анкеты");
    return fmt::format("{}", fmt::join(all, "; "));
}

std::string value_text(const SignReading& reading) {
    if (!reading.value.known()) return "—";
    if (reading.official) return "ответ школы";
    if (reading.unit != model::Unit::share)
        return base::decimal_comma(reading.value.ratio.value(), 3);
    return fmt::format("{} ({} из {})", base::percent(reading.value.ratio),
                       reading.value.ratio.numerator, reading.value.ratio.denominator);
}

std::string compared_text(const SignReading& reading) {
    if (reading.schools == 0 || reading.as_bad == 0) return "";
    return fmt::format("{} из {}", reading.as_bad, reading.schools);
}

/// Never a cause: two things are seen together, or are not.
std::string meaning_of(const model::FactorAssociation& one) {
    if (!one.correlation) return one.reason;
    if (!one.found) return "связь не обнаружена";
    return *one.correlation < 0 ? "встречается вместе с более низкими результатами"
                                : "встречается вместе с более высокими результатами";
}

const model::RiskFactor& factor_of(const application::ProfileReport& report,
                                   const FactorAssessment& factor) {
    return *report.catalogue->factor(factor.factor);
}

std::string causes_text(const application::ProfileReport& report, const RiskProfile& profile) {
    constexpr std::size_t shown_max = 3;
    std::string text;
    for (std::size_t i = 0; i < profile.causes.size() && i < shown_max; ++i) {
        const FactorAssessment& factor = profile.factors[profile.causes[i]];
        text += fmt::format("{}{}", text.empty() ? "" : "; ", factor_of(report, factor).title);
    }
    return text;
}

std::int64_t count_levels(const RiskProfile& profile, FactorLevel level) {
    return std::ranges::count(profile.factors, level, &FactorAssessment::level);
}

}  // namespace

wording::Table profile_rows(const application::ProfileReport& report) {
    wording::Table table{.title = "Риск-профили",
                         .columns = {{"school_id", "Код школы"},
                                     {"year", "Год"},
                                     {"factor", "Фактор"},
                                     {"side", "Внутренний или внешний"},
                                     {"level", "Значимость"},
                                     {"place", "Место среди причин", ColumnStyle::whole},
                                     {"computed", "По данным"},
                                     {"computed_best", "По данным, не ниже"},
                                     {"computed_worst", "По данным, не выше"},
                                     {"index", "Индекс", ColumnStyle::number},
                                     {"facts_index", "Индекс сведений", ColumnStyle::number},
                                     {"answers_index", "Индекс ответов", ColumnStyle::number},
                                     {"signs_known", "Признаков известно", ColumnStyle::whole},
                                     {"signs", "Признаков", ColumnStyle::whole},
                                     {"sources_disagree", "Сведения и ответы расходятся"},
                                     {"groups_disagree", "Группы расходятся"},
                                     {"decision", "Проверка"},
                                     {"decided_on", "Время проверки"},
                                     {"changed_since", "Данные изменились"},
                                     {"reason", "Почему нет уровня"}}};
    for (const RiskProfile& profile : report.profiles) {
        for (std::size_t i = 0; i < profile.factors.size(); ++i) {
            const FactorAssessment& one = profile.factors[i];
            const bool known = one.computed.has_value();
            table.rows.push_back({profile.school.value,
                                  std::int64_t{profile.year.ending},
                                  one.factor.value,
                                  std::string{model::code(factor_of(report, one).side)},
                                  code_of(one.level),
                                  place_of(profile, i),
                                  code_of(one.computed),
                                  known ? code_of(one.range.best) : TableCell{},
                                  known ? code_of(one.range.worst) : TableCell{},
                                  known ? TableCell{one.index.value()} : TableCell{},
                                  number_of(one.facts_index),
                                  number_of(one.answers_index),
                                  std::int64_t{one.signs_known},
                                  std::int64_t{one.signs},
                                  one.sources_disagree,
                                  one.groups_disagree,
                                  one.review
                                      ? TableCell{std::string{model::code(one.review->decision)}}
                                      : TableCell{},
                                  one.review ? TableCell{one.review->time} : TableCell{},
                                  one.changed_since_review,
                                  one.reason});
        }
    }
    return table;
}

wording::Table basis_rows(const application::ProfileReport& report) {
    wording::Table table{.title = "Основания риск-профилей",
                         .columns = {{"school_id", "Код школы"},
                                     {"year", "Год"},
                                     {"factor", "Фактор"},
                                     {"sign", "Признак"},
                                     {"group", "Кто ответил"},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"numerator", "Числитель", ColumnStyle::whole},
                                     {"n", "n", ColumnStyle::whole},
                                     {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                     {"ci_high", "ДИ 95 % до", ColumnStyle::number},
                                     {"territory", "Все школы", ColumnStyle::number},
                                     {"as_bad", "Школ не лучше", ColumnStyle::whole},
                                     {"schools", "Школ сравнено", ColumnStyle::whole},
                                     {"level", "Значимость"},
                                     {"level_best", "Не ниже"},
                                     {"level_worst", "Не выше"},
                                     {"weight", "Вес", ColumnStyle::whole},
                                     {"reason", "Пояснение"}}};
    for (const RiskProfile& profile : report.profiles) {
        for (const FactorAssessment& factor : profile.factors) {
            for (const SignReading& one : factor.basis) {
                const bool known = one.value.known();
                const auto whole = [](std::int64_t number, bool shown) {
                    return shown ? TableCell{number} : TableCell{};
                };
                table.rows.push_back(
                    {profile.school.value, std::int64_t{profile.year.ending}, factor.factor.value,
                     std::string{one.code},
                     one.group ? TableCell{std::string{model::code(*one.group)}} : TableCell{},
                     known ? TableCell{one.value.ratio.value()} : TableCell{},
                     whole(one.value.ratio.numerator, known && one.unit == model::Unit::share),
                     whole(one.value.n, known), number_of(one.interval_low),
                     number_of(one.interval_high), number_of(one.territory),
                     whole(one.as_bad, one.as_bad > 0), whole(one.schools, one.schools > 0),
                     code_of(one.level), one.level ? code_of(one.range.best) : TableCell{},
                     one.level ? code_of(one.range.worst) : TableCell{}, std::int64_t{one.weight},
                     one.reason});
            }
        }
    }
    return table;
}

wording::Table schools_table(const application::ProfileReport& report) {
    wording::Table table{.title = "Факторы по школам",
                         .columns = {{"school_id", "Код школы"},
                                     {"school", "Школа"},
                                     {"high", "Высоких", ColumnStyle::whole},
                                     {"middle", "Средних", ColumnStyle::whole},
                                     {"unknown", "Нет данных", ColumnStyle::whole},
                                     {"checked", "Проверено", ColumnStyle::whole},
                                     {"causes", "Что выходит на первый план"}}};
    for (std::size_t i = 0; i < report.profiles.size(); ++i) {
        const RiskProfile& profile = report.profiles[i];
        const auto unknown = std::ranges::count_if(
            profile.factors, [](const auto& factor) { return !factor.level && !factor.rejected; });
        const auto checked = std::ranges::count_if(
            profile.factors, [](const auto& factor) { return factor.review.has_value(); });
        table.rows.push_back({profile.school.value, report.schools[i].name,
                              count_levels(profile, FactorLevel::high),
                              count_levels(profile, FactorLevel::middle), std::int64_t{unknown},
                              std::int64_t{checked}, causes_text(report, profile)});
    }
    return table;
}

wording::Table profile_table(const application::ProfileReport& report) {
    wording::Table table{.title = "Риск-профиль",
                         .columns = {{"place", "Место", ColumnStyle::whole},
                                     {"factor", "Код"},
                                     {"title", "Фактор"},
                                     {"side", "Какой"},
                                     {"level", "Значимость"},
                                     {"range", "С учётом точности"},
                                     {"index", "Индекс", ColumnStyle::percent},
                                     {"signs", "Признаков"},
                                     {"remarks", "Примечание"}}};
    const RiskProfile& profile = report.profiles.front();
    std::vector<std::size_t> order = profile.causes;
    for (std::size_t i = 0; i < profile.factors.size(); ++i) {
        if (std::ranges::find(order, i) == order.end()) order.push_back(i);
    }
    for (const std::size_t i : order) {
        const FactorAssessment& one = profile.factors[i];
        const model::RiskFactor& factor = factor_of(report, one);
        table.rows.push_back({place_of(profile, i), one.factor.value, factor.title,
                              std::string{model::title(factor.side)}, title_of(one),
                              range_text(one.computed, one.range),
                              one.computed ? TableCell{one.index.value()} : TableCell{},
                              fmt::format("{} из {}", one.signs_known, one.signs), remarks(one)});
    }
    return table;
}

wording::Table basis_table(const application::ProfileReport& report) {
    wording::Table table{.title = "На чём основан риск-профиль",
                         .columns = {{"factor", "Фактор"},
                                     {"sign", "Признак или вопрос"},
                                     {"group", "Кто ответил"},
                                     {"value", "Значение"},
                                     {"compared", "Школ не лучше"},
                                     {"level", "Значимость"},
                                     {"range", "С учётом точности"},
                                     {"reason", "Пояснение"}}};
    for (const FactorAssessment& factor : report.profiles.front().factors) {
        for (const SignReading& one : factor.basis) {
            table.rows.push_back(
                {factor.factor.value, std::string{one.title},
                 one.group ? std::string{model::title(*one.group)} : "сведения о школе",
                 value_text(one), compared_text(one),
                 one.level ? std::string{model::title(*one.level)} : "нет данных",
                 range_text(one.level, one.range), one.reason});
        }
    }
    return table;
}

wording::Table association_table(const application::AssociationReport& report) {
    wording::Table table{.title = "Какие факторы встречаются вместе с результатами",
                         .columns = {{"factor", "Код"},
                                     {"title", "Фактор"},
                                     {"schools", "Школ", ColumnStyle::whole},
                                     {"correlation", "Связь рангов", ColumnStyle::number},
                                     {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                     {"ci_high", "ДИ 95 % до", ColumnStyle::number},
                                     {"p_value", "p", ColumnStyle::number},
                                     {"q_value", "p с поправкой", ColumnStyle::number},
                                     {"found", "Связь найдена"},
                                     {"meaning", "Что видно"}}};
    for (const model::FactorAssociation& one : report.associations) {
        table.rows.push_back({one.factor.value, report.catalogue->factor(one.factor)->title,
                              std::int64_t{one.schools}, number_of(one.correlation),
                              number_of(one.low), number_of(one.high), number_of(one.p_value),
                              number_of(one.adjusted), one.found, meaning_of(one)});
    }
    return table;
}

wording::Table catalogue_table(const model::FactorCatalogue& catalogue) {
    wording::Table table{.title = catalogue.title,
                         .columns = {{"factor", "Код"},
                                     {"title", "Фактор"},
                                     {"side", "Какой"},
                                     {"side_note", "Оговорка"},
                                     {"evidence", "Основание"},
                                     {"signs", "Признаков", ColumnStyle::whole},
                                     {"questions", "Вопросов", ColumnStyle::whole},
                                     {"sources", "Кто называет"}}};
    for (const model::RiskFactor& factor : catalogue.factors) {
        std::int64_t questions = 0;
        for (const model::Questionnaire& questionnaire : catalogue.questionnaires) {
            questions += std::ranges::count_if(questionnaire.items, [&](const auto& item) {
                return std::ranges::find(item.factors, factor.code) != item.factors.end();
            });
        }
        std::string sources;
        for (const model::FactorSource& source : factor.sources) {
            sources +=
                fmt::format("{}{}: {}", sources.empty() ? "" : "; ", source.source, source.said);
        }
        table.rows.push_back({factor.code.value, factor.title,
                              std::string{model::title(factor.side)}, factor.side_note,
                              factor.evidence, std::int64_t{std::ssize(factor.signs)}, questions,
                              sources});
    }
    return table;
}

wording::Table parameter_table(const model::FactorCatalogue& catalogue) {
    wording::Table table{.title = "Параметры факторов",
                         .columns = {{"parameter", "Параметр"},
                                     {"value", "Значение"},
                                     {"evidence", "Основание"},
                                     {"title", "Смысл"}}};
    for (const model::FactorParameter& parameter : catalogue.parameters) {
        table.rows.push_back({parameter.name,
                              parameter.percent ? base::percent(parameter.value, 0)
                                                : base::decimal_comma(parameter.value, 0),
                              parameter.evidence, parameter.title});
    }
    return table;
}

}  // namespace opora::cli

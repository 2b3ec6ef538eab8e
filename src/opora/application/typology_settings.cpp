#include "opora/application/typology_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace opora::application {

namespace {

using P = TypologyParameters;

template <auto Part, auto Member>
constexpr TypologySetting setting(std::string_view name, std::string_view title, double low,
                                  double high) {
    using Value = std::remove_cvref_t<decltype((std::declval<P>().*Part).*Member)>;
    return {name,
            title,
            low,
            high,
            std::is_integral_v<Value>,
            [](const P& all) { return static_cast<double>((all.*Part).*Member); },
            [](P& all, double value) { (all.*Part).*Member = static_cast<Value>(value); }};
}

using typology::ClusterOptions;
using typology::ComparableOptions;
using typology::GridOptions;
using typology::ResilienceOptions;

constexpr std::array settings{
    setting<&P::grid, &GridOptions::adverse_share>(
        "adverse_share", "Часть школ с худшими условиями: «неблагоприятные»", 0.01, 0.99),
    setting<&P::grid, &GridOptions::low_share>(
        "low_share", "Часть школ с худшими результатами: «низкие»", 0.01, 0.99),
    setting<&P::grid, &GridOptions::high_share>(
        "high_share", "Часть школ с лучшими результатами: «высокие»", 0.01, 0.99),
    setting<&P::resilience, &ResilienceOptions::index_share>(
        "resilient_index_share", "Резильентность: часть школ с худшими условиями", 0.01, 0.99),
    setting<&P::resilience, &ResilienceOptions::result_share>(
        "resilient_result_share",
        "Резильентность: часть школ с лучшими результатами (0.5 — выше медианы)", 0.01, 0.99),
    setting<&P::resilience, &ResilienceOptions::years>(
        "resilient_years", "Резильентность: сколько лет смотреть", 1, 10),
    setting<&P::resilience, &ResilienceOptions::years_min>(
        "resilient_years_min", "Резильентность: в скольких из них выполняется", 1, 10),
    setting<&P::resilience, &ResilienceOptions::effect_errors_min>(
        "effect_errors_min", "Резильентность: эффект больше стольких стандартных ошибок", 0, 10),
    setting<&P::resilience, &ResilienceOptions::index_share_residual>(
        "resilient_index_share_residual",
        "Резильентность по эффекту: часть школ с худшими условиями", 0.01, 0.99),
    setting<&P::comparable, &ComparableOptions::count>("neighbours", "Сколько похожих школ", 2,
                                                       1000),
    setting<&P::comparable, &ComparableOptions::share_max>(
        "neighbours_share", "Похожие школы: не больше такой части остальных", 0.01, 1),
    setting<&P::comparable, &ComparableOptions::known_share_min>(
        "neighbours_known_share", "Похожие школы: общая известная часть условий", 0, 1),
    setting<&P::comparable, &ComparableOptions::with_result_min>(
        "neighbours_with_result", "Похожие школы: сколько из них должны иметь результат", 2, 1000),
    setting<&P::clusters, &ClusterOptions::clusters_max>("clusters_max", "Группы: наибольшее число",
                                                         2, 50),
    setting<&P::clusters, &ClusterOptions::cluster_size_min>(
        "cluster_size_min", "Группы: наименьшее число школ", 1, 1000),
    setting<&P::clusters, &ClusterOptions::stability_min>("stability_min",
                                                          "Группы: наименьшая устойчивость", 0, 1),
    setting<&P::clusters, &ClusterOptions::known_share_min>(
        "cluster_known_share", "Группы: известная часть условий у школы с пробелами", 0, 1),
    setting<&P::clusters, &ClusterOptions::starts>("starts", "Группы: число начал k-средних", 1,
                                                   1000),
    setting<&P::clusters, &ClusterOptions::resamples>("resamples",
                                                      "Группы: число повторных выборок", 2, 1000),
    setting<&P::clusters, &ClusterOptions::seed>("seed", "Группы: начало случайных чисел", 0, 1e9),
    setting<&P::space, &typology::SpaceOptions::known_share_min>(
        "feature_known_share", "Условие используется, если известно у такой части школ", 0, 1),
    setting<&P::spread, &typology::SpreadOptions::results_min>(
        "gap_results", "Разрывы: наименьшее число результатов в группе", 2, 100000),
};

const TypologySetting years_setting{
    "years",
    "Переходы и разброс: сколько лет",
    1,
    10,
    true,
    [](const P& all) { return static_cast<double>(all.years); },
    [](P& all, double value) { all.years = static_cast<std::int32_t>(value); }};

std::optional<double> number_of(std::string_view text) {
    const bool percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    double value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (wrong != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return percent ? value / 100 : value;
}

const std::vector<TypologySetting>& all_settings() {
    static const std::vector<TypologySetting> all = [] {
        std::vector<TypologySetting> list(settings.begin(), settings.end());
        list.push_back(years_setting);
        return list;
    }();
    return all;
}

}  // namespace

std::span<const TypologySetting> typology_settings() { return all_settings(); }

base::Result<TypologyParameters> with_settings(TypologyParameters parameters,
                                               const std::vector<std::string>& assignments) {
    for (const std::string& assignment : assignments) {
        const std::size_t sign = std::min(assignment.find('='), assignment.size());
        const std::string name = assignment.substr(0, sign);
        const auto found = std::ranges::find(all_settings(), name, &TypologySetting::name);
        if (found == all_settings().end()) {
            std::string known;
            for (const TypologySetting& one : all_settings()) {
                known += (known.empty() ? "" : ", ") + std::string{one.name};
            }
            return base::Unexpected{base::Error{.code = "setting_unknown",
                                                .message = "такого параметра типологии нет",
                                                .expected = known,
                                                .found = name}};
        }
        const std::string text =
            sign < assignment.size() ? assignment.substr(sign + 1) : std::string{};
        const auto value = number_of(text);
        const bool good = value && *value >= found->low && *value <= found->high &&
                          (!found->whole || *value == std::floor(*value));
        if (!good) {
            return base::Unexpected{base::Error{
                .code = "setting_wrong",
                .message = fmt::format("значение параметра {} не подходит", name),
                .expected = fmt::format("{} от {} до {}", found->whole ? "целое число" : "число",
                                        found->low, found->high),
                .found = text}};
        }
        found->set(parameters, *value);
    }
    return parameters;
}

}  // namespace opora::application

#include "opora/application/rating.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "opora/application/access.hpp"
#include "opora/application/contextual.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/school_results.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/random_effects.hpp"
#include "opora/statistics/rank_intervals.hpp"

namespace opora::application {

namespace {

using indicators::Evidence;
using indicators::SchoolNumber;
using model::RatedSchool;

constexpr std::string_view rating_setting = "rating";

/// What a school of such conditions is expected to have, by school number.
struct Expectations {
    std::vector<std::optional<double>> values;
    std::vector<std::string> reasons;
};

Expectations expectations(const Evidence& evidence, const RatingOptions& options) {
    Expectations result{.values = std::vector<std::optional<double>>(evidence.schools().size()),
                        .reasons = std::vector<std::string>(evidence.schools().size())};
    if (options.value == model::RatedValue::result) {
        std::ranges::fill(result.values, 0.0);
        return result;
    }
    const ContextualReport report =
        contextual_report(evidence, {.year = options.year, .territory = options.territory});
    for (std::size_t i = 0; i < report.numbers.size(); ++i) {
        const model::SchoolEffect& effect = report.schools[i].effect;
        result.values[report.numbers[i]] = effect.expected;
        result.reasons[report.numbers[i]] = effect.reason;
    }
    return result;
}

/// Measured values, or why there is none.
void measure(const Evidence& evidence, RatingReport& report) {
    const RatingOptions& options = report.options;
    const auto results = school_results(evidence, options.year);
    const Expectations expected = expectations(evidence, options);
    for (SchoolNumber number = 0; number < evidence.schools().size(); ++number) {
        const model::School& school = evidence.schools()[number];
        if (options.territory && !lies_in(evidence, school, *options.territory)) continue;
        const auto& result = results[number];
        if (!result || !(result->standard_error > 0)) {
            report.unrated.push_back({school.id, "нет сравнимых результатов за год"});
        } else if (!expected.values[number]) {
            const std::string& reason = expected.reasons[number];
            report.unrated.push_back(
                {school.id, reason.empty() ? "неизвестно, чего ожидать при её условиях" : reason});
        } else {
            report.schools.push_back({.school = school.id,
                                      .results = result->results,
                                      .procedures = result->procedures,
                                      .measured = result->value - *expected.values[number],
                                      .measured_error = result->standard_error});
        }
    }
}

double square(double x) { return x * x; }

/// True values given the measured ones.
void shrink(RatingReport& report) {
    statistics::RandomEffects effects;
    for (const RatedSchool& one : report.schools) {
        effects.look(one.measured, square(one.measured_error));
    }
    effects.settle();
    for (const RatedSchool& one : report.schools) {
        effects.weigh(one.measured, square(one.measured_error));
    }
    report.between = effects.between();
    report.mean = effects.mean();
    for (RatedSchool& one : report.schools) {
        const double variance = square(one.measured_error);
        const double kept =
            report.options.as_measured ? 1 : report.between / (report.between + variance);
        one.value = kept * one.measured + (1 - kept) * report.mean;
        const double error = std::sqrt(kept * variance);
        one.low = one.value - statistics::funnel_warning * error;
        one.high = one.value + statistics::funnel_warning * error;
    }
}

void place(RatingReport& report) {
    std::vector<double> values;
    std::vector<statistics::UncertainValue> uncertain;
    for (const RatedSchool& one : report.schools) {
        values.push_back(one.value);
        const double error = (one.high - one.low) / (2 * statistics::funnel_warning);
        uncertain.push_back({one.value, error, statistics::text_key(one.school.value)});
    }
    const auto places = statistics::ranks(values);
    const auto intervals =
        statistics::rank_intervals(uncertain, report.options.draws, report.options.seed);
    for (std::size_t i = 0; i < report.schools.size(); ++i) {
        report.schools[i].place = places[i];
        report.schools[i].place_low = intervals[i].low;
        report.schools[i].place_high = intervals[i].high;
        report.schools[i].place_expected = intervals[i].expected;
    }
}

FunnelLimits limits_at(const statistics::Funnel& funnel, double precision) {
    const double error = 1 / std::sqrt(precision);
    const double deviation = funnel.deviation(error);
    const double wide = statistics::funnel_alarm * deviation;
    const double narrow = statistics::funnel_warning * deviation;
    return {precision,
            error,
            funnel.target - wide,
            funnel.target - narrow,
            funnel.target,
            funnel.target + narrow,
            funnel.target + wide};
}

void lay_funnel(RatingReport& report) {
    constexpr int steps = 50;
    std::vector<statistics::FunnelPoint> points;
    for (const RatedSchool& one : report.schools) {
        points.push_back({one.measured, one.measured_error});
    }
    report.funnel = statistics::funnel(points, report.mean, report.options.overdispersion);
    for (RatedSchool& one : report.schools) {
        one.funnel_z = report.funnel.z({one.measured, one.measured_error});
        one.position = model::funnel_position(one.funnel_z);
    }
    const auto [low, high] =
        std::ranges::minmax(points, {}, &statistics::FunnelPoint::standard_error);
    const double least = 1 / square(high.standard_error);
    const double most = 1 / square(low.standard_error);
    for (int i = 0; i <= steps; ++i) {
        report.limits.push_back(limits_at(report.funnel, least + (most - least) * i / steps));
    }
}

void give_up(RatingReport& report, std::string reason) {
    for (const RatedSchool& one : report.schools) report.unrated.push_back({one.school, reason});
    report.schools.clear();
    std::ranges::sort(report.unrated, {}, &model::UnratedSchool::school);
    report.reason = std::move(reason);
}

}  // namespace

RatingReport rate_schools(const LoadedEvidence& loaded, const RatingOptions& options) {
    RatingReport report{.options = options, .snapshot = loaded.snapshot};
    measure(loaded.evidence, report);
    if (report.schools.size() < 2) {
        give_up(report, "сравнивать нечего: сравнимые результаты есть меньше чем у двух школ");
        return report;
    }
    shrink(report);
    if (report.between == 0 && !options.as_measured) {
        give_up(report, "различия школ не больше тех, что даёт случай: места не присваиваются");
        return report;
    }
    place(report);
    lay_funnel(report);
    std::ranges::sort(report.schools, [](const RatedSchool& a, const RatedSchool& b) {
        return std::tie(a.place, a.school) < std::tie(b.place, b.school);
    });
    return report;
}

bool rating_enabled(ports::RegisterStore& store) {
    return store.setting(std::string{rating_setting}) == "on";
}

void switch_rating(ports::RegisterStore& store, bool on, const std::string& actor) {
    store.set_setting(std::string{rating_setting}, on ? "on" : "off", actor);
}

base::Result<base::Done> switch_rating(ports::RegisterStore& store, const model::User& user,
                                       bool on, const std::string& reason) {
    if (!may(user.role, Permission::manage_users)) {
        return base::Unexpected{
            base::Error{.code = "forbidden", .message = "рейтинги включает администратор"}};
    }
    if (reason.find_first_not_of(" \t\n") == std::string::npos) {
        return base::Unexpected{base::Error{
            .code = "field_missing", .message = "укажите, почему: причина остаётся в журнале"}};
    }
    if (rating_enabled(store) == on) return base::Done{};
    const std::string actor = "user:" + user.id.value;
    store.audit(actor, on ? "rating_on" : "rating_off", "", reason);
    switch_rating(store, on, actor);
    return base::Done{};
}

base::Result<base::Done> expect_rating_enabled(ports::RegisterStore& store) {
    if (rating_enabled(store)) return base::Done{};
    return base::Unexpected{base::Error{
        .code = "rating_off",
        .message =
            "рейтинги школ выключены: места почти всех школ неразличимы в пределах погрешности, а "
            "результаты ВПР не предназначены для сравнения школ между собой. Если рейтинг нужен "
            "для внутренней работы, включите его для этой папки: opora rating DIR --enable, или на "
            "странице «Настройки»; включение записывается в журнал"}};
}

}  // namespace opora::application

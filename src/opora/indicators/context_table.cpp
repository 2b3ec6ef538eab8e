#include "opora/indicators/context_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/indicators/catalogue.hpp"

namespace opora::indicators {

namespace {

constexpr auto adverse = ContextSign::adverse;
constexpr auto favourable = ContextSign::favourable;
constexpr auto neutral = ContextSign::neutral;

/// Shares of the passport come first; what follows is known without one.
constexpr std::array<ContextFeature, 13> all_features{{
    {"parents_both_higher_share", "Оба родителя с высшим образованием", favourable},
    {"families_incomplete_share", "Неполные семьи", adverse},
    {"registered_share", "На учёте", adverse},
    {"russian_not_native_share", "Русский язык неродной", adverse},
    {"low_ses_families_share", "Семьи с низким социально-экономическим уровнем", adverse},
    {"families_low_income_share", "Малообеспеченные семьи", adverse},
    {"families_large_share", "Многодетные семьи", neutral},
    {"deviant_behaviour_share", "Девиантное поведение", adverse},
    {"no_motivation_share", "Нет учебной мотивации", adverse},
    {"weak_russian_share", "Слабо владеют русским языком", adverse},
    {"log_pupils", "Число учащихся (логарифм)", neutral},
    {"settlement", "Населённый пункт: 0 село, 1 посёлок, 2 город", neutral},
    {"log_distance", "Удалённость от центра (логарифм километров)", neutral},
}};
constexpr std::size_t shares = 10;
constexpr std::size_t log_pupils = 10;
constexpr std::size_t settlement = 11;
constexpr std::size_t log_distance = 12;

std::optional<double> settlement_value(model::SettlementType type) {
    switch (type) {
        case model::SettlementType::unknown:
            return std::nullopt;
        case model::SettlementType::village:
            return 0.0;
        case model::SettlementType::town:
            return 1.0;
        case model::SettlementType::city:
            return 2.0;
    }
    return std::nullopt;
}

std::optional<double> share(const Evidence& evidence, std::size_t feature, SchoolNumber school,
                            model::SchoolYear year) {
    const YearIndicator* indicator = find_year_indicator(all_features[feature].code);
    const model::Measurement value = measure(evidence, *indicator, school, year);
    return value.known() ? std::optional{value.ratio.value()} : std::nullopt;
}

/// The newest year, not too old, in which the school told any of the shares.
std::optional<model::SchoolYear> passport_of(const Evidence& evidence, SchoolNumber school,
                                             model::SchoolYear year) {
    for (int age = 0; age <= ContextTable::passport_age_max; ++age) {
        for (std::size_t feature = 0; feature < shares; ++feature) {
            if (share(evidence, feature, school, year - age)) return year - age;
        }
    }
    return std::nullopt;
}

}  // namespace

std::span<const ContextFeature> ContextTable::features() { return all_features; }

std::size_t ContextTable::feature(std::string_view code) {
    const auto found = std::ranges::find(all_features, code, &ContextFeature::code);
    return found == all_features.end() ? nothing
                                       : static_cast<std::size_t>(found - all_features.begin());
}

ContextTable::ContextTable(const Evidence& evidence, model::SchoolYear year)
    : schools_{evidence.schools().size()},
      values_(schools_ * all_features.size()),
      passport_years_(schools_) {
    const std::uint32_t pupils = evidence.fact_number("pupils");
    for (SchoolNumber number = 0; number < schools_; ++number) {
        const model::School& school = evidence.schools()[number];
        const auto own = std::span{values_}.subspan(number * all_features.size());
        own[settlement] = settlement_value(school.settlement);
        if (school.distance_km) own[log_distance] = std::log1p(double{1} * *school.distance_km);
        const auto passport = passport_of(evidence, number, year);
        passport_years_[number] = passport;
        if (!passport) continue;
        for (std::size_t feature = 0; feature < shares; ++feature) {
            own[feature] = share(evidence, feature, number, *passport);
        }
        const auto size =
            pupils == nothing ? std::nullopt : evidence.fact(number, pupils, *passport);
        if (size && size->numerator > 0) own[log_pupils] = std::log(size->value());
    }
}

}  // namespace opora::indicators

#include "opora/generation/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/generation/names.hpp"
#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

using model::SchoolType;
using model::SettlementType;

SchoolKind draw_kind(const KindShares& shares, Random& random) {
    const std::pair<SchoolKind, double> planted[] = {{SchoolKind::low, shares.low},
                                                     {SchoolKind::resilient, shares.resilient},
                                                     {SchoolKind::inflated, shares.inflated},
                                                     {SchoolKind::small, shares.small}};
    double left = random.uniform();
    for (const auto& [kind, share] : planted) {
        left -= share;
        if (left < 0) return kind;
    }
    return SchoolKind::plain;
}

SettlementType draw_settlement(SchoolKind kind, Random& random) {
    const double u = random.uniform();
    if (kind == SchoolKind::small || u < 0.42) return SettlementType::village;
    return u < 0.60 ? SettlementType::town : SettlementType::city;
}

/// A low school has upper grades, a small one lies in a village: gymnasiums and lyceums are plain
/// or resilient.
SchoolType draw_type(SchoolKind kind, SettlementType settlement, Random& random) {
    const double u = random.uniform();
    if (settlement == SettlementType::village) {
        if (u < 0.05 && kind == SchoolKind::plain) return SchoolType::primary;
        return u < 0.35 ? SchoolType::basic : SchoolType::secondary;
    }
    const bool ordinary = kind == SchoolKind::plain || kind == SchoolKind::resilient;
    if (ordinary && u < 0.09) return SchoolType::gymnasium;
    if (ordinary && u < 0.16) return SchoolType::lyceum;
    if (kind == SchoolKind::low && u < 0.03) return SchoolType::evening;
    return u < 0.20 ? SchoolType::basic : SchoolType::secondary;
}

double draw_parallel(const SchoolProfile& profile, Random& random) {
    if (profile.kind == SchoolKind::small) return random.between(6, 11);
    const bool village = profile.school.settlement == SettlementType::village;
    const double median = village ? 17.0 : 52.0;
    return std::clamp(median * std::exp(random.normal(0, 0.45)), 5.0, 200.0);
}

double draw_context(const SchoolProfile& profile, Random& random) {
    const bool selective =
        profile.school.type == SchoolType::gymnasium || profile.school.type == SchoolType::lyceum;
    switch (profile.kind) {
        case SchoolKind::low:
            return random.normal(-0.6, 0.8);
        case SchoolKind::resilient:
            return random.uniform(-2.2, -1.1);
        case SchoolKind::inflated:
            return random.normal(-0.2, 0.8);
        case SchoolKind::small:
            return random.normal(-0.3, 0.8);
        case SchoolKind::plain:
            return random.normal(selective ? 0.9 : 0.0, 1.0);
    }
    return 0;
}

double draw_effect(const SchoolProfile& profile, Random& random) {
    switch (profile.kind) {
        case SchoolKind::low:
            return random.uniform(-1.25, -0.80);
        case SchoolKind::resilient:
            return random.uniform(0.45, 0.85);
        case SchoolKind::inflated:
            return random.uniform(-0.35, 0.05);
        case SchoolKind::small:
        case SchoolKind::plain:
            return 0.22 * profile.context + random.normal(0, 0.22);
    }
    return 0;
}

std::string_view type_title(SchoolType type) {
    switch (type) {
        case SchoolType::primary:
            return "НОШ";
        case SchoolType::basic:
            return "ООШ";
        case SchoolType::secondary:
            return "СОШ";
        case SchoolType::gymnasium:
            return "гимназия";
        case SchoolType::lyceum:
            return "лицей";
        case SchoolType::evening:
            return "вечерняя школа";
        case SchoolType::correctional:
            return "коррекционная школа";
        case SchoolType::boarding:
            return "школа-интернат";
    }
    return "школа";
}

void fill_register(SchoolProfile& profile, std::uint64_t seed, Random& random) {
    model::School& school = profile.school;
    const auto place = place_name(seed, profile.number);
    school.id.value = std::to_string(profile.number);
    const auto& adjective = school.type == SchoolType::lyceum ? place.masculine : place.feminine;
    school.name = fmt::format("{} {} № {}", adjective, type_title(school.type), profile.number);
    school.territory = municipality_of(profile.number);
    school.login = fmt::format("edu{:06}", profile.number);
    school.rcoi_code = std::to_string(100'000 + profile.number);
    school.address = fmt::format("{} (вымышленное место)", place.settlement);
    school.head = staff_name(profile.number);
    school.distance_km = school.settlement == SettlementType::city ? 0 : random.between(3, 90);
    school.grade_low = school.type == SchoolType::evening ? 8 : 1;
    school.grade_high = model::grade_high({.type = school.type});
}

}  // namespace

std::string_view code(SchoolKind kind) {
    switch (kind) {
        case SchoolKind::low:
            return "low";
        case SchoolKind::resilient:
            return "resilient";
        case SchoolKind::inflated:
            return "inflated";
        case SchoolKind::small:
            return "small";
        case SchoolKind::plain:
            return "plain";
    }
    return "";
}

model::TerritoryId municipality_of(std::int32_t number) {
    return {fmt::format("m{:05}", (number - 1) / municipality_schools + 1)};
}

model::TerritoryId region_of(std::int32_t number) {
    return {
        fmt::format("r{:03}", (number - 1) / (municipality_schools * region_municipalities) + 1)};
}

Distortion distortion_of(const SchoolProfile& profile) {
    return profile.kind == SchoolKind::inflated ? Distortion::inflated : profile.distortion;
}

SchoolProfile school_profile(const TerritorySpec& spec, std::int32_t number) {
    OPORA_EXPECTS(1 <= number && number <= schools_max);
    Random random{{spec.seed, 0x7363686F6F6C, static_cast<std::uint64_t>(number)}};
    SchoolProfile profile;
    profile.number = number;
    profile.kind = draw_kind(spec.shares, random);
    profile.school.settlement = draw_settlement(profile.kind, random);
    profile.school.type = draw_type(profile.kind, profile.school.settlement, random);
    profile.parallel = draw_parallel(profile, random);
    profile.context = draw_context(profile, random);
    profile.effect = draw_effect(profile, random);
    profile.stays_after_nine =
        std::clamp(logistic(0.1 + 0.5 * profile.context + random.normal(0, 0.4)), 0.15, 0.95);
    fill_register(profile, spec.seed, random);
    profile.distortion = draw_distortion(spec, profile.kind, profile.school, number);
    return profile;
}

}  // namespace opora::generation

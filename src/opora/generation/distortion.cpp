#include "opora/generation/distortion.hpp"

#include <algorithm>
#include <array>

#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

/// What help is worth, in standard deviations of pupils.
constexpr double help = 1.5;
/// The work that a class copies is that of a good pupil, and hardly two are quite the same.
constexpr double copied_ability = 0.8;
constexpr double copied_deviation = 0.15;

bool helped(Distortion distortion, const WorkForm& work, std::int32_t class_number) {
    if (work.type != model::ProcedureType::vpr) return false;
    switch (distortion) {
        case Distortion::helped:
            return true;
        case Distortion::primary:
            return work.grade == 4;
        case Distortion::passing:
            return class_number == 0 && (work.grade == 5 || work.grade == 7);
        case Distortion::none:
        case Distortion::inflated:
        case Distortion::borders:
        case Distortion::copied:
        case Distortion::journal:
            return false;
    }
    return false;
}

}  // namespace

std::string_view code(Distortion distortion) {
    switch (distortion) {
        case Distortion::none:
            return "none";
        case Distortion::inflated:
            return "inflated";
        case Distortion::borders:
            return "borders";
        case Distortion::helped:
            return "helped";
        case Distortion::primary:
            return "primary";
        case Distortion::passing:
            return "passing";
        case Distortion::copied:
            return "copied";
        case Distortion::journal:
            return "journal";
    }
    return "";
}

Distortion draw_distortion(const TerritorySpec& spec, SchoolKind kind, const model::School& school,
                           std::int32_t number) {
    constexpr std::array planted{Distortion::borders, Distortion::helped, Distortion::primary,
                                 Distortion::passing, Distortion::copied, Distortion::journal};
    const bool possible = kind != SchoolKind::inflated && kind != SchoolKind::small &&
                          model::grade_low(school) <= 4 && model::grade_high(school) >= 9;
    Random random{{spec.seed, 0x64697374, static_cast<std::uint64_t>(number)}};
    if (!possible || !random.chance(spec.distorted)) return Distortion::none;
    return planted[static_cast<std::size_t>(random.below(planted.size()))];
}

bool lifts_scores(Distortion distortion) {
    return distortion == Distortion::inflated || distortion == Distortion::borders;
}

double shown_ability(Distortion distortion, const WorkForm& work, std::int32_t class_number,
                     double effect, double own) {
    const bool copied = distortion == Distortion::copied && class_number == 0 &&
                        work.type == model::ProcedureType::vpr;
    if (copied) return effect + copied_ability + copied_deviation * (own - effect);
    return helped(distortion, work, class_number) ? own + help : own;
}

std::int16_t journal_mark(std::int16_t mark, Distortion distortion, Random& random) {
    const double u = random.uniform();
    int journal = mark;
    if (distortion == Distortion::inflated) {
        if (u < 0.02) ++journal;
        if (u > 0.99) --journal;
    } else {
        const bool kind = distortion == Distortion::journal;
        if (u < (kind ? 0.60 : 0.21)) ++journal;
        if (u < (kind ? 0.15 : 0.015)) ++journal;
        if (u > 0.90) --journal;
        if (journal == 2 && random.chance(0.8)) journal = 3;
    }
    return static_cast<std::int16_t>(std::clamp(journal, 2, 5));
}

}  // namespace opora::generation

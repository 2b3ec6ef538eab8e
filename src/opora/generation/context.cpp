#include "opora/generation/context.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "opora/generation/random.hpp"
#include "opora/generation/school_results.hpp"

namespace opora::generation {
namespace {

constexpr double passport_missing = 0.02;
constexpr double value_missing = 0.03;

/// A share of the pupils on the logit scale: middle + slope * context + noise.
struct PassportShare {
    std::string_view fact;
    double middle;
    double slope;
    double noise;
};

constexpr std::array<PassportShare, 16> pupil_shares{{
    {"parents_both_higher", -0.9, 0.8, 0.25},
    {"parents_unemployed", -2.6, -0.5, 0.30},
    {"registered", -3.6, -0.6, 0.40},
    {"russian_not_native", -3.2, -0.4, 0.80},
    {"deviant_behaviour", -3.9, -0.5, 0.40},
    {"no_motivation", -2.6, -0.5, 0.40},
    {"weak_russian", -3.6, -0.4, 0.60},
    {"disabilities_hvz", -3.0, -0.2, 0.40},
    {"invalids", -4.0, -0.1, 0.30},
    {"migrants", -4.2, -0.3, 0.80},
    {"transported", -2.2, -0.3, 0.80},
    {"orphans", -4.3, -0.4, 0.40},
    {"families_incomplete", -1.2, -0.4, 0.20},
    {"families_large", -1.8, -0.3, 0.30},
    {"families_low_income", -1.5, -0.7, 0.30},
    {"low_ses_families", -1.9, -0.8, 0.30},
}};

std::uint64_t key(int number) { return static_cast<std::uint64_t>(number); }

/// A number of people out of a whole, its share moved by chance as a sample would.
std::int64_t counted_share(std::int64_t whole, double share, Random& random) {
    const double n = static_cast<double>(whole);
    const double spread = std::sqrt(n * share * (1.0 - share));
    const auto count =
        static_cast<std::int64_t>(std::floor(n * share + spread * random.normal() + 0.5));
    return std::clamp<std::int64_t>(count, 0, whole);
}

class Facts {
public:
    Facts(const model::SchoolId& school, model::SchoolYear year) : school_{school}, year_{year} {}

    void add(std::string_view fact, std::int64_t value) {
        facts_.push_back({school_, year_, std::string{fact}, {value, 1}});
    }
    std::vector<model::SchoolFact> taken() && { return std::move(facts_); }

private:
    model::SchoolId school_;
    model::SchoolYear year_;
    std::vector<model::SchoolFact> facts_;
};

/// What a school's own nature says of a share does not change with the year; the count does.
void add_shares(Facts& facts, const SchoolProfile& profile, std::int64_t pupils, Random& lasting,
                Random& random) {
    for (const PassportShare& share : pupil_shares) {
        const double place =
            share.middle + share.slope * profile.context + lasting.normal(0, share.noise);
        const auto count = counted_share(pupils, logistic(place), random);
        if (!random.chance(value_missing)) facts.add(share.fact, count);
    }
}

}  // namespace

std::vector<model::SchoolFact> context_facts(const TerritorySpec& spec,
                                             const SchoolProfile& profile, double size_scale,
                                             model::SchoolYear year) {
    Random lasting{{spec.seed, 0x706C6163, key(profile.number)}};
    Random random{{spec.seed, 0x66616374, key(profile.number), key(year.ending)}};
    Facts facts{profile.school.id, year};

    if (!random.chance(passport_missing)) {
        std::int64_t pupils = 0;
        for (int grade = model::grade_low(profile.school);
             grade <= model::grade_high(profile.school); ++grade) {
            const std::int64_t size = parallel_size(spec, profile, size_scale, grade, year);
            pupils += size;
            facts.add("enrolled_grade_" + std::to_string(grade), size);
        }
        facts.add("pupils", pupils);
        facts.add("families", pupils * 3 / 4);
        add_shares(facts, profile, pupils, lasting, random);
    }
    if (model::grade_high(profile.school) >= 9) {
        const std::int64_t finishers = parallel_size(spec, profile, size_scale, 9, year);
        const bool has_ten = model::grade_high(profile.school) >= 10;
        const std::int64_t here =
            has_ten ? parallel_size(spec, profile, size_scale, 10, year + 1) : 0;
        facts.add("grade9_finishers", finishers);
        facts.add("admitted_grade10_here", std::min(here, finishers));
        facts.add(
            "admitted_grade10_anywhere",
            std::min(here, finishers) + counted_share(std::max<std::int64_t>(finishers - here, 0),
                                                      has_ten ? 0.1 : 0.35, random));
    }
    return std::move(facts).taken();
}

}  // namespace opora::generation

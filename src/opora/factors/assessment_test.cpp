#include "opora/factors/assessment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace opora;
using model::FactorAssessment;
using model::FactorLevel;
using model::RespondentGroup;
using model::SignReading;

namespace {

constexpr auto low = FactorLevel::low;
constexpr auto middle = FactorLevel::middle;
constexpr auto high = FactorLevel::high;

model::FactorCuts cuts() {
    model::FactorCuts cuts;
    cuts.level_middle = {30, 100};
    cuts.level_high = {60, 100};
    cuts.facts_weight = 1;
    cuts.answers_weight = 1;
    cuts.coverage_min = {30, 100};
    cuts.disagreement = {50, 100};
    return cuts;
}

SignReading sign(std::optional<FactorLevel> level, std::int32_t weight = 1) {
    SignReading reading{.code = "sign", .weight = weight, .level = level};
    if (level) reading.range = {*level, *level};
    return reading;
}

SignReading answer(RespondentGroup group, std::optional<FactorLevel> level) {
    SignReading reading = sign(level);
    reading.group = group;
    return reading;
}

FactorAssessment assess(std::vector<SignReading> basis) {
    return factors::assess({"discipline"}, std::move(basis), cuts());
}

std::vector<SignReading> signs(std::initializer_list<FactorLevel> levels) {
    std::vector<SignReading> all;
    for (const FactorLevel level : levels) all.push_back(sign(level));
    return all;
}

}  // namespace

TEST_CASE("an index of 60 % is high, of 30 % middle, below it low") {
    // Five signs: 6 of 10 points, 5 of 10, 3 of 10, 2 of 10.
    CHECK(assess(signs({high, high, high, low, low})).computed == high);
    CHECK(assess(signs({high, high, middle, low, low})).computed == middle);
    CHECK(assess(signs({high, middle, low, low, low})).computed == middle);
    CHECK(assess(signs({high, low, low, low, low})).computed == low);
    CHECK(assess(signs({high, high, high, low, low})).index == base::Fraction{6, 10});
}

TEST_CASE("numbers and answers weigh as the parameters say; one sort alone decides alone") {
    auto both = signs({high, high});
    both.push_back(answer(RespondentGroup::pupils, middle));
    const auto mixed = assess(both);
    CHECK(mixed.facts_index->value() == 1.0);
    CHECK(mixed.answers_index->value() == 0.5);
    CHECK(mixed.index.value() == 0.75);
    CHECK(mixed.computed == high);

    model::FactorCuts other = cuts();
    other.answers_weight = 4;
    CHECK(factors::assess({"x"}, both, other).index.value() == doctest::Approx(0.6));
    CHECK(factors::assess({"x"}, both, other).computed == high);
    other.answers_weight = 5;
    CHECK(factors::assess({"x"}, both, other).computed == middle);

    const auto alone = assess({answer(RespondentGroup::pupils, middle)});
    CHECK_FALSE(alone.facts_index);
    CHECK(alone.index.value() == 0.5);
}

TEST_CASE("weights of signs: a heavy low sign outweighs two high ones") {
    auto basis = signs({high, high});
    basis.push_back(sign(low, 8));
    CHECK(assess(basis).computed == low);
}

TEST_CASE("too few known signs give no level, and the reason counts them") {
    const auto three = [](std::size_t unknown) {
        auto basis = signs({high, high, high});
        for (std::size_t i = 0; i < unknown; ++i) basis.push_back(sign(std::nullopt));
        return assess(basis);
    };
    CHECK(three(7).computed == high);  // 3 of 10 known: 30 %.
    const auto unknown = three(8);     // 3 of 11.
    CHECK_FALSE(unknown.computed);
    CHECK(unknown.reason == "мало сведений: известно 3 из 11 признаков");
    CHECK(assess({sign(std::nullopt)}).reason == "нет ни сведений, ни ответов");
    CHECK(assess({}).reason.find("в каталоге нет") != std::string::npos);
}

TEST_CASE("numbers that contradict answers, and groups that contradict each other, are noted") {
    auto basis = signs({high});
    basis.push_back(answer(RespondentGroup::teachers, low));
    CHECK(assess(basis).sources_disagree);
    CHECK_FALSE(assess(basis).groups_disagree);
    CHECK(assess(basis).computed == middle);

    const auto groups = [](FactorLevel teachers, FactorLevel pupils) {
        return assess(
            {answer(RespondentGroup::teachers, teachers), answer(RespondentGroup::pupils, pupils)});
    };
    CHECK(groups(low, high).groups_disagree);
    CHECK(groups(low, middle).groups_disagree);  // Exactly the limit of one half.
    CHECK_FALSE(groups(high, high).groups_disagree);
    CHECK_FALSE(groups(low, high).sources_disagree);
}

TEST_CASE("the range says what the ends of the intervals would give") {
    SignReading unsure = sign(middle);
    unsure.range = {low, high};
    CHECK(assess({unsure}).range == model::LevelRange{low, high});
    CHECK(assess({unsure}).computed == middle);
    CHECK(assess(signs({middle})).range == model::LevelRange{middle, middle});
}

TEST_CASE("a curator's decision outranks the computed level and keeps it beside") {
    model::FactorReview review{
        .decision = model::ReviewDecision::changed, .level = high, .computed = low};
    FactorAssessment changed = assess(signs({low}));
    factors::apply_review(review, changed);
    CHECK(changed.level == high);
    CHECK(changed.computed == low);
    CHECK_FALSE(changed.changed_since_review);

    FactorAssessment later = assess(signs({middle}));  // The data changed after the decision.
    factors::apply_review(review, later);
    CHECK(later.level == high);
    CHECK(later.changed_since_review);

    review.decision = model::ReviewDecision::rejected;
    review.level = std::nullopt;
    FactorAssessment rejected = assess(signs({low}));
    factors::apply_review(review, rejected);
    CHECK(rejected.rejected);
    CHECK_FALSE(rejected.level);

    review.decision = model::ReviewDecision::withdrawn;
    FactorAssessment withdrawn = assess(signs({low}));
    factors::apply_review(review, withdrawn);
    CHECK(withdrawn.level == low);
    CHECK_FALSE(withdrawn.review);

    review.decision = model::ReviewDecision::changed;
    review.level = middle;
    review.computed = std::nullopt;
    FactorAssessment unknown = assess({});
    factors::apply_review(review, unknown);
    CHECK_MESSAGE(unknown.level == middle, "a curator may know what no data say");
}

TEST_CASE("causes: by level, then by index, then those known to a curator alone, then by code") {
    std::vector<FactorAssessment> all;
    const auto add = [&](const char* code, std::vector<SignReading> basis) {
        all.push_back(factors::assess({code}, std::move(basis), cuts()));
    };
    add("a", signs({low}));
    add("b", signs({middle}));        // Middle, 50 %.
    add("c", signs({high, middle}));  // High, 75 %.
    add("d", signs({high}));          // High, 100 %.
    add("e", signs({middle}));        // As b.
    add("f", {});
    all[5].level = high;  // Set by a curator.
    add("g", signs({high}));
    all[6].level = std::nullopt;  // Rejected.
    CHECK(factors::ranked_causes(all) == std::vector<std::size_t>{3, 2, 5, 1, 4});
    CHECK(factors::ranked_causes({}).empty());
}

TEST_CASE("the order of the evidence never changes a level") {
    const unsigned seed = 11;
    CAPTURE(seed);
    std::mt19937 random{seed};
    for (int round = 0; round < 100; ++round) {
        std::vector<SignReading> basis;
        for (int i = 0; i < 8; ++i) {
            const auto level = static_cast<FactorLevel>(random() % 3);
            const bool known = random() % 4 > 0;
            const auto group = static_cast<RespondentGroup>(random() % 4);
            SignReading one = random() % 2 == 0 ? sign(known ? std::optional{level} : std::nullopt)
                                                : answer(group, level);
            one.weight = 1 + static_cast<std::int32_t>(random() % 5);
            basis.push_back(one);
        }
        const auto straight = assess(basis);
        std::ranges::shuffle(basis, random);
        const auto other = assess(basis);
        CHECK(straight.computed == other.computed);
        CHECK(straight.index == other.index);
        CHECK(straight.sources_disagree == other.sources_disagree);
        CHECK(straight.groups_disagree == other.groups_disagree);
        CHECK(straight.range == other.range);
        if (straight.computed) {
            CHECK(straight.range.best <= *straight.computed);
            CHECK(straight.range.worst >= *straight.computed);
        }
    }
}

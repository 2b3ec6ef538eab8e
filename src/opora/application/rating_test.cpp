#include "opora/application/rating.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "opora/application/territory_of_results.hpp"

using namespace opora;
using namespace opora::application;
using application::testing::territory_of;
using application::testing::TrueResults;

namespace {

/// A register that holds settings and their journal only.
class Settings : public ports::RegisterStore {
public:
    ports::RegisterRows rows() const override { return {}; }
    std::vector<model::AnswerTally> answers(model::SchoolYear) const override { return {}; }
    model::FactorReview add_review(model::FactorReview review) override { return review; }
    std::vector<model::FactorReview> reviews(model::SchoolYear) const override { return {}; }
    ports::RowChanges compare(const ports::RegisterRows&, bool) const override { return {}; }
    ports::ImportReceipt import(const ports::RegisterRows&, bool,
                                ports::ImportReceipt receipt) override {
        return receipt;
    }
    std::vector<ports::ImportReceipt> imports() const override { return {}; }
    base::Result<base::Done> undo(ports::ImportNumber, const std::string&) override {
        return base::Done{};
    }
    std::string rows_hash() const override { return {}; }
    std::optional<std::string> setting(const std::string& name) const override {
        const auto found = values_.find(name);
        return found == values_.end() ? std::nullopt : std::optional{found->second};
    }
    void set_setting(const std::string& name, const std::string& value,
                     const std::string&) override {
        values_[name] = value;
    }
    void audit(const std::string&, const std::string&, const std::string&,
               const std::string&) override {}

private:
    std::map<std::string, std::string> values_;
};

std::vector<TrueResults> spread_schools(int count) {
    std::vector<TrueResults> schools;
    const int middle = count / 2;
    for (int i = 0; i < count; ++i) {
        schools.push_back({"s" + std::to_string(i), {0.1 * (i - middle)}, i % 3 == 0 ? 8 : 80});
    }
    return schools;
}

}  // namespace

TEST_CASE("a rating is refused until it is switched on, and again when it is switched off") {
    Settings store;
    REQUIRE_FALSE(expect_rating_enabled(store));
    CHECK(expect_rating_enabled(store).error().code == "rating_off");
    switch_rating(store, true, "local:ivanova");
    CHECK(expect_rating_enabled(store).has_value());
    switch_rating(store, false, "local:ivanova");
    CHECK_FALSE(expect_rating_enabled(store));
}

TEST_CASE("a person who switches ratings keeps the settings and says why") {
    Settings store;
    const model::User admin{.id = {"1"}, .role = model::Role::administrator};
    const model::User region{.id = {"2"}, .role = model::Role::regional_coordinator};
    CHECK(switch_rating(store, region, true, "Приказ").error().code == "forbidden");
    CHECK(switch_rating(store, admin, true, " ").error().code == "field_missing");
    CHECK_FALSE(rating_enabled(store));
    CHECK(switch_rating(store, admin, true, "Приказ").has_value());
    CHECK(rating_enabled(store));
    CHECK(switch_rating(store, admin, false, "Отменён").has_value());
    CHECK_FALSE(rating_enabled(store));
}

TEST_CASE("a rating gives value, interval, place and places; small schools move to the mean") {
    const auto loaded = territory_of(spread_schools(20), 2024);
    const RatingReport report = rate_schools(loaded, {.year = {2024}});
    REQUIRE(report.schools.size() == 20);
    CHECK(report.unrated.empty());
    for (const model::RatedSchool& one : report.schools) {
        CHECK(one.low < one.value);
        CHECK(one.value < one.high);
        CHECK(one.place_low <= one.place_high);
        CHECK(std::abs(one.value - report.mean) <= std::abs(one.measured - report.mean));
    }
    CHECK(report.schools.front().place == 1);
    CHECK(report.schools.back().place == 20);
    CHECK(report.schools.front().measured > report.schools.back().measured + 1);
    CHECK(report.limits.size() == 51);
}

TEST_CASE("the order of input changes no number of a rating") {
    std::vector<TrueResults> schools = spread_schools(12);
    const RatingReport report = rate_schools(territory_of(schools, 2024), {.year = {2024}});
    std::ranges::reverse(schools);
    CHECK(rate_schools(territory_of(schools, 2024), {.year = {2024}}).schools == report.schools);
}

TEST_CASE("equal schools share a place as measured") {
    auto loaded = territory_of({{"a", {0.5}}, {"b", {-0.5}}}, 2024);
    indicators::EvidenceInput input;
    input.schools = {{.id = {"a"}}, {.id = {"b"}}, {.id = {"c"}}};
    const model::Procedure russian{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5};
    for (const auto& [id, low] : {std::pair{"a", 10}, std::pair{"b", 10}, std::pair{"c", 30}}) {
        tally::CoreCell cell{.school = 0, .procedure = 0};
        cell.counts.marks = {low, 20, 20, 10};
        cell.counts.participants = cell.counts.marked();
        input.blocks.push_back(
            {"протокол.csv", {.schools = {{id}}, .procedures = {russian}, .cells = {cell}}});
    }
    loaded.evidence = indicators::Evidence{std::move(input)};
    const RatingReport report = rate_schools(loaded, {.year = {2024}, .as_measured = true});
    REQUIRE(report.schools.size() == 3);
    CHECK(report.schools[0].place == 1);
    CHECK(report.schools[1].place == 1);
    CHECK(report.schools[2].place == 3);
}

TEST_CASE("nothing to compare is told: one school, no results, no difference beyond chance") {
    const auto one = rate_schools(territory_of({{"a", {0.5}}}, 2024), {.year = {2024}});
    CHECK(one.schools.empty());
    CHECK(one.unrated.size() == 1);
    CHECK_FALSE(one.reason.empty());
    const auto none = rate_schools(territory_of(spread_schools(5), 2024), {.year = {2019}});
    CHECK(none.unrated.size() == 5);
    std::vector<TrueResults> same;
    for (int i = 0; i < 4; ++i) same.push_back({"s" + std::to_string(i), {0.0}, 2});
    const auto alike = rate_schools(territory_of(same, 2024, 3), {.year = {2024}});
    CHECK((alike.schools.empty() || alike.between > 0));
}

// Rules that compare within clusters, when the clusters are computed ones.

#include <doctest/doctest.h>

#include "opora/rules/cluster_words.hpp"
#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using indicators::nothing;
using model::Outcome;
using testing::Territory;

namespace {

/// Six schools over three years; s1 fails most, each next one fails less.
indicators::Evidence six_schools() {
    Territory territory;
    for (int i = 1; i <= 6; ++i) {
        const std::string id = "s" + std::to_string(i);
        territory.school(id);
        for (const int year : {2022, 2023, 2024}) {
            territory.add(
                {.school = id, .year = year, .n = 2000, .low = 1000 - 100 * i, .good = i});
        }
    }
    return territory.evidence();
}

indicators::Evidence two_clusters() {
    return six_schools().with_clusters({.of_school = {0, 0, 1, 1, 1, nothing},
                                        .names = {"группа 1: сельские", "группа 2: городские"},
                                        .how = "группы по условиям 2023/24"});
}

bool names(const model::Derivation& node, const std::string& words) {
    if (node.among.find(words) != std::string::npos) return true;
    for (const model::Derivation& part : node.parts) {
        if (names(part, words)) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("computed clusters: rules compare within them, in all three readings") {
    const auto evidence = two_clusters();
    const auto met = [&](const std::string& reading, std::uint32_t school) {
        const Pack pack = testing::with(testing::shipped("adyge-khabl"),
                                        {{"cluster_reading", reading}, {"decile_limit", "75 %"}});
        return BoundPack{pack, evidence, {2024}}.evaluate(school).outcomes[0];
    };
    // The worst of each cluster is s1 and s3; in the default clusters it is s1 alone.
    for (const std::string reading : {"worse_than_all", "worst_decile", "significantly_worse"}) {
        CAPTURE(reading);
        CHECK(met(reading, 0) == Outcome::met);
        CHECK(met(reading, 2) == Outcome::met);
        CHECK(met(reading, 4) == Outcome::not_met);
        CHECK(met(reading, 5) == Outcome::unknown);  // In no cluster.
    }
    const Pack pack = testing::shipped("adyge-khabl");
    const auto whole = six_schools();
    CHECK(BoundPack{pack, whole, {2024}}.evaluate(2).outcomes[0] == Outcome::not_met);
}

TEST_CASE("computed clusters: the derivation names the cluster and its schools") {
    const auto evidence = two_clusters();
    const BoundPack bound{testing::shipped("adyge-khabl"), evidence, {2024}};
    CHECK(names(bound.derive(2)[0].derivation,
                "группа 2: городские (группы по условиям 2023/24); школ: 3 — s3, s4, s5"));
    CHECK(names(bound.derive(5)[0].derivation, "школа не отнесена ни к одной группе"));
    const auto plain = six_schools();
    const BoundPack by_type{testing::shipped("adyge-khabl"), plain, {2024}};
    CHECK(names(by_type.derive(0)[0].derivation, "по типу школы и виду населённого пункта"));
}

TEST_CASE("computed clusters: reference values are those of the new clusters") {
    const auto before = six_schools();
    const auto after = two_clusters();
    const auto total = [](const indicators::Evidence& evidence, std::uint32_t school) {
        const auto* counts = evidence.total(school, indicators::Scope::cluster, 0);
        return counts == nullptr ? 0 : counts->participants;
    };
    CHECK(total(before, 0) == 12000);
    CHECK(total(after, 0) == 4000);
    CHECK(total(after, 2) == 6000);
    CHECK(total(after, 5) == 0);
}

}  // namespace opora::rules

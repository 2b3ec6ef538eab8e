// O1: borders of marks and peaks of scores at them.

#include "opora/objectivity/border_spike.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "opora/objectivity/test_results.hpp"

namespace opora::objectivity {

namespace {

using testing::Results;

const Borders& first_borders(const BorderTable& table) { return table.of(0, 0); }

/// 40 honest schools s00..s39 of 60 pupils.
Results forty_schools(std::uint64_t seed = 5) {
    Results results;
    for (int i = 0; i < 40; ++i) results.school((i < 10 ? "s0" : "s") + std::to_string(i));
    testing::honest_schools(results, 40, 60, seed);
    return results;
}

/// One or two points below a border are lifted onto it.
void inflate(std::vector<int>& scores) {
    for (int& score : scores) {
        for (const int border : testing::usual_borders) {
            if (border - 2 <= score && score < border) score = border;
        }
    }
}

}  // namespace

TEST_CASE("borders are those of the official marks, where marks follow scores") {
    Results results = forty_schools();
    const Material material = results.material();
    const BorderTable table{material};
    CHECK(first_borders(table).first_scores[0] == 14);
    CHECK(first_borders(table).first_scores[1] == 24);
    CHECK(first_borders(table).first_scores[2] == 32);
}

TEST_CASE("a scale of the dictionaries outranks what the marks say") {
    Results results = forty_schools();
    model::Scale scale;
    scale.type = model::ProcedureType::vpr;
    scale.subject = {"mathematics"};
    scale.year_first = scale.year_last = testing::year;
    scale.first_scores = {15, 25, 33};
    const std::vector scales{scale};
    const Material material = results.material(scales);
    const BorderTable table{material};
    CHECK(first_borders(table).first_scores[0] == 15);
    CHECK(first_borders(table).first_scores[2] == 33);
}

TEST_CASE("marks that do not follow the scores, or leave the border open, give no border") {
    SUBCASE("side conditions: some pupils above the border have the lower mark") {
        Results results = forty_schools();
        for (auto& work : results.works()) {
            for (const int score : work.scores) work.marks.push_back(testing::mark_of(score));
            const auto at = std::ranges::find(work.scores, 26);
            if (at == work.scores.end()) continue;
            work.marks[static_cast<std::size_t>(at - work.scores.begin())] = 3;
        }
        const BorderTable table{results.material()};
        CHECK(!first_borders(table).first_scores[1]);
        CHECK(first_borders(table).first_scores[0] == 14);  // The border of mark 3 is clean.
    }
    SUBCASE("nobody stands just below: the border could be either score") {
        Results results = forty_schools();
        for (auto& work : results.works()) std::ranges::replace(work.scores, 31, 30);
        const BorderTable table{results.material()};
        CHECK(!first_borders(table).first_scores[2]);
        CHECK(first_borders(table).first_scores[1] == 24);
    }
    SUBCASE("nobody has a five") {
        Results results = forty_schools();
        for (auto& work : results.works()) {
            for (int& score : work.scores) score = std::min(score, 31);
        }
        const BorderTable table{results.material()};
        CHECK(!first_borders(table).first_scores[2]);
    }
    SUBCASE("a slip in one school of a hundred changes nothing, in two it does") {
        for (const int slips : {1, 2}) {
            CAPTURE(slips);
            Results results;
            for (int i = 0; i < 100; ++i) results.school((i < 10 ? "s0" : "s") + std::to_string(i));
            testing::honest_schools(results, 100, 60, 6);
            for (int i = 0; i < slips; ++i) {
                auto& work = results.works()[static_cast<std::size_t>(i)];
                work.scores[0] = 36;
                for (const int score : work.scores) work.marks.push_back(testing::mark_of(score));
                work.marks[0] = 2;
            }
            const BorderTable table{results.material()};
            CHECK(first_borders(table).first_scores[0].has_value() == (slips == 1));
        }
    }
}

TEST_CASE("a peak at the borders with a hollow below stands out; honest schools do not") {
    Results results = forty_schools();
    inflate(results.works()[3].scores);
    const auto rows = border_spikes(results.material());
    CHECK(rows.size() == 40);  // One work: nothing to put together.
    for (const Row& row : rows) {
        CAPTURE(row.school);
        REQUIRE(row.tested());
        if (row.school == 3) {
            CHECK(row.p < 1e-6);
            CHECK(row.statistic > 2);
            CHECK(row.observed > row.expected);
            CHECK(row.second_observed == 0);
        } else {
            CHECK(row.p > 0.001);
        }
    }
}

TEST_CASE("number of participants: 19 are not tested, 20 and 49 approximately, 50 well") {
    struct Line {
        int participants;
        Untested untested;
        bool approximate;
    };
    for (const Line& line :
         {Line{19, Untested::few_participants, false}, Line{20, Untested::none, true},
          Line{49, Untested::none, true}, Line{50, Untested::none, false}}) {
        CAPTURE(line.participants);
        Results results = forty_schools();
        auto& scores = results.works()[0].scores;
        // Spread evenly, so that a curve can be drawn through few of them.
        scores.clear();
        for (int i = 0; i < line.participants; ++i) scores.push_back(1 + (i * 7) % 37);
        const auto rows = border_spikes(results.material());
        CHECK(rows[0].untested == line.untested);
        CHECK(rows[0].approximate == line.approximate);
        CHECK(rows[0].n == line.participants);
    }
}

TEST_CASE(
    "without borders, without scores or with nothing away from the borders there is a reason") {
    Results marks_alone = forty_schools();
    for (auto& work : marks_alone.works()) work.marks.assign(work.scores.size(), 4);
    CHECK(border_spikes(marks_alone.material())[0].untested == Untested::no_scale);

    Results at_border = forty_schools();
    at_border.works()[0].scores.assign(60, 24);
    CHECK(border_spikes(at_border.material())[0].untested == Untested::no_support);

    Results nobody = forty_schools();
    nobody.works()[0].scores.clear();
    CHECK(border_spikes(nobody.material())[0].untested == Untested::no_scores);
}

TEST_CASE("scores of overlapping windows belong to neither half") {
    // Borders 5, 8, 11: 6 is above 5 and below 8.
    std::vector<std::int32_t> histogram(19, 40);
    const Borders borders{{5, 8, 11}};
    const auto counts = count_spike(histogram, borders, 18);
    REQUIRE(counts);
    CHECK(counts->upper == 4 * 40);  // 5, 8, 11, 12; 6 and 9 are left out.
    CHECK(counts->lower == 4 * 40);  // 3, 4, 7, 10
    CHECK(counts->upper_expected == doctest::Approx(160).epsilon(0.01));
}

TEST_CASE("two works of a school are also tested together") {
    Results results = forty_schools();
    testing::honest_schools(results, 40, 60, 8, testing::work(6));
    inflate(results.works()[3].scores);
    inflate(results.works()[43].scores);
    const auto rows = border_spikes(results.material());
    CHECK(rows.size() == 120);
    double alone = 1;
    double together = 1;
    for (const Row& row : rows) {
        if (row.school != 3) continue;
        (row.procedure == indicators::nothing ? together : alone) =
            row.procedure == indicators::nothing ? row.p : std::min(alone, row.p);
    }
    CHECK(together < alone);
}

}  // namespace opora::objectivity

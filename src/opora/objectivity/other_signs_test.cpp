// O4, O6 and O7: the journal and the classes.

#include <doctest/doctest.h>

#include "opora/objectivity/class_signs.hpp"
#include "opora/objectivity/journal_gap.hpp"
#include "opora/objectivity/test_results.hpp"

namespace opora::objectivity {

namespace {

using testing::Results;
using testing::work;

Results schools(int count, int pupils = 60) {
    Results results;
    for (int i = 0; i < count; ++i) results.school((i < 10 ? "s0" : "s") + std::to_string(i));
    testing::honest_schools(results, count, pupils, 41);
    return results;
}

/// One pupil in four stands a mark higher in the journal, one in eight a mark lower.
void keep_journals(Results& results) {
    statistics::Random random{42};
    for (auto& one : results.works()) {
        one.journal.clear();
        for (const int score : one.scores) {
            int mark = testing::mark_of(score);
            const double u = random.uniform();
            mark += u < 0.25 ? 1 : u > 0.875 ? -1 : 0;
            one.journal.push_back(std::clamp(mark, 2, 5));
        }
    }
}

std::vector<int> marks_of(const testing::Work& one) {
    std::vector<int> marks;
    for (const int score : one.scores) marks.push_back(testing::mark_of(score));
    return marks;
}

}  // namespace

TEST_CASE("O4: a journal that agrees too well, and one that is too kind, stand out") {
    Results results = schools(30);
    keep_journals(results);
    results.works()[0].journal = marks_of(results.works()[0]);
    auto& kind = results.works()[1];
    kind.journal = marks_of(kind);
    for (int& mark : kind.journal) mark = std::min(5, mark + 1);
    const auto rows = journal_gaps(results.material());
    CHECK(testing::find(rows, results.evidence(), "s00")->p < 1e-3);
    CHECK(testing::find(rows, results.evidence(), "s00")->observed == 1);
    CHECK(testing::find(rows, results.evidence(), "s01")->p < 1e-6);
    for (const Row& row : rows) {
        if (row.school > 1) CHECK(row.p > 1e-3);
    }
}

TEST_CASE("O4: no journal, 19 pupils, nine schools and full agreement everywhere are reasons") {
    Results none = schools(20);
    CHECK(journal_gaps(none.material())[0].untested == Untested::no_journal);

    Results equal = schools(20);
    for (auto& one : equal.works()) one.journal = marks_of(one);
    for (const Row& row : journal_gaps(equal.material())) {
        CHECK(row.untested == Untested::no_spread);
    }
    for (const int count : {9, 10}) {
        CAPTURE(count);
        Results few = schools(count);
        keep_journals(few);
        const bool tested = journal_gaps(few.material())[0].tested();
        CHECK(tested == (count == 10));
    }
    for (const int pupils : {19, 20}) {
        CAPTURE(pupils);
        Results results = schools(20);
        results.works()[0].scores.resize(static_cast<std::size_t>(pupils));
        keep_journals(results);
        const Untested why = journal_gaps(results.material())[0].untested;
        CHECK((why == Untested::few_participants) == (pupils == 19));
    }
}

TEST_CASE("O6: a high and even class stands out, a high one alone and an even one alone do not") {
    Results results = schools(60, 25);
    results.works()[0].scores.assign(25, 27);  // High and even.
    results.works()[0].scores[0] = 26;
    results.works()[1].scores.assign(25, 16);  // Low and even.
    const auto rows = homogeneous_classes(results.material());
    CHECK(testing::find(rows, results.evidence(), "s00")->p < 1e-3);
    CHECK(testing::find(rows, results.evidence(), "s01")->p == 1);
    std::int64_t small = 0;
    for (const Row& row : rows) small += row.p < 0.001 ? 1 : 0;
    CHECK(small == 1);
}

TEST_CASE("O6: classes of nine, nine classes, and classes that are all the same are reasons") {
    for (const int pupils : {9, 10}) {
        CAPTURE(pupils);
        Results results = schools(20, 25);
        results.works()[0].scores.resize(static_cast<std::size_t>(pupils));
        CHECK(homogeneous_classes(results.material())[0].tested() == (pupils == 10));
    }
    for (const int count : {9, 10}) {
        CAPTURE(count);
        Results results = schools(count, 25);
        CHECK(homogeneous_classes(results.material())[0].tested() == (count == 10));
    }
    Results equal = schools(20, 25);
    for (auto& one : equal.works()) one.scores.assign(25, 22);
    for (const Row& row : homogeneous_classes(equal.material())) {
        CHECK(row.untested == Untested::no_spread);
    }
}

TEST_CASE(
    "O7: a gain that is lost a year later is found in the middle year, a lasting one is not") {
    Results results = schools(40);
    results.works().clear();
    for (const int step : {-2, -1, 0}) {
        testing::honest_schools(results, 40, 30, 43, work(6 + step, "mathematics", 2024 + step));
        for (auto& one : results.works()) {
            one.class_name = std::to_string(one.procedure.grade) + "Б";
        }
    }
    const auto raise = [&](std::size_t place) {
        for (int& score : results.works()[place].scores) score = std::min(38, score + 14);
    };
    raise(40);             // s00 in 2023 only.
    raise(41), raise(81);  // s01 in 2023 and 2024.
    const auto rows = passing_gains(results.material());
    const Row* passing = testing::find(rows, results.evidence(), "s00");
    CHECK(passing->p < 1e-2);
    CHECK(results.evidence().procedures()[passing->procedure].year == model::SchoolYear{2023});
    CHECK(testing::find(rows, results.evidence(), "s01")->p > 0.05);
}

TEST_CASE("O7: another letter or a missing year is no course of a class") {
    Results results = schools(20);
    results.works().clear();
    for (const int step : {-2, -1, 0}) {
        testing::honest_schools(results, 20, 30, 43, work(6 + step, "mathematics", 2024 + step));
    }
    for (std::size_t i = 0; i < results.works().size(); ++i) {
        const bool other = i == 0;
        auto& one = results.works()[i];
        one.class_name = std::to_string(one.procedure.grade) + (other ? "В" : "А");
    }
    const auto rows = passing_gains(results.material());
    CHECK(testing::find(rows, results.evidence(), "s00")->untested == Untested::no_other_year);
    CHECK(testing::find(rows, results.evidence(), "s01")->tested());
}

}  // namespace opora::objectivity

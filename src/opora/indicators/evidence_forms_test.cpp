#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "opora/indicators/catalogue.hpp"

using namespace opora;
using namespace opora::indicators;

namespace {

const model::Procedure work{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5};

tally::CellCounts marks_form(int two, int three, int four, int five) {
    tally::CellCounts counts;
    counts.marks = {two, three, four, five};
    counts.participants = counts.minimum_known = counts.marked();
    counts.below_minimum = two;
    return counts;
}

tally::CellCounts journal_form(int lowered, int confirmed, int raised) {
    tally::CellCounts counts;
    counts.participants = counts.journaled = lowered + confirmed + raised;
    counts.lowered = lowered;
    counts.confirmed = confirmed;
    counts.raised = raised;
    return counts;
}

tally::CellCounts scores_form(int n, int sum, int score_max) {
    tally::CellCounts counts;
    counts.participants = counts.scored = n;
    counts.score_sum = sum;
    counts.score_squares = sum;
    counts.score_max = score_max;
    return counts;
}

tally::CellCounts tasks_form(int n) { return {.participants = n}; }

struct Form {
    const char* file;
    tally::CellCounts counts;
    const char* school = "1";
    tally::Origin origin = tally::Origin::aggregate;
};

Evidence evidence_of(const std::vector<Form>& forms) {
    EvidenceInput input;
    input.territories = {{{"r"}, model::TerritoryLevel::region, "Область", {}, ""}};
    input.schools = {{.id = {"1"}, .territory = {"r"}}, {.id = {"2"}, .territory = {"r"}}};
    input.schools[1].successor = {"1"};
    for (const Form& form : forms) {
        tally::CoreCell cell{.origin = form.origin, .counts = form.counts};
        cell.row_first = cell.row_last = 7;
        input.blocks.push_back(
            {form.file, {.schools = {{form.school}}, .procedures = {work}, .cells = {cell}}});
    }
    return Evidence{std::move(input)};
}

std::string sources(const Evidence& evidence, tally::FieldGroups groups) {
    std::string text;
    for (const auto& source : evidence.sources(evidence.cells()[0], groups)) {
        text += source.file + " ";
    }
    return text;
}

model::Measurement value(const Evidence& evidence, const char* code) {
    return measure(*find_procedure_indicator(code), evidence.cells()[0], 1);
}

}  // namespace

TEST_CASE("aggregate forms complete each other, in whatever order they came") {
    const std::vector<Form> forms{{"отметки", marks_form(5, 10, 8, 2)},
                                  {"журнал", journal_form(6, 18, 1)},
                                  {"баллы", scores_form(25, 300, 20)},
                                  {"задания", tasks_form(25)}};
    std::array<std::size_t, 4> order{};
    std::iota(order.begin(), order.end(), 0U);
    do {
        std::vector<Form> arrived;
        for (const std::size_t i : order) arrived.push_back(forms[i]);
        const Evidence evidence = evidence_of(arrived);
        REQUIRE(evidence.cells().size() == 1);
        CHECK(value(evidence, "low_share") == model::Measurement::of(5, 25, 25));
        CHECK(value(evidence, "lowered_share") == model::Measurement::of(6, 25, 25));
        CHECK(value(evidence, "score_share") == model::Measurement::of(300, 500, 25));
        CHECK(sources(evidence, tally::all_groups) == "отметки баллы журнал задания ");
        CHECK(sources(evidence, find_procedure_indicator("low_share")->reads) == "отметки ");
        CHECK(sources(evidence, find_procedure_indicator("lowered_share")->reads) == "журнал ");
        CHECK(evidence.overruled().empty());
        CHECK(std::ranges::count(evidence.cells_in_force(), 1) == 4);
        const auto file = static_cast<std::uint32_t>(std::ranges::find(evidence.files(), "журнал") -
                                                     evidence.files().begin());
        CHECK(evidence.given_by(file, {"1"}, work) == tally::bit(tally::FieldGroup::journal));
        CHECK(evidence.given_by(file, {"2"}, work) == tally::no_groups);
    } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("a later form outranks an earlier one of the same fields only") {
    const Evidence evidence = evidence_of({{"отметки 1", marks_form(5, 10, 8, 2)},
                                           {"журнал", journal_form(6, 18, 1)},
                                           {"отметки 2", marks_form(4, 10, 8, 2)}});
    CHECK(value(evidence, "low_share") == model::Measurement::of(4, 24, 24));
    CHECK(value(evidence, "raised_share") == model::Measurement::of(1, 25, 25));
    CHECK(evidence.cells()[0].counts.participants == 24);  // As the form of marks says.
    CHECK(sources(evidence, tally::all_groups) == "отметки 2 журнал ");
    CHECK(evidence.cells_in_force()[0] == 0);
    REQUIRE(evidence.overruled().size() == 1);
    CHECK(evidence.overruled()[0] == std::pair{2U, 0U});
}

TEST_CASE("a protocol outranks all forms of its school and work, before and after it") {
    tally::CellCounts rows = marks_form(1, 1, 1, 1);
    rows.listed = 4;
    for (const std::size_t place : {0U, 1U, 2U}) {
        std::vector<Form> files{{"отметки", marks_form(5, 10, 8, 2)},
                                {"журнал", journal_form(6, 18, 1)}};
        files.insert(files.begin() + static_cast<std::ptrdiff_t>(place),
                     {"протокол", rows, "1", tally::Origin::protocol});
        const Evidence evidence = evidence_of(files);
        CHECK(value(evidence, "low_share") == model::Measurement::of(1, 4, 4));
        CHECK_FALSE(value(evidence, "lowered_share").known());
        CHECK(sources(evidence, tally::all_groups) == "протокол ");
        CHECK(evidence.overruled().size() == 2);
    }
}

TEST_CASE("forms tell neither who got no result nor how far a mark lies from the journal's") {
    const Evidence forms = evidence_of({{"журнал", journal_form(6, 18, 1)}});
    CHECK(value(forms, "far_apart_share").missing == model::Missing::no_data);
    CHECK(value(forms, "no_result_share").missing == model::Missing::no_data);

    tally::CellCounts rows = journal_form(6, 18, 1);
    rows.listed = rows.participants;
    rows.far_apart = 2;
    rows.no_result = 5;
    const Evidence protocol = evidence_of({{"протокол", rows, "1", tally::Origin::protocol}});
    CHECK(value(protocol, "far_apart_share") == model::Measurement::of(2, 25, 25));
    CHECK(value(protocol, "no_result_share") == model::Measurement::of(5, 30, 30));
}

TEST_CASE("the forms of a school that merged are sources of its successor's cell") {
    const Evidence evidence = evidence_of({{"отметки", marks_form(5, 10, 8, 2)},
                                           {"отметки присоединённой", marks_form(1, 1, 1, 1), "2"},
                                           {"журнал присоединённой", journal_form(1, 2, 1), "2"}});
    REQUIRE(evidence.cells().size() == 1);
    CHECK(value(evidence, "low_share") == model::Measurement::of(6, 29, 29));
    CHECK(value(evidence, "lowered_share") == model::Measurement::of(1, 4, 4));
    CHECK(sources(evidence, tally::bit(tally::FieldGroup::marks)) ==
          "отметки отметки присоединённой ");
    CHECK(evidence.given_by(0, {"1"}, work) == tally::bit(tally::FieldGroup::marks));
    CHECK(evidence.given_by(1, {"2"}, work) == tally::bit(tally::FieldGroup::marks));
    CHECK(evidence.given_by(2, {"2"}, work) == tally::bit(tally::FieldGroup::journal));
    CHECK(evidence.given_by(2, {"1"}, work) == tally::no_groups);
}

TEST_CASE("the bottom quarter counts the histogram of a merged school for its successor") {
    Evidence evidence = evidence_of(
        {{"баллы", scores_form(2, 1, 20)}, {"баллы присоединённой", scores_form(6, 21, 20), "2"}});
    evidence = std::move(evidence).with_histograms(
        std::vector<tally::Histogram>{{{"1"}, work, {1, 1}}, {{"2"}, work, {0, 1, 1, 1, 1, 1, 1}}});
    CHECK(bottom_quartile_share(evidence.cells()[0]) == model::Measurement::of(3, 8, 8));
}

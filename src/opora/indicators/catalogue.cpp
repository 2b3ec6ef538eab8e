#include "opora/indicators/catalogue.hpp"

#include <algorithm>
#include <array>

namespace opora::indicators {

using model::Measurement;
using model::Missing;
using model::Unit;
using tally::CellCounts;

namespace {

/// A ratio over the counts of a cell; `absent` tells why it cannot be computed when the denominator
/// is zero.
Measurement ratio(std::int64_t numerator, std::int64_t denominator, std::int64_t n,
                  Missing absent = Missing::no_data) {
    return denominator > 0 ? Measurement::of(numerator, denominator, n)
                           : Measurement::absent(absent);
}

Measurement low_share(const CellCounts& c) {
    return ratio(c.below_minimum, c.minimum_known, c.minimum_known, Missing::no_scale);
}
Measurement at_minimum_share(const CellCounts& c) {
    return ratio(c.at_minimum, c.at_minimum_known, c.at_minimum_known, Missing::no_scale);
}
Measurement share_of_two(const CellCounts& c) { return ratio(c.marks[0], c.marked(), c.marked()); }
Measurement quality(const CellCounts& c) {
    return ratio(c.marks[2] + c.marks[3], c.marked(), c.marked());
}
Measurement success(const CellCounts& c) {
    return ratio(c.marked() - c.marks[0], c.marked(), c.marked());
}
// Степень обученности (Симонов): 100·n5 + 64·n4 + 36·n3 + 16·n2 + 7·n(н/а), in percent of N.
// DOMAIN 4.9.
Measurement learning_degree(const CellCounts& c) {
    const std::int64_t everyone = std::int64_t{c.marked()} + c.no_result;
    const std::int64_t sum = 100LL * c.marks[3] + 64LL * c.marks[2] + 36LL * c.marks[1] +
                             16LL * c.marks[0] + 7LL * c.no_result;
    return c.marked() > 0 ? ratio(sum, 100 * everyone, everyone)
                          : Measurement::absent(Missing::no_data);
}
Measurement mean_mark(const CellCounts& c) {
    const std::int64_t sum =
        2LL * c.marks[0] + 3LL * c.marks[1] + 4LL * c.marks[2] + 5LL * c.marks[3];
    return ratio(sum, c.marked(), c.marked());
}
Measurement mean_score(const CellCounts& c) { return ratio(c.score_sum, c.scored, c.scored); }
Measurement score_share(const CellCounts& c) {
    if (c.score_max <= 0) return Measurement::absent(Missing::no_scale, c.scored);
    return ratio(c.score_sum, std::int64_t{c.scored} * c.score_max, c.scored);
}
/// Aggregate forms list only those who got a result: they tell nothing of the others.
Measurement no_result_share(const CellCounts& c) {
    const std::int64_t everyone = std::int64_t{c.listed} + c.no_result;
    return ratio(c.no_result, everyone, everyone);
}
Measurement lowered_share(const CellCounts& c) {
    return ratio(c.lowered, c.journaled, c.journaled);
}
Measurement confirmed_share(const CellCounts& c) {
    return ratio(c.confirmed, c.journaled, c.journaled);
}
Measurement raised_share(const CellCounts& c) { return ratio(c.raised, c.journaled, c.journaled); }
/// Aggregate forms tell who differs from the journal, but not by how much.
Measurement far_apart_share(const CellCounts& c) {
    if (c.listed < c.participants) return Measurement::absent(Missing::no_data);
    return ratio(c.far_apart, c.journaled, c.journaled);
}
Measurement participants(const CellCounts& c) {
    return Measurement::of(c.participants, 1, c.participants);
}

constexpr auto lower = Direction::lower_is_better;
constexpr auto higher = Direction::higher_is_better;
constexpr auto neutral = Direction::neutral;
constexpr auto binomial = Uncertainty::binomial;
constexpr auto of_marks = tally::bit(tally::FieldGroup::marks);
constexpr auto of_scores = tally::bit(tally::FieldGroup::scores);
constexpr auto of_journal = tally::bit(tally::FieldGroup::journal);

constexpr std::array<ProcedureIndicator, 16> of_procedures{{
    {"low_share", "Доля не преодолевших порог", Unit::share, lower,
     "участники с отметкой «2» (ЕГЭ: ниже минимального балла)", "участники с известным результатом",
     binomial, low_share, "не преодолели порог", of_marks},
    {"below_minimum_share", "Доля не достигших минимального балла", Unit::share, lower,
     "участники ниже минимального балла", "участники с известным результатом", binomial, low_share,
     "не достигли минимального балла", of_marks},
    {"at_minimum_share", "Доля набравших ровно минимальный балл", Unit::share, neutral,
     "участники ровно с минимальным баллом", "участники с известным баллом", binomial,
     at_minimum_share, "набрали ровно минимальный балл", of_scores},
    {"share_of_two", "Доля отметок «2»", Unit::share, lower, "участники с отметкой «2»",
     "участники с отметкой", binomial, share_of_two, "получили отметку «2»", of_marks},
    {"quality", "Качество знаний", Unit::share, higher, "участники с отметками «4» и «5»",
     "участники с отметкой", binomial, quality, "получили отметки «4» и «5»", of_marks},
    {"success", "Успеваемость", Unit::share, higher, "участники с отметками «3», «4» и «5»",
     "участники с отметкой", binomial, success, "получили отметки «3», «4» и «5»", of_marks},
    {"learning_degree",
     "Степень обученности (СОУ)",
     Unit::share,
     higher,
     "100·n5 + 64·n4 + 36·n3 + 16·n2 + 7·н/а",
     "участники и неаттестованные, умноженные на 100",
     Uncertainty::none,
     learning_degree,
     {},
     of_marks},
    {"mean_mark",
     "Средняя отметка",
     Unit::mark,
     higher,
     "сумма отметок",
     "участники с отметкой",
     Uncertainty::mean,
     mean_mark,
     {},
     of_marks},
    {"mean_score",
     "Средний балл",
     Unit::score,
     higher,
     "сумма баллов",
     "участники с баллом",
     Uncertainty::mean,
     mean_score,
     {},
     of_scores},
    {"score_share",
     "Средний процент выполнения",
     Unit::share,
     higher,
     "сумма баллов",
     "участники с баллом, умноженные на максимальный балл",
     Uncertainty::mean,
     score_share,
     {},
     of_scores},
    {"no_result_share", "Доля без результата", Unit::share, lower, "записи без отметки и балла",
     "все записи протокола", binomial, no_result_share, "остались без результата"},
    {"lowered_share", "Доля понизивших отметку", Unit::share, neutral,
     "отметка ниже отметки по журналу", "участники с обеими отметками", binomial, lowered_share,
     "получили отметку ниже журнальной", of_journal},
    {"confirmed_share", "Доля подтвердивших отметку", Unit::share, higher,
     "отметка равна отметке по журналу", "участники с обеими отметками", binomial, confirmed_share,
     "подтвердили журнальную отметку", of_journal},
    {"raised_share", "Доля повысивших отметку", Unit::share, neutral,
     "отметка выше отметки по журналу", "участники с обеими отметками", binomial, raised_share,
     "получили отметку выше журнальной", of_journal},
    {"far_apart_share", "Доля расхождений с журналом на 2 отметки и более", Unit::share, lower,
     "участники с расхождением в 2 отметки и более", "участники с обеими отметками", binomial,
     far_apart_share, "разошлись с журналом на 2 отметки и более", of_journal},
    {"participants", "Число участников", Unit::count, neutral, "участники с результатом", "1",
     Uncertainty::none, participants},
}};

constexpr std::array<YearIndicator, 18> of_years{{
    {"continuation_share_here", "Доля выпускников 9 класса, принятых в 10 класс этой школы",
     Unit::share, higher, "admitted_grade10_here", "grade9_finishers"},
    {"continuation_share_anywhere", "Доля выпускников 9 класса, продолживших среднее образование",
     Unit::share, higher, "admitted_grade10_anywhere", "grade9_finishers"},
    {"parents_both_higher_share", "Доля учащихся, чьи родители оба имеют высшее образование",
     Unit::share, higher, "parents_both_higher", "pupils"},
    {"families_incomplete_share", "Доля учащихся из неполных семей", Unit::share, lower,
     "families_incomplete", "pupils"},
    {"registered_share", "Доля учащихся на учёте", Unit::share, lower, "registered", "pupils"},
    {"russian_not_native_share", "Доля учащихся, для которых русский язык неродной", Unit::share,
     lower, "russian_not_native", "pupils"},
    {"low_ses_families_share", "Доля учащихся из семей с низким социально-экономическим уровнем",
     Unit::share, lower, "low_ses_families", "pupils"},
    {"families_low_income_share", "Доля учащихся из малообеспеченных семей", Unit::share, lower,
     "families_low_income", "pupils"},
    {"families_large_share", "Доля учащихся из многодетных семей", Unit::share, neutral,
     "families_large", "pupils"},
    {"deviant_behaviour_share", "Доля учащихся с девиантным поведением", Unit::share, lower,
     "deviant_behaviour", "pupils"},
    {"no_motivation_share", "Доля учащихся без учебной мотивации", Unit::share, lower,
     "no_motivation", "pupils"},
    {"weak_russian_share", "Доля учащихся, слабо владеющих русским языком", Unit::share, lower,
     "weak_russian", "pupils"},
    {"teachers_higher_share", "Доля учителей с высшим образованием", Unit::share, higher,
     "teachers_higher", "teachers"},
    {"teachers_category_highest_share", "Доля учителей высшей категории", Unit::share, higher,
     "teachers_category_highest", "teachers"},
    {"teachers_category_first_share", "Доля учителей первой категории", Unit::share, higher,
     "teachers_category_first", "teachers"},
    {"teachers_young_share", "Доля молодых учителей", Unit::share, neutral, "teachers_young",
     "teachers"},
    {"pupils", "Число учащихся", Unit::count, neutral, "pupils", ""},
    {"teachers", "Число учителей", Unit::count, neutral, "teachers", ""},
}};

}  // namespace

std::span<const ProcedureIndicator> procedure_indicators() { return of_procedures; }
std::span<const YearIndicator> year_indicators() { return of_years; }

const ProcedureIndicator* find_procedure_indicator(std::string_view code) {
    const auto found = std::ranges::find(of_procedures, code, &ProcedureIndicator::code);
    return found != of_procedures.end() ? &*found : nullptr;
}

bool is_of_marks(const ProcedureIndicator& indicator) {
    return indicator.measure == share_of_two || indicator.measure == quality ||
           indicator.measure == success || indicator.measure == learning_degree ||
           indicator.measure == mean_mark;
}

const YearIndicator* find_year_indicator(std::string_view code) {
    const auto found = std::ranges::find(of_years, code, &YearIndicator::code);
    return found != of_years.end() ? &*found : nullptr;
}

Measurement measure(const ProcedureIndicator& indicator, const EvidenceCell& cell,
                    std::int64_t n_min) {
    // One object from beginning to end: a copy of what was just written costs more than the rest.
    const bool held = cell.counts.participants != 0;
    Measurement value =
        held ? indicator.measure(cell.counts) : Measurement::absent(Missing::not_held);
    if (!held) return value;
    value.n /= cell.weight;
    if (indicator.unit == Unit::count) {
        value.ratio.denominator *= cell.weight;
    } else if (value.known() && value.n < n_min) {
        value = Measurement::absent(Missing::too_few_results, value.n);
    }
    return value;
}

Measurement bottom_quartile_share(const EvidenceCell& cell) {
    return ratio(cell.bottom_quartile, cell.bottom_quartile_known, cell.bottom_quartile_known);
}

std::optional<FactRatio> ratio_of(const Evidence& evidence, const YearIndicator& indicator) {
    const FactRatio ratio{.numerator = evidence.fact_number(indicator.numerator_fact),
                          .denominator = evidence.fact_number(indicator.denominator_fact),
                          .whole = indicator.denominator_fact.empty()};
    if (ratio.numerator == nothing) return std::nullopt;
    if (!ratio.whole && ratio.denominator == nothing) return std::nullopt;
    return ratio;
}

Measurement measure(const Evidence& evidence, const FactRatio& ratio, SchoolNumber school,
                    model::SchoolYear year) {
    const auto numerator = evidence.fact(school, ratio.numerator, year);
    if (!numerator) return Measurement::absent(Missing::no_data);
    if (ratio.whole) {
        return {*numerator, numerator->numerator / numerator->denominator, Missing::none};
    }
    const auto denominator = evidence.fact(school, ratio.denominator, year);
    if (!denominator || denominator->numerator <= 0) return Measurement::absent(Missing::no_data);
    return Measurement::of(numerator->numerator * denominator->denominator,
                           denominator->numerator * numerator->denominator,
                           denominator->numerator / denominator->denominator);
}

Measurement measure(const Evidence& evidence, const YearIndicator& indicator, SchoolNumber school,
                    model::SchoolYear year) {
    const auto ratio = ratio_of(evidence, indicator);
    return ratio ? measure(evidence, *ratio, school, year) : Measurement::absent(Missing::no_data);
}

Measurement measure_imported(const Evidence& evidence, std::uint32_t indicator, SchoolNumber school,
                             model::SchoolYear year) {
    if (indicator == nothing) return Measurement::absent(Missing::no_data);
    const model::ImportedIndicator* value = evidence.imported(school, indicator, year);
    if (value == nullptr) return Measurement::absent(Missing::no_data);
    return {value->value, value->n.value_or(0), Missing::none};
}

}  // namespace opora::indicators

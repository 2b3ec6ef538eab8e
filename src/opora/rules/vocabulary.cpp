#include "opora/rules/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace opora::rules {

using indicators::Scope;
using model::Unit;

namespace {

constexpr int many = 32;

constexpr std::array<Function, 6> functions{{
    {"min", Operation::minimum, 2, many},
    {"max", Operation::maximum, 2, many},
    {"abs", Operation::absolute, 1, 1},
    {"round_half_up", Operation::round_half_up, 1, 2},
    {"floor", Operation::floor, 1, 2},
    {"ceiling", Operation::ceiling, 1, 2},
}};

constexpr std::array<std::pair<std::string_view, Aggregate>, 9> aggregates{{
    {"any", Aggregate::any},
    {"every", Aggregate::every},
    {"count", Aggregate::count},
    {"sum", Aggregate::sum},
    {"mean", Aggregate::mean},
    {"min", Aggregate::minimum},
    {"max", Aggregate::maximum},
    {"slope", Aggregate::slope},
    {"pooled", Aggregate::pooled},
}};

constexpr std::array<std::pair<std::string_view, Scope>, 4> scopes{{
    {"district", Scope::municipality},
    {"region", Scope::region},
    {"country", Scope::country},
    {"cluster", Scope::cluster},
}};

constexpr std::array<std::string_view, 41> reserved{"and",
                                                    "or",
                                                    "not",
                                                    "over",
                                                    "of",
                                                    "in",
                                                    "at",
                                                    "least",
                                                    "choose",
                                                    "grade",
                                                    "grades",
                                                    "programme",
                                                    "subjects",
                                                    "procedures",
                                                    "year",
                                                    "years",
                                                    "before",
                                                    "last",
                                                    "previous",
                                                    "held",
                                                    "teaches",
                                                    "value",
                                                    "fact",
                                                    "in_list",
                                                    "was_held",
                                                    "took",
                                                    "lowest_in",
                                                    "highest_in",
                                                    "percent_rank",
                                                    "significantly_below",
                                                    "significantly_above",
                                                    "objectivity_markers",
                                                    "pp",
                                                    "marks",
                                                    "mark",
                                                    "score",
                                                    "yes",
                                                    "no",
                                                    "all",
                                                    "none",
                                                    "expected"};

constexpr std::array<UnitWord, 24> units{{
    {"%", Unit::share, 100, false},         {"pp", Unit::points, 100, false},
    {"year", Unit::years, 1, false},        {"years", Unit::years, 1, false},
    {"mark", Unit::mark, 1, false},         {"marks", Unit::mark, 1, false},
    {"score", Unit::score, 1, false},       {"number", Unit::number, 1, true},
    {"times", Unit::number, 1, true},       {"procedure", Unit::count, 1, true},
    {"procedures", Unit::count, 1, true},   {"participant", Unit::count, 1, true},
    {"participants", Unit::count, 1, true}, {"pupil", Unit::count, 1, true},
    {"pupils", Unit::count, 1, true},       {"school", Unit::count, 1, true},
    {"schools", Unit::count, 1, true},      {"subject", Unit::count, 1, true},
    {"subjects", Unit::count, 1, true},     {"rule", Unit::count, 1, true},
    {"rules", Unit::count, 1, true},        {"markers", Unit::count, 1, true},
    {"marker", Unit::count, 1, true},       {"tasks", Unit::count, 1, true},
}};

/// Levenshtein's distance over bytes; names are short.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = corner + (left[i] == right[j] ? 0 : 1);
            corner = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, corner + 1});
        }
    }
    return row.back();
}

}  // namespace

const Function* find_function(std::string_view name) {
    const auto found = std::ranges::find(functions, name, &Function::name);
    return found == functions.end() ? nullptr : &*found;
}

std::optional<Aggregate> find_aggregate(std::string_view name) {
    for (const auto& [word, aggregate] : aggregates) {
        if (word == name) return aggregate;
    }
    return std::nullopt;
}

std::string_view name(Aggregate aggregate) {
    return aggregates[static_cast<std::size_t>(aggregate)].first;
}

std::optional<Scope> find_scope(std::string_view name) {
    for (const auto& [word, scope] : scopes) {
        if (word == name) return scope;
    }
    return std::nullopt;
}

std::string_view name(Scope scope) { return scopes[static_cast<std::size_t>(scope)].first; }

std::string_view symbol(Comparison comparison) {
    switch (comparison) {
        case Comparison::less:
            return "<";
        case Comparison::less_equal:
            return "<=";
        case Comparison::greater:
            return ">";
        case Comparison::greater_equal:
            return ">=";
        case Comparison::equal:
            return "=";
    }
    return "=";
}

bool is_reserved(std::string_view word) {
    return std::ranges::find(reserved, word) != reserved.end() || find_function(word) ||
           find_aggregate(word) || find_scope(word) || model::procedure_type(word);
}

const UnitWord* find_unit(std::string_view word) {
    const auto found = std::ranges::find(units, word, &UnitWord::word);
    return found == units.end() ? nullptr : &*found;
}

std::string_view russian(Unit unit) {
    switch (unit) {
        case Unit::share:
            return "доля (%)";
        case Unit::points:
            return "разность долей (процентные пункты, pp)";
        case Unit::score:
            return "баллы";
        case Unit::mark:
            return "отметка";
        case Unit::count:
            return "количество";
        case Unit::years:
            return "годы";
        case Unit::number:
            return "число без единицы";
    }
    return "";
}

std::string russian(const Type& type) {
    if (type.kind == Type::Kind::truth) return "условие (да или нет)";
    return std::string{russian(type.unit)};
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known) {
    std::optional<std::string_view> best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3);
    for (const std::string_view candidate : known) {
        if (candidate.size() > 64 || word.size() > 64) continue;
        const std::size_t apart = distance(word, candidate);
        if (apart < best_distance || (apart == best_distance && !best)) {
            best = candidate;
            best_distance = apart;
        }
    }
    return best;
}

}  // namespace opora::rules

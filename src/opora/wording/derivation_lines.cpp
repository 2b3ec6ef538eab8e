#include "opora/wording/derivation_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "opora/base/russian.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/gap.hpp"
#include "opora/wording/member_table.hpp"
#include "opora/wording/numbers.hpp"
#include "opora/wording/text_width.hpp"

namespace opora::wording {

namespace {

using Kind = model::Derivation::Kind;
using model::Outcome;

constexpr std::size_t label_width_max = 60;

/// The comparisons of a condition, through `and`, `or`, `not` and calls of definitions.
void find_comparisons(const model::Derivation& node, std::vector<ComparedValue>& found) {
    if (auto compared = compared_value(node)) {
        found.push_back(std::move(*compared));
        return;
    }
    for (const model::Derivation& part : node.parts) find_comparisons(part, found);
}

/// `any` and `every`, against `mean`, `sum`, `count` …
bool is_true_or_false(const model::Derivation& quantifier) {
    const Joint joint = joint_of(quantifier);
    return joint == Joint::one || joint == Joint::all;
}

bool is_table_row(const model::Derivation& node) {
    if (node.kind == Kind::comparison) {
        return std::ranges::all_of(node.parts, [](const model::Derivation& side) {
            return side.kind == Kind::indicator || side.kind == Kind::parameter ||
                   side.kind == Kind::constant || side.parts.empty();
        });
    }
    if (node.kind == Kind::indicator) return true;
    return node.kind == Kind::logic && !node.parts.empty() &&
           std::ranges::all_of(node.parts, is_table_row);
}

/// A difference of two shares of pupils, the same procedure in two years.
bool is_difference(const model::Derivation& node) {
    if (node.kind != Kind::comparison || !node.procedure || !compared_value(node)) return false;
    const auto values = compared_values(node);
    return values.size() == 2 && std::ranges::all_of(values, [](const ComparedValue& value) {
               return value.procedure && value.unit == model::Unit::share &&
                      (!value.value.known() || value.value.ratio.denominator == value.value.n);
           });
}

bool same_condition(const ComparedValue& left, const ComparedValue& right) {
    return left.indicator == right.indicator && left.comparison == right.comparison &&
           left.threshold == right.threshold;
}

enum class Detail : std::uint8_t {
    everything,
    summary,  ///< What a table of measured values leaves unsaid: counts and computed numbers.
};

class LineWriter {
public:
    LineWriter(model::SchoolYear year, const Vocabulary& vocabulary, Detail detail)
        : year_{year}, vocabulary_{vocabulary}, detail_{detail} {}

    void write(const model::Derivation& node, std::size_t depth);
    std::vector<std::string> lines() && { return std::move(lines_); }

private:
    void line(std::size_t depth, const std::string& text) {
        lines_.push_back(std::string(depth * 2, ' ') + text);
    }
    void write_comparison(const model::Derivation& node, std::size_t depth);
    void write_condition(const model::Derivation& node, std::size_t depth);
    void write_quantifier(const model::Derivation& node, std::size_t depth,
                          const std::string& requirement);
    void write_members(const model::Derivation& node, std::size_t depth);
    void write_missing(const std::vector<ComparedValue>& missing, std::size_t depth);
    void write_logic(const model::Derivation& node, std::size_t depth);
    void write_ingredients(const model::Derivation& node, std::size_t depth);
    Member member(const model::Derivation& part, const std::vector<ComparedValue>& values,
                  bool common_condition) const;
    Member difference(const model::Derivation& part) const;
    std::string bound_to(const model::Derivation& node) const;
    std::string computed(const model::Derivation& node, const model::Derivation& comparison) const;
    std::string label(const ComparedValue& value) const {
        return value_label(value, year_, vocabulary_);
    }

    model::SchoolYear year_;
    const Vocabulary& vocabulary_;
    Detail detail_;
    std::vector<std::string> lines_;
};

std::string gap_sentence(const ComparedValue& value, std::string_view thing,
                         std::string_view verb) {
    if (!value.gap || *value.gap == 0) return "";
    return fmt::format(" {} — и {} {}{}.", capitalised(gap_words(*value.gap)), thing,
                       value.outcome == Outcome::met ? "не " : "", verb);
}

std::string threshold_clause(const ComparedValue& value) {
    const std::string_view whose = territory_of(value.threshold_text);
    return fmt::format("порог: {}{}",
                       threshold_words(value.comparison, value.threshold, value.threshold_unit),
                       whose.empty() ? "" : fmt::format(" ({})", whose));
}

void LineWriter::write(const model::Derivation& node, std::size_t depth) {
    switch (node.kind) {
        case Kind::comparison:
            return write_comparison(node, depth);
        case Kind::logic:
            return write_logic(node, depth);
        case Kind::quantifier:
            if (is_true_or_false(node)) {
                const bool all = joint_of(node) == Joint::all;
                return write_quantifier(node, depth, all ? "нужны все" : "достаточно одной");
            }
            [[fallthrough]];
        case Kind::arithmetic:
            line(depth,
                 fmt::format("{}: {}.", computed(node, node), value_text(node.value, node.unit)));
            return write_ingredients(node, depth + 1);
        case Kind::indicator: {
            if (detail_ == Detail::summary) return;
            std::vector<ComparedValue> values = compared_values(node);
            line(depth, fmt::format("{}: {}.", label(values.front()),
                                    measured_words(values.front(), vocabulary_)));
            return;
        }
        case Kind::parameter:
        case Kind::constant:
            return;
    }
}

void LineWriter::write_comparison(const model::Derivation& node, std::size_t depth) {
    const std::optional<ComparedValue> value = compared_value(node);
    if (!value) return write_condition(node, depth);
    const auto measured = std::ranges::find_if(node.parts, [](const model::Derivation& side) {
        return side.kind == Kind::quantifier && joint_of(side) == Joint::count;
    });
    if (measured != node.parts.end()) {
        return write_quantifier(*measured, depth, threshold_clause(*value));
    }
    if (!value->indicator.empty()) {
        if (detail_ == Detail::summary) return;
        return line(depth, fmt::format("{}: {}, {} — {}.{}", label(*value),
                                       measured_words(*value, vocabulary_),
                                       threshold_clause(*value), outcome_words(node.outcome),
                                       gap_sentence(*value, "условие", "выполнялось бы")));
    }
    const model::Derivation& number =
        node.parts[0].parts.empty() && !node.parts[1].parts.empty() ? node.parts[1] : node.parts[0];
    line(depth, fmt::format("{}: {}, {} — {}.", computed(number, node),
                            value_text_beside(value->value, value->threshold, value->unit),
                            threshold_clause(*value), outcome_words(node.outcome)));
    for (const model::Derivation& side : node.parts) write_ingredients(side, depth + 1);
}

/// A condition that compares no two numbers of the school: with other schools, with a list, with
/// its grades.
void LineWriter::write_condition(const model::Derivation& node, std::size_t depth) {
    const std::string bound = bound_to(node);
    line(depth, fmt::format("{}{}: {}.", bound.empty() ? "" : bound + " — ",
                            bound.empty() ? capitalised(plain_condition(node.text))
                                          : plain_condition(node.text),
                            outcome_words(node.outcome)));
    write_ingredients(node, depth + 1);
}

/// The procedure of a part of a quantifier, or its year when it is not the list's.
std::string LineWriter::bound_to(const model::Derivation& node) const {
    if (node.procedure) {
        return value_label({.procedure = node.procedure, .value = {}}, year_, vocabulary_);
    }
    if (node.year && *node.year != year_) return model::title(*node.year);
    return "";
}

std::string LineWriter::computed(const model::Derivation& node,
                                 const model::Derivation& comparison) const {
    const std::string bound = bound_to(comparison);
    const std::string label = computed_label(node, vocabulary_);
    return bound.empty() ? capitalised(label) : bound + ", " + label;
}

void LineWriter::write_quantifier(const model::Derivation& node, std::size_t depth,
                                  const std::string& requirement) {
    const auto met = std::ranges::count(node.parts, Outcome::met, &model::Derivation::outcome);
    const bool of_procedures = std::ranges::any_of(
        node.parts, [](const model::Derivation& part) { return part.procedure.has_value(); });
    const bool of_years = std::ranges::any_of(
        node.parts, [](const model::Derivation& part) { return part.year.has_value(); });
    const char* things = of_procedures ? "процедур" : of_years ? "лет" : "условий";
    if (node.parts.empty()) {
        return line(depth, fmt::format("Подходящих процедур нет: ни одна не проводилась ({}).",
                                       requirement));
    }
    const auto undecided = std::ranges::count_if(node.parts, [](const model::Derivation& part) {
        return part.outcome == Outcome::unknown || part.outcome == Outcome::not_applicable;
    });
    const std::string unchecked =
        undecided == 0 ? "" : fmt::format(" (не проверено: {})", undecided);
    line(depth, fmt::format("Подходящих {}: {} из {}{}, {}.", things, met, node.parts.size(),
                            unchecked, requirement));
    write_members(node, depth + 1);
}

/// Parts that are plain comparisons make a table; what is more complicated is written below it in
/// full.
void LineWriter::write_members(const model::Derivation& node, std::size_t depth) {
    if (detail_ == Detail::summary) return;
    std::vector<std::pair<const model::Derivation*, std::vector<ComparedValue>>> rows;
    std::vector<ComparedValue> missing;
    std::vector<const model::Derivation*> differences;
    std::vector<const model::Derivation*> complicated;
    for (const model::Derivation& part : node.parts) {
        if (part.kind == Kind::indicator && !part.value.known()) {
            const auto absent = compared_values(part);
            missing.insert(missing.end(), absent.begin(), absent.end());
            continue;
        }
        std::vector<ComparedValue> values;
        find_comparisons(part, values);
        if (!is_table_row(part) || values.empty()) {
            (is_difference(part) ? differences : complicated).push_back(&part);
            continue;
        }
        const bool nothing_known = std::ranges::none_of(
            values, [](const ComparedValue& value) { return value.value.known(); });
        if (nothing_known) {
            missing.insert(missing.end(), values.begin(), values.end());
        } else {
            rows.emplace_back(&part, std::move(values));
        }
    }
    const bool common = !rows.empty() && std::ranges::all_of(rows, [&](const auto& row) {
        return row.second.size() == 1 && same_condition(row.second[0], rows[0].second[0]);
    });
    if (common) {
        const ComparedValue& first = rows.front().second.front();
        line(depth,
             fmt::format("{}: учитывается при значении {}.",
                         indicator_title(first.indicator, vocabulary_),
                         threshold_words(first.comparison, first.threshold, first.threshold_unit)));
    }
    std::vector<Member> members;
    for (const auto& [part, values] : rows) members.push_back(member(*part, values, common));
    const Failing failing = joint_of(node) == Joint::all ? Failing::all : Failing::nearest_only;
    for (const model::Derivation* part : differences) members.push_back(difference(*part));
    for (const std::string& text :
         member_lines(std::move(members), failing, vocabulary_.for_terminal))
        line(depth, text);
    for (const model::Derivation* part : complicated) write(*part, depth);
    write_missing(missing, depth);
}

/// «32,0 % …, до порога 2 ученика.» A met one says what would take it away.
std::string member_gap(const ComparedValue& value) {
    if (!value.gap || *value.gap == 0) return ".";
    if (value.outcome == Outcome::met) {
        return ". " + capitalised(gap_words(*value.gap)) + " — и процедура не учитывалась бы.";
    }
    return ", до порога " + people_words(*value.gap) + ".";
}

Member LineWriter::member(const model::Derivation& part, const std::vector<ComparedValue>& values,
                          bool common_condition) const {
    ComparedValue whose = values.front();
    whose.text.clear();
    if (part.procedure) whose.procedure = part.procedure;
    if (!whose.procedure && part.year) whose.year = part.year;
    Member member{.label = label(whose), .text = {}, .outcome = part.outcome, .distance = {}};
    if (values.size() == 1) {
        const ComparedValue& value = values.front();
        member.text =
            common_condition ? measured_numbers(value) : measured_words(value, vocabulary_);
        if (!common_condition) member.text += ", " + threshold_clause(value);
        member.text += member_gap(value);
        if (value.gap) member.distance = std::abs(*value.gap);
        return member;
    }
    std::int64_t distance = 0;
    for (const ComparedValue& value : values) {
        if (!member.text.empty()) member.text += "; ";
        const bool other_year = value.procedure && value.procedure->year != year_;
        const model::SchoolYear value_year = other_year ? value.procedure->year : year_;
        member.text += fmt::format("{} — {}", model::title(value_year), measured_numbers(value));
        if (value.outcome != Outcome::met) distance += std::abs(value.gap.value_or(1'000'000));
    }
    member.distance = distance;
    member.text += ".";
    return member;
}

/// «рост 22,5 п.п. (2022/23: 2 из 21, 9,5 %; 2023/24: 8 из 25, 32,0 %)» in one row.
Member LineWriter::difference(const model::Derivation& part) const {
    const ComparedValue compared = *compared_value(part);
    ComparedValue whose{.procedure = part.procedure, .value = {}};
    Member member{.label = label(whose),
                  .text = value_text_beside(compared.value, compared.threshold, compared.unit),
                  .outcome = part.outcome,
                  .distance = {}};
    std::string parts;
    for (const ComparedValue& value : compared_values(part)) {
        const model::SchoolYear own = value.procedure ? value.procedure->year : year_;
        parts += fmt::format("{}{}: {}", parts.empty() ? "" : "; ", model::title(own),
                             value.value.known()
                                 ? fmt::format("{}, {}", counts_text(value.value, value.unit),
                                               value_text(value.value, value.unit))
                                 : value_text(value.value, value.unit));
    }
    member.text += fmt::format(", {} ({}).", threshold_clause(compared), parts);
    return member;
}

void LineWriter::write_missing(const std::vector<ComparedValue>& missing, std::size_t depth) {
    for (const std::string& text : missing_lines(missing, year_, vocabulary_)) line(depth, text);
}

void LineWriter::write_logic(const model::Derivation& node, std::size_t depth) {
    if (node.parts.empty()) return write_condition(node, depth);
    const Joint joint = joint_of(node);
    if (node.parts.size() == 1 && joint != Joint::negation) return write(node.parts[0], depth);
    if (detail_ == Detail::summary) {
        for (const model::Derivation& part : node.parts) write(part, depth);
        return;
    }
    const std::string outcome{outcome_words(node.outcome)};
    switch (joint) {
        case Joint::all:
            line(depth, "Должно выполняться всё — " + outcome + ":");
            break;
        case Joint::one:
            line(depth, "Достаточно одного — " + outcome + ":");
            break;
        case Joint::negation:
            line(depth, "Не должно выполняться — " + outcome + ":");
            break;
        case Joint::count:
            line(depth, fmt::format("Должно выполняться не менее {} из условий — {}:",
                                    required_count(node.text), outcome));
            break;
        case Joint::other:
            line(depth, fmt::format("{} — {}:", capitalised(plain_condition(node.text)), outcome));
            break;
    }
    for (const model::Derivation& part : node.parts) write(part, depth + 1);
}

/// The measured values from which a number was computed.
void LineWriter::write_ingredients(const model::Derivation& node, std::size_t depth) {
    if (detail_ == Detail::summary) return;
    std::vector<ComparedValue> missing;
    std::vector<ComparedValue> known;
    for (const ComparedValue& value : compared_values(node)) {
        (value.value.known() ? known : missing).push_back(value);
    }
    std::size_t width = 0;
    for (const ComparedValue& value : known) width = std::max(width, text_width(label(value)));
    width = std::min(width, label_width_max);
    for (const ComparedValue& value : known) {
        line(depth, fmt::format("{}  {}.", padded(label(value), width),
                                measured_words(value, vocabulary_)));
    }
    write_missing(missing, depth);
}

}  // namespace

std::vector<std::string> derivation_lines(const model::Derivation& derivation,
                                          model::SchoolYear year, const Vocabulary& vocabulary) {
    LineWriter writer{year, vocabulary, Detail::everything};
    writer.write(derivation, 0);
    std::vector<std::string> lines = std::move(writer).lines();
    const std::string group = comparison_group(derivation);
    if (!group.empty()) lines.push_back("Группа сравнения: " + group + ".");
    return lines;
}

std::vector<std::string> summary_lines(const model::Derivation& derivation, model::SchoolYear year,
                                       const Vocabulary& vocabulary) {
    LineWriter writer{year, vocabulary, Detail::summary};
    writer.write(derivation, 0);
    return std::move(writer).lines();
}

}  // namespace opora::wording

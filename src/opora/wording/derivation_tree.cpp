#include "opora/wording/derivation_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/wording/compared_value.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/gap.hpp"
#include "opora/wording/numbers.hpp"
#include "opora/wording/value_words.hpp"

namespace opora::wording {

namespace {

using Kind = model::Derivation::Kind;
using model::Derivation;
using model::Outcome;

bool is_given(const Derivation& node) {
    return node.kind == Kind::parameter || node.kind == Kind::constant;
}

bool is_true_or_false(const Derivation& node) {
    return node.kind == Kind::comparison || node.kind == Kind::logic ||
           (node.kind == Kind::quantifier &&
            (joint_of(node) == Joint::one || joint_of(node) == Joint::all));
}

class TreeMaker {
public:
    TreeMaker(model::SchoolYear year, const Vocabulary& vocabulary)
        : year_{year}, vocabulary_{vocabulary} {}

    DerivationNode node(const Derivation& derivation) const;

private:
    DerivationNode comparison(const Derivation& derivation) const;
    DerivationNode quantifier(const Derivation& derivation, const std::string& requirement) const;
    DerivationNode logic(const Derivation& derivation) const;
    DerivationNode value(const ComparedValue& value) const;
    void add_values(const Derivation& derivation, DerivationNode& node) const;
    void add_parts(const Derivation& derivation, DerivationNode& node) const;
    std::string bound_to(const Derivation& derivation) const;
    std::string threshold(const ComparedValue& value) const;

    model::SchoolYear year_;
    const Vocabulary& vocabulary_;
};

/// «32,0 % …. На одного ученика меньше — и условие не выполнялось бы.»
std::string gap_sentence(const ComparedValue& value) {
    if (!value.gap || *value.gap == 0) return "";
    return fmt::format(" {} — и условие {}выполнялось бы.", capitalised(gap_words(*value.gap)),
                       value.outcome == Outcome::met ? "не " : "");
}

std::string TreeMaker::threshold(const ComparedValue& value) const {
    const std::string_view whose = territory_of(value.threshold_text);
    return fmt::format("порог: {}{}",
                       threshold_words(value.comparison, value.threshold, value.threshold_unit),
                       whose.empty() ? "" : fmt::format(" ({})", whose));
}

/// The procedure of a part of a quantifier, or its year when it is not the list's.
std::string TreeMaker::bound_to(const Derivation& derivation) const {
    if (derivation.procedure) {
        return value_label({.procedure = derivation.procedure, .value = {}}, year_, vocabulary_);
    }
    if (derivation.year && *derivation.year != year_) return model::title(*derivation.year);
    return "";
}

DerivationNode TreeMaker::value(const ComparedValue& value) const {
    DerivationNode node;
    node.text = fmt::format("{}: {}", value_label(value, year_, vocabulary_),
                            value.value.known() ? measured_words(value, vocabulary_)
                                                : value_text(value.value, value.unit));
    if (value.comparison.empty()) {
        node.text += ".";
    } else {
        node.text += fmt::format(", {}.{}", threshold(value), gap_sentence(value));
        node.outcome = value.outcome;
    }
    for (const model::Source& source : merged(value.sources)) {
        node.sources.push_back(sources_words({source}));
    }
    if (!node.sources.empty()) node.procedure = value.procedure;
    return node;
}

void TreeMaker::add_values(const Derivation& derivation, DerivationNode& node) const {
    for (const ComparedValue& one : compared_values(derivation)) node.parts.push_back(value(one));
}

/// Met ones first: they decide; then those that are not met, and what is unknown.
void TreeMaker::add_parts(const Derivation& derivation, DerivationNode& node) const {
    for (const Derivation& part : derivation.parts) {
        if (!is_given(part)) node.parts.push_back(this->node(part));
    }
    std::ranges::stable_sort(node.parts, {}, &DerivationNode::outcome);
}

DerivationNode TreeMaker::comparison(const Derivation& derivation) const {
    const auto compared = compared_value(derivation);
    if (compared && !compared->indicator.empty()) return value(*compared);
    const auto counted = std::ranges::find_if(derivation.parts, [](const Derivation& side) {
        return side.kind == Kind::quantifier && joint_of(side) == Joint::count;
    });
    DerivationNode node;
    if (compared && counted != derivation.parts.end()) {
        node = quantifier(*counted, threshold(*compared));
    } else if (compared) {
        const bool second = derivation.parts[0].parts.empty() && !derivation.parts[1].parts.empty();
        const std::string label = computed_label(derivation.parts[second ? 1 : 0], vocabulary_);
        const std::string bound = bound_to(derivation);
        node.text =
            fmt::format("{}: {}, {}.", bound.empty() ? capitalised(label) : bound + ", " + label,
                        value_text_beside(compared->value, compared->threshold, compared->unit),
                        threshold(*compared));
        for (const Derivation& side : derivation.parts) add_values(side, node);
    } else {
        const std::string bound = bound_to(derivation);
        const std::string words = plain_condition(derivation.text);
        node.text = bound.empty() ? capitalised(words) + "." : bound + " — " + words + ".";
        add_values(derivation, node);
    }
    node.outcome = derivation.outcome;
    return node;
}

DerivationNode TreeMaker::quantifier(const Derivation& derivation,
                                     const std::string& requirement) const {
    const auto count = [&](Outcome outcome) {
        return std::ranges::count(derivation.parts, outcome, &Derivation::outcome);
    };
    const bool of_procedures = std::ranges::any_of(
        derivation.parts, [](const Derivation& part) { return part.procedure.has_value(); });
    const bool of_years = std::ranges::any_of(
        derivation.parts, [](const Derivation& part) { return part.year.has_value(); });
    DerivationNode node{.outcome = derivation.outcome};
    if (derivation.parts.empty()) {
        node.text =
            fmt::format("Подходящих процедур нет: ни одна не проводилась ({}).", requirement);
        return node;
    }
    const auto undecided = count(Outcome::unknown) + count(Outcome::not_applicable);
    node.text = fmt::format("Подходящих {}: {} из {}{}, {}.",
                            of_procedures ? "процедур"
                            : of_years    ? "лет"
                                          : "условий",
                            count(Outcome::met), derivation.parts.size(),
                            undecided == 0 ? "" : fmt::format(" (не проверено: {})", undecided),
                            requirement);
    add_parts(derivation, node);
    return node;
}

std::string logic_words(const Derivation& derivation) {
    switch (joint_of(derivation)) {
        case Joint::all:
            return "Должно выполняться всё";
        case Joint::one:
            return "Достаточно одного";
        case Joint::negation:
            return "Не должно выполняться";
        case Joint::count:
            return fmt::format("Должно выполняться не менее {} из условий",
                               required_count(derivation.text));
        case Joint::other:
            break;
    }
    return capitalised(plain_condition(derivation.text));
}

DerivationNode TreeMaker::logic(const Derivation& derivation) const {
    const bool negation = joint_of(derivation) == Joint::negation;
    if (derivation.parts.size() == 1 && !negation) return node(derivation.parts[0]);
    const std::string bound = bound_to(derivation);
    DerivationNode made{
        .text = bound.empty() ? logic_words(derivation) + "."
                              : bound + ": " + with_small_letter(logic_words(derivation)) + ".",
        .outcome = derivation.outcome};
    add_parts(derivation, made);
    return made;
}

DerivationNode TreeMaker::node(const Derivation& derivation) const {
    switch (derivation.kind) {
        case Kind::comparison:
            return comparison(derivation);
        case Kind::logic:
            return logic(derivation);
        case Kind::indicator: {
            const auto values = compared_values(derivation);
            return values.empty() ? DerivationNode{.text = derivation.text} : value(values.front());
        }
        case Kind::quantifier:
            if (is_true_or_false(derivation)) {
                const bool all = joint_of(derivation) == Joint::all;
                return quantifier(derivation, all ? "нужны все" : "достаточно одной");
            }
            [[fallthrough]];
        case Kind::arithmetic:
        case Kind::parameter:
        case Kind::constant:
            break;
    }
    DerivationNode made{.text = fmt::format("{}: {}.",
                                            capitalised(computed_label(derivation, vocabulary_)),
                                            value_text(derivation.value, derivation.unit))};
    add_values(derivation, made);
    return made;
}

}  // namespace

DerivationNode derivation_tree(const Derivation& derivation, model::SchoolYear year,
                               const Vocabulary& vocabulary) {
    DerivationNode tree = TreeMaker{year, vocabulary}.node(derivation);
    const std::string group = comparison_group(derivation);
    if (!group.empty()) tree.parts.push_back({.text = "Группа сравнения: " + group + "."});
    return tree;
}

}  // namespace opora::wording

#include "opora/wording/compared_value.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "opora/wording/gap.hpp"
#include "opora/wording/numbers.hpp"

namespace opora::wording {

namespace {

using Kind = model::Derivation::Kind;

bool is_given(const model::Derivation& side) {
    return side.kind == Kind::parameter || side.kind == Kind::constant;
}

ComparedValue value_of(const model::Derivation& node) {
    return {.indicator = node.indicator,
            .text = node.text,
            .procedure = node.procedure,
            .year = node.year,
            .value = node.value,
            .unit = node.unit,
            .has_interval = node.has_interval,
            .interval_low = node.interval_low,
            .interval_high = node.interval_high,
            .years_pooled = node.years_pooled,
            .sources = node.sources};
}

/// «low_share(p, year before)» is of the year before; «2 years before» of two years before.
int years_before(std::string_view text) {
    const std::size_t before = text.find(" before");
    if (before == std::string_view::npos) return 0;
    const std::string_view head = text.substr(0, before);
    if (head.ends_with("year")) return 1;
    if (!head.ends_with(" years")) return 0;
    const std::string_view number = head.substr(0, head.size() - 6);
    const std::size_t digits = number.find_last_not_of("0123456789") + 1;  // npos + 1 is 0.
    int years = 0;
    std::from_chars(number.data() + digits, number.data() + number.size(), years);
    return years;
}

/// A result that is not there has nothing to date it by: it still carries the procedure of the year
/// asked for.
void date_missing(ComparedValue& value, const model::Derivation& parent) {
    if (value.value.known() || !parent.procedure) return;
    if (value.procedure != parent.procedure) return;
    value.procedure->year = value.procedure->year - years_before(value.text);
    value.year = value.procedure->year;
}

bool same_value(const ComparedValue& left, const ComparedValue& right) {
    return left.indicator == right.indicator && left.text == right.text &&
           left.procedure == right.procedure && left.year == right.year &&
           left.value == right.value && left.comparison == right.comparison &&
           left.threshold == right.threshold;
}

void add(std::vector<ComparedValue>& values, ComparedValue value) {
    const bool known = std::ranges::any_of(
        values, [&](const ComparedValue& other) { return same_value(value, other); });
    if (!known) values.push_back(std::move(value));
}

void collect(const model::Derivation& node, const model::Derivation& parent,
             std::vector<ComparedValue>& values) {
    if (auto compared = compared_value(node); compared && !compared->indicator.empty()) {
        add(values, std::move(*compared));
        return;
    }
    if (node.kind == Kind::indicator) {
        ComparedValue value = value_of(node);
        date_missing(value, parent);
        add(values, std::move(value));
        return;
    }
    for (const model::Derivation& part : node.parts) collect(part, node, values);
}

/// Whether a part is a condition that came out otherwise than met: nothing below it speaks for the
/// whole.
bool fell_short(const model::Derivation& part) {
    const bool condition =
        part.kind == Kind::logic || part.kind == Kind::comparison ||
        (part.kind == Kind::quantifier && part.outcome != model::Outcome::not_applicable);
    return condition && part.outcome != model::Outcome::met;
}

void collect_met(const model::Derivation& node, const model::Derivation& parent,
                 std::vector<ComparedValue>& values) {
    const auto compared = compared_value(node);
    if ((compared && !compared->indicator.empty()) || node.kind == Kind::indicator) {
        collect(node, parent, values);
        return;
    }
    const bool negated = node.kind == Kind::logic && node.parts.size() == 1;
    for (const model::Derivation& part : node.parts) {
        if (negated || !fell_short(part)) collect_met(part, node, values);
    }
}

void collect_sources(const model::Derivation& node, std::vector<model::Source>& sources) {
    sources.insert(sources.end(), node.sources.begin(), node.sources.end());
    for (const model::Derivation& part : node.parts) collect_sources(part, sources);
}

}  // namespace

std::optional<ComparedValue> compared_value(const model::Derivation& node) {
    if (node.kind != Kind::comparison || node.comparison.empty()) return std::nullopt;
    if (node.parts.size() != 2) return std::nullopt;
    const bool swapped = is_given(node.parts[0]) && !is_given(node.parts[1]);
    const model::Derivation& measured = node.parts[swapped ? 1 : 0];
    const model::Derivation& other = node.parts[swapped ? 0 : 1];

    ComparedValue value = value_of(measured);
    if (!value.procedure) value.procedure = node.procedure;
    if (!value.year) value.year = node.year;
    date_missing(value, node);
    value.comparison = swapped ? mirrored(node.comparison) : node.comparison;
    value.threshold = other.value;
    value.threshold_unit = other.unit == model::Unit::number ? measured.unit : other.unit;
    value.threshold_text = other.text;
    value.outcome = node.outcome;
    const bool decided =
        node.outcome == model::Outcome::met || node.outcome == model::Outcome::not_met;
    if (decided && measured.kind == Kind::indicator) {
        value.gap = gap_in_people(value.value, value.unit, value.comparison, value.threshold);
    }
    return value;
}

std::vector<ComparedValue> compared_values(const model::Derivation& tree) {
    std::vector<ComparedValue> values;
    collect(tree, tree, values);
    return values;
}

std::vector<ComparedValue> values_met(const model::Derivation& tree) {
    std::vector<ComparedValue> values;
    collect_met(tree, tree, values);
    std::erase_if(values, [](const ComparedValue& one) {
        return one.outcome != model::Outcome::met || one.comparison.empty() || !one.value.known();
    });
    return values;
}

std::vector<model::Source> merged(std::vector<model::Source> sources) {
    std::ranges::sort(sources);
    std::vector<model::Source> spans;
    for (model::Source& source : sources) {
        const bool continues = !spans.empty() && spans.back().file == source.file &&
                               source.row_first <= spans.back().row_last + 1;
        if (continues) {
            spans.back().row_last = std::max(spans.back().row_last, source.row_last);
        } else {
            spans.push_back(std::move(source));
        }
    }
    return spans;
}

std::vector<model::Source> sources_of(const model::Derivation& tree) {
    std::vector<model::Source> sources;
    collect_sources(tree, sources);
    return merged(std::move(sources));
}

}  // namespace opora::wording

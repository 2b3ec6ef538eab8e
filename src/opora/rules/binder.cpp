#include <algorithm>
#include <functional>

#include "opora/base/expects.hpp"
#include "opora/rules/program.hpp"
#include "opora/rules/set_binder.hpp"

namespace opora::rules {

namespace {

using indicators::Evidence;
using indicators::ProcedureNumber;

class Binder {
public:
    Binder(const Pack& pack, const Evidence& evidence, model::SchoolYear year)
        : pack_{pack}, evidence_{evidence} {
        program_.evidence = &evidence;
        program_.year = year;
        program_.rank_cache = std::make_unique<RankCache>();
        program_.n_min = std::max<std::int64_t>(1, whole(value_of(pack, pack.inclusion.n_min)));
        const std::string small = value_of(pack, pack.inclusion.below_n_min);
        program_.small = small == "unknown"   ? SmallNumbers::unknown
                         : small == "counted" ? SmallNumbers::counted
                                              : SmallNumbers::not_counted;
        if (value_of(pack, pack.inclusion.missing_members) == "skip") {
            program_.missing_members = MissingMembers::skip;
        }
        const std::string marked = value_of(pack, pack.inclusion.marked_results);
        if (marked != "counted") program_.marks_excluded |= indicators::official_mark;
        if (marked == "all_excluded") program_.marks_excluded |= indicators::computed_mark;
        program_.one_year_lists_nobody =
            value_of(pack, pack.decision.missing_earlier_years) == "not_listed";
        index_procedures();
    }

    Program bound() {
        for (const Rule& rule : pack_.rules) {
            program_.applies.push_back(rule.applies ? add(*rule.applies) : none);
            program_.rules.push_back(add(rule.when));
        }
        if (pack_.decision.listing) program_.listing = add(*pack_.decision.listing);
        if (pack_.decision.watch) program_.watch = add(*pack_.decision.watch);
        if (pack_.decision.exit) program_.exit = add(*pack_.decision.exit);
        link_years();
        fill_references();
        return std::move(program_);
    }

private:
    struct Scope {
        std::vector<std::string> variables;  ///< By slot; empty names for years.
        std::optional<indicators::Scope> reference;
    };

    static std::int64_t whole(const Quantity& quantity) {
        return quantity.value.numerator / quantity.value.denominator;
    }

    void index_procedures() {
        const auto procedures = evidence_.procedures();
        for (ProcedureNumber i = 0; i < procedures.size(); ++i) {
            auto& [first, last] = program_.procedures_of_year[year_index(procedures[i].year)];
            if (first == last) first = i;
            last = i + 1;
            years_.push_back(procedures[i].year);
        }
        const auto repeated = std::ranges::unique(years_);
        years_.erase(repeated.begin(), repeated.end());
    }

    std::uint32_t add_set(const ProcedureFilter& filter) {
        for (std::uint32_t i = 0; i < filters_.size(); ++i) {
            if (filters_[i] == filter) return i;
        }
        filters_.push_back(filter);
        program_.sets.push_back(bind_set(pack_, evidence_, filter));
        return static_cast<std::uint32_t>(program_.sets.size() - 1);
    }

    // ---- nodes -----------------------------------------------------------------------------

    NodeNumber add(const Expression& expression) { return add(expression, Scope{}); }

    NodeNumber add(const Expression& expression, const Scope& outer) {
        if (expression.operation == Operation::choose) {
            return add(chosen(expression), outer);
        }
        if (expression.operation == Operation::reference) {
            Scope inner = outer;
            inner.reference = expression.scope;
            return add(expression.parts[0], inner);
        }
        Node node;
        node.operation = expression.operation;
        node.comparison = expression.comparison;
        node.aggregate = expression.aggregate;
        node.type = expression.type;
        node.scope = expression.scope;
        node.years_before = expression.years_before;
        node.source = &expression;
        complete(node, expression, outer);
        Scope inner = outer;
        const bool binds = node.operation == Operation::truth_quantifier ||
                           node.operation == Operation::number_quantifier;
        if (binds && expression.procedures) {
            node.slot = static_cast<std::uint32_t>(inner.variables.size());
            inner.variables.push_back(expression.argument);
        }
        std::vector<NodeNumber> parts;
        for (const Expression& part : expression.parts) parts.push_back(add(part, inner));
        node.parts = static_cast<std::uint32_t>(program_.parts.size());
        node.part_count = static_cast<std::uint32_t>(parts.size());
        program_.parts.insert(program_.parts.end(), parts.begin(), parts.end());
        if (binds && !expression.procedures) node.window = add_window(expression, outer);
        node.ratio_with_constant = node.operation == Operation::comparison &&
                                   is_ratio(program_.nodes[parts[0]]) &&
                                   program_.nodes[parts[1]].constant != none;
        program_.nodes.push_back(node);
        return static_cast<NodeNumber>(program_.nodes.size() - 1);
    }

    static bool is_ratio(const Node& node) {
        return node.operation == Operation::indicator && node.set == none && node.reference == none;
    }

    const Expression& chosen(const Expression& choose) const {
        const std::string reading = value_of(pack_, Setting<Choice>{{}, choose.name});
        const auto place = std::ranges::find(choose.readings, reading);
        OPORA_EXPECTS(place != choose.readings.end());
        return choose.parts[static_cast<std::size_t>(place - choose.readings.begin())];
    }

    void complete(Node& node, const Expression& expression, const Scope& outer) {
        if (expression.procedures) node.set = add_set(*expression.procedures);
        switch (node.operation) {
            case Operation::constant:
                node.constant = add_constant(expression.number);
                break;
            case Operation::parameter:
                node.constant =
                    add_constant(value_of(pack_, Setting<Quantity>{{}, expression.name}).value);
                break;
            case Operation::indicator:
                node.indicator = indicators::find_procedure_indicator(expression.name);
                if (!expression.procedures) node.slot = slot_of(expression.argument, outer);
                if (outer.reference)
                    node.reference = add_reference(node.indicator, *outer.reference);
                break;
            case Operation::was_held:
                node.slot = slot_of(expression.argument, outer);
                break;
            case Operation::significantly_below:
            case Operation::significantly_above:
                node.reference = add_reference(
                    indicators::find_procedure_indicator(expression.parts[0].name), node.scope);
                break;
            case Operation::year_indicator:
                node.year_indicator = indicators::find_year_indicator(expression.name);
                break;
            case Operation::imported:
                node.code = evidence_.imported_number(expression.name);
                break;
            case Operation::fact:
                node.code = evidence_.fact_number(expression.name);
                break;
            case Operation::in_list:
                node.code = evidence_.imported_number(expression.name);
                node.list_years = add_list(node.code);
                break;
            case Operation::teaches:
                node.grades = grade_mask(expression.grade_first, expression.grade_last);
                break;
            case Operation::rule:
                node.code = static_cast<std::uint32_t>(
                    std::ranges::find(pack_.rules, expression.name, &Rule::id) -
                    pack_.rules.begin());
                break;
            default:
                break;
        }
    }

    static std::uint32_t slot_of(const std::string& variable, const Scope& scope) {
        const auto place = std::ranges::find(scope.variables, variable);
        OPORA_EXPECTS(place != scope.variables.end());
        return static_cast<std::uint32_t>(place - scope.variables.begin());
    }

    std::uint32_t add_constant(const base::Fraction& number) {
        program_.constants.push_back(number_of_fraction<Approximate>(number));
        program_.exact_constants.push_back(base::exact(number));
        return static_cast<std::uint32_t>(program_.constants.size() - 1);
    }

    std::array<std::uint8_t, table_years>* add_list(std::uint32_t code) {
        auto years = std::make_unique<std::array<std::uint8_t, table_years>>();
        years->fill(0);
        if (code != indicators::nothing) {
            for (indicators::SchoolNumber s = 0; s < evidence_.schools().size(); ++s) {
                for (int back = 0; back <= years_looked_back; ++back) {
                    const model::SchoolYear year = program_.year - back;
                    const auto* value = evidence_.imported(s, code, year);
                    if (value != nullptr && value->value == base::Fraction{1, 1}) {
                        (*years)[year_index(year)] = 1;
                    }
                }
            }
        }
        program_.lists.push_back(std::move(years));
        return program_.lists.back().get();
    }

    // ---- windows ---------------------------------------------------------------------------

    std::uint32_t add_window(const Expression& expression, const Scope& outer) {
        auto window = std::make_unique<BoundWindow>();
        const WindowReference& reference = expression.window;
        using Kind = WindowReference::Kind;
        if (reference.kind == Kind::named) {
            const auto found = std::ranges::find(pack_.windows, reference.name, &Window::name);
            OPORA_EXPECTS(found != pack_.windows.end());
            window->years = static_cast<int>(whole(value_of(pack_, found->years)));
            window->end_before = value_of(pack_, found->ends) == "year_before" ? 1 : 0;
            const std::string without = value_of(pack_, found->without_procedure);
            window->without = without == "last_held" ? YearWithoutProcedure::last_held
                              : without == "shorten" ? YearWithoutProcedure::shorten
                                                     : YearWithoutProcedure::unknown;
        } else {
            window->years = reference.name.empty()
                                ? reference.years
                                : static_cast<int>(whole(
                                      value_of(pack_, Setting<Quantity>{{}, reference.name})));
            window->end_before = reference.kind == Kind::previous ? 1 : 0;
        }
        window->years = std::max(window->years, 1);
        window->held.fill(1);
        ask_body(expression.parts[0], outer, *window);
        program_.windows.push_back(std::move(window));
        return static_cast<std::uint32_t>(program_.windows.size() - 1);
    }

    /// A year counts as held when anybody has what the body of the window asks for.
    void ask_body(const Expression& body, const Scope& outer, BoundWindow& window) {
        if (body.operation == Operation::choose) return ask_body(chosen(body), outer, window);
        if (body.procedures) {
            const BoundSet& set = *program_.sets[add_set(*body.procedures)];
            for (std::size_t i = 0; i < table_years; ++i) {
                if (set.members[i].empty()) window.held[i] = 0;
            }
        }
        const bool of_procedure =
            body.operation == Operation::indicator || body.operation == Operation::was_held;
        if (of_procedure && !body.procedures) {
            const auto place = std::ranges::find(outer.variables, body.argument);
            if (place != outer.variables.end()) {
                window.slots.push_back(static_cast<std::uint32_t>(place - outer.variables.begin()));
            }
        }
        if (body.operation == Operation::imported || body.operation == Operation::fact ||
            body.operation == Operation::year_indicator) {
            ask_fact(body, window);
        }
        for (const Expression& part : body.parts) ask_body(part, outer, window);
    }

    void ask_fact(const Expression& body, BoundWindow& window) {
        for (std::size_t i = 0; i < table_years; ++i) {
            const model::SchoolYear year{table_year_first + static_cast<int>(i)};
            const bool near = year <= program_.year && year >= program_.year - years_looked_back;
            if (near && !anybody_has(body, year)) window.held[i] = 0;
        }
    }

    bool anybody_has(const Expression& body, model::SchoolYear year) const {
        const auto* indicator = indicators::find_year_indicator(body.name);
        const bool imported = body.operation == Operation::imported;
        const std::uint32_t code =
            imported ? evidence_.imported_number(body.name)
                     : evidence_.fact_number(indicator != nullptr ? indicator->numerator_fact
                                                                  : std::string_view{body.name});
        if (code == indicators::nothing) return false;
        for (indicators::SchoolNumber s = 0; s < evidence_.schools().size(); ++s) {
            const bool has = imported ? evidence_.imported(s, code, year) != nullptr
                                      : evidence_.fact(s, code, year).has_value();
            if (has) return true;
        }
        return false;
    }

    // ---- lookups across years and territories ------------------------------------------------

    void link_years() {
        const auto count = static_cast<ProcedureNumber>(evidence_.procedures().size());
        std::vector<std::uint8_t> used(count, 0);
        for (const auto& set : program_.sets) {
            for (ProcedureNumber i = 0; i < count; ++i) used[i] |= set->member[i];
        }
        for (const model::SchoolYear year : years_) {
            auto& works = program_.same_work[year_index(year)];
            works.assign(count, indicators::nothing);
            for (ProcedureNumber i = 0; i < count; ++i) {
                if (used[i] != 0) {
                    works[i] = evidence_.in_year(i, year).value_or(indicators::nothing);
                }
            }
        }
    }

    std::uint32_t add_reference(const indicators::ProcedureIndicator* indicator,
                                indicators::Scope scope) {
        for (std::uint32_t i = 0; i < program_.references.size(); ++i) {
            const ReferenceTable& table = program_.references[i];
            if (table.indicator == indicator && table.scope == scope) return i;
        }
        ReferenceTable table;
        table.indicator = indicator;
        table.scope = scope;
        program_.references.push_back(std::move(table));
        return static_cast<std::uint32_t>(program_.references.size() - 1);
    }

    void fill_references() {
        for (ReferenceTable& table : program_.references) {
            std::vector<indicators::SchoolNumber> representatives;
            std::map<std::uint32_t, std::uint32_t> rows;
            for (indicators::SchoolNumber s = 0; s < evidence_.schools().size(); ++s) {
                const std::uint32_t place = table.scope == indicators::Scope::cluster
                                                ? evidence_.cluster(s)
                                                : evidence_.territory(s, table.scope);
                if (place == indicators::nothing) {
                    table.row_of_school.push_back(none);
                    continue;
                }
                const auto [row, fresh] =
                    rows.try_emplace(place, static_cast<std::uint32_t>(rows.size()));
                if (fresh) representatives.push_back(s);
                table.row_of_school.push_back(row->second);
            }
            table.procedures = evidence_.procedures().size();
            for (const indicators::SchoolNumber school : representatives) fill_row(table, school);
        }
    }

    void fill_row(ReferenceTable& table, indicators::SchoolNumber school) const {
        for (ProcedureNumber i = 0; i < table.procedures; ++i) {
            const auto* imported =
                table.indicator == nullptr
                    ? nullptr
                    : evidence_.reference(school, table.scope, i, table.indicator->code);
            table.computed.push_back(imported == nullptr ? 1 : 0);
            table.values.push_back(imported != nullptr ? model::Measurement{imported->value,
                                                                            imported->n.value_or(0),
                                                                            model::Missing::none}
                                                       : computed_value(table, school, i));
        }
    }

    model::Measurement computed_value(const ReferenceTable& table, indicators::SchoolNumber school,
                                      ProcedureNumber procedure) const {
        const auto missing = model::Measurement::absent(model::Missing::no_reference);
        if (table.indicator == nullptr) return missing;
        const auto* counts = evidence_.total(school, table.scope, procedure);
        if (counts == nullptr) return missing;
        const model::Measurement value = table.indicator->measure(*counts);
        return value.known() ? value : missing;
    }

    /// Lists and facts are looked for in this many years before the year asked for.
    static constexpr int years_looked_back = 12;

    const Pack& pack_;
    const Evidence& evidence_;
    Program program_;
    std::vector<model::SchoolYear> years_;
    std::vector<ProcedureFilter> filters_;
};

}  // namespace

Program bind(const Pack& pack, const indicators::Evidence& evidence, model::SchoolYear year) {
    return Binder{pack, evidence, year}.bound();
}

}  // namespace opora::rules

#include "opora/rules/resolver.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/indicators/catalogue.hpp"
#include "opora/rules/type_rules.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

using model::Unit;

/// Definitions in place of their calls may multiply an expression; beyond this it is refused.
constexpr std::size_t nodes_max = 20'000;
constexpr std::size_t variables_max = 8;

struct Variable {
    std::string name;
    bool procedure = true;  ///< Otherwise a year.
};

class Resolver {
public:
    explicit Resolver(CheckContext& context) : context_{context} {
        if (!context.variable.empty()) variables_.push_back({context.variable, true});
    }

    void walk(Expression& node) {
        if (++nodes_ > nodes_max) {
            if (nodes_ == nodes_max + 1) {
                refuse(node, "expression_size", "Выражение вместе с определениями слишком велико",
                       "не более 20 000 частей", "");
            }
            return;
        }
        resolve(node);
        const bool binds = node.operation == Operation::truth_quantifier ||
                           node.operation == Operation::number_quantifier;
        const bool reference = node.operation == Operation::reference;
        if (binds) bind(node);
        if (reference && references_++ > 0) {
            refuse(node, "expression_reference", "Значение территории внутри значения территории",
                   "одно region(…), district(…), country(…) или cluster(…)", node.text);
        }
        for (Expression& part : node.parts) walk(part);
        if (reference) --references_;
        if (binds) variables_.pop_back();
    }

private:
    void refuse(const Expression& node, std::string_view code, std::string_view message,
                std::string_view expected, std::string_view found) {
        context_.errors.push_back({std::string{code}, std::string{message}, node.offset,
                                   std::string{expected}, std::string{found}});
    }

    // ---- names -----------------------------------------------------------------------------

    void resolve(Expression& node) {
        switch (node.operation) {
            case Operation::name:
                return resolve_name(node);
            case Operation::call:
                return resolve_call(node);
            case Operation::choose:
                return resolve_choice(node);
            case Operation::imported:
            case Operation::fact:
            case Operation::in_list:
                return forbid_in_reference(node);
            default:
                if (node.procedures) check_filter(node, *node.procedures);
                if (node.window.kind != WindowReference::Kind::none) check_window(node);
        }
    }

    void resolve_name(Expression& node) {
        context_.used.insert(node.name);
        if (const Parameter* parameter = find_parameter(context_.pack, node.name)) {
            node.operation = Operation::parameter;
            if (!std::holds_alternative<Quantity>(parameter->value)) {
                refuse(node, "expression_parameter",
                       "Параметр с вариантами не число: варианты выбирает choose(…)",
                       fmt::format("choose({}, вариант -> выражение, …)", node.name), node.name);
            }
            return;
        }
        if (define(node, "")) return;
        if (const auto* indicator = indicators::find_year_indicator(node.name)) {
            node.operation = Operation::year_indicator;
            node.type = number_of(indicator->unit);
            return forbid_in_reference(node);
        }
        if (node.name == "objectivity_markers") {
            node.operation = Operation::markers;
            return forbid_in_reference(node);
        }
        if (context_.names_rules && is_rule(node.name)) {
            node.operation = Operation::rule;
            return;
        }
        refuse_unknown(node);
    }

    bool is_rule(std::string_view id) const {
        return std::ranges::find(context_.pack.rules, id, &Rule::id) != context_.pack.rules.end();
    }

    void resolve_call(Expression& node) {
        if (node.name == "was_held") {
            node.operation = Operation::was_held;
            return check_variable(node);
        }
        if (node.name == "took" && node.procedures) {
            node.operation = Operation::took;
            return check_filter(node, *node.procedures);
        }
        context_.used.insert(node.name);
        if (define(node, node.argument)) return;
        if (const auto* indicator = indicators::find_procedure_indicator(node.name);
            indicator != nullptr || node.name == "bottom_quartile_share") {
            node.operation = Operation::indicator;
            node.type = number_of(indicator != nullptr ? indicator->unit : Unit::share);
            if (node.procedures) return check_filter(node, *node.procedures);
            return check_variable(node);
        }
        if (const auto* indicator = indicators::find_year_indicator(node.name)) {
            node.operation = Operation::year_indicator;
            node.type = number_of(indicator->unit);
            if (!node.argument.empty() || node.procedures) {
                refuse(node, "expression_argument",
                       "Показатель школы за год не относится к процедуре",
                       fmt::format("{} или {}(year before)", node.name, node.name), node.text);
            }
            return forbid_in_reference(node);
        }
        refuse_unknown(node);
    }

    /// Puts the definition in place of its name; false if there is none of that name.
    bool define(Expression& node, const std::string& argument) {
        const auto& all = context_.pack.definitions;
        const auto found = std::ranges::find(all, node.name, &Definition::name);
        if (found == all.end()) return false;
        const bool fits = found->variable.empty() == argument.empty() && !node.procedures &&
                          node.years_before == 0;
        if (!fits) {
            refuse(node, "expression_argument", "Определение вызвано не так, как оно записано",
                   found->variable.empty() ? found->name : fmt::format("{}(p)", found->name),
                   node.text);
            return true;
        }
        const std::size_t offset = node.offset;
        if (is_refused(found->expression)) {
            context_.broken = true;
            node = Expression{};
            return true;
        }
        node = found->expression;
        if (!argument.empty() && !rename(node, found->variable, argument)) {
            refuse(node, "expression_variable",
                   "Имя переменной совпадает с переменной внутри определения",
                   "другое имя переменной", argument);
            node = Expression{};
            return true;
        }
        place(node, offset);
        resolve(node);
        return true;
    }

    /// False if the new name would be caught by a quantifier of the definition.
    static bool rename(Expression& node, const std::string& from, const std::string& to) {
        const bool quantifier = node.operation == Operation::truth_quantifier ||
                                node.operation == Operation::number_quantifier;
        if (quantifier && node.argument == to && from != to) return false;
        if (quantifier && node.argument == from) return true;
        if (!quantifier && node.argument == from) node.argument = to;
        return std::ranges::all_of(node.parts,
                                   [&](Expression& part) { return rename(part, from, to); });
    }

    /// Mistakes found in a definition's text are shown at its call.
    static void place(Expression& node, std::size_t offset) {
        node.offset = offset;
        for (Expression& part : node.parts) place(part, offset);
    }

    void resolve_choice(Expression& node) {
        context_.used.insert(node.name);
        const Parameter* parameter = find_parameter(context_.pack, node.name);
        if (parameter == nullptr) return refuse_unknown(node);
        if (!std::holds_alternative<Choice>(parameter->value)) {
            return refuse(node, "expression_parameter", "choose выбирает по параметру с вариантами",
                          "параметр, значение которого — имя варианта", node.name);
        }
        std::vector<std::string> allowed{std::get<Choice>(parameter->value).reading};
        for (const ParameterValue& other : parameter->other) {
            if (const auto* choice = std::get_if<Choice>(&other))
                allowed.push_back(choice->reading);
        }
        std::vector<std::string> written = node.readings;
        std::ranges::sort(allowed);
        std::ranges::sort(written);
        if (allowed != written) {
            refuse(node, "expression_choice", "Варианты choose не совпадают с вариантами параметра",
                   fmt::format("{}", fmt::join(allowed, ", ")),
                   fmt::format("{}", fmt::join(written, ", ")));
        }
    }

    void refuse_unknown(const Expression& node) {
        std::vector<std::string_view> known;
        for (const Parameter& parameter : context_.pack.parameters) known.push_back(parameter.name);
        for (const Definition& definition : context_.pack.definitions) {
            known.push_back(definition.name);
        }
        if (context_.names_rules) {
            for (const Rule& rule : context_.pack.rules) known.push_back(rule.id);
        }
        for (const auto& indicator : indicators::procedure_indicators()) {
            known.push_back(indicator.code);
        }
        for (const auto& indicator : indicators::year_indicators()) known.push_back(indicator.code);
        const auto near = nearest(node.name, known);
        refuse(
            node, "expression_unknown_name",
            "Такого имени нет ни среди показателей, ни среди параметров и определений методики",
            near ? fmt::format("возможно, {}", *near) : "имя показателя, параметра или определения",
            node.name);
    }

    // ---- variables, filters, windows -------------------------------------------------------

    void bind(Expression& node) {
        if (node.argument.empty()) {  // «mean over window of …» binds no name.
            variables_.push_back({"", false});
            return;
        }
        const bool taken =
            std::ranges::find(variables_, node.argument, &Variable::name) != variables_.end() ||
            find_parameter(context_.pack, node.argument) != nullptr || is_reserved(node.argument);
        if (taken) {
            refuse(node, "expression_variable", "Имя переменной уже занято", "другое имя",
                   node.argument);
        }
        if (variables_.size() >= variables_max) {
            refuse(node, "expression_depth", "Слишком много вложенных множеств", "не более 8", "");
        }
        variables_.push_back({node.argument, node.procedures.has_value()});
    }

    void check_variable(const Expression& node) {
        const auto found = std::ranges::find(variables_, node.argument, &Variable::name);
        if (!node.argument.empty() && found != variables_.end() && found->procedure) return;
        refuse(node, "expression_variable", "Показатель процедуры нужно отнести к процедуре",
               fmt::format("{0}(p) внутри any(p in held(…), …) или {0}(ОГЭ)", node.name),
               node.argument.empty() ? node.text : node.argument);
    }

    void forbid_in_reference(const Expression& node) {
        if (references_ == 0) return;
        refuse(node, "expression_reference",
               "Значение территории есть только у показателей процедур",
               "показатель процедуры: region(score_share(p))", node.text);
    }

    void check_list(const Expression& node, const NameList& list) {
        if (list.parameter.empty()) return;
        context_.used.insert(list.parameter);
        const Parameter* parameter = find_parameter(context_.pack, list.parameter);
        if (parameter == nullptr || !std::holds_alternative<CodeList>(parameter->value)) {
            refuse(node, "expression_parameter", "Нужен параметр со списком",
                   "параметр вида {value: [russian, mathematics], …}", list.parameter);
        }
    }

    void check_filter(const Expression& node, const ProcedureFilter& filter) {
        check_list(node, filter.types);
        check_list(node, filter.subjects);
        for (const std::string& type : filter.types.names) {
            if (!model::procedure_type(type)) {
                refuse(node, "expression_procedure", "Такого вида процедур нет",
                       "ВПР, ОГЭ, ЕГЭ, ГВЭ, НИКО, РДР, ВСОКО, диагностика", type);
            }
        }
    }

    void check_window(const Expression& node) {
        const WindowReference& window = node.window;
        if (window.name.empty()) return;
        context_.used.insert(window.name);
        if (window.kind == WindowReference::Kind::named) {
            const auto& all = context_.pack.windows;
            if (std::ranges::find(all, window.name, &Window::name) != all.end()) return;
            return refuse(node, "expression_window", "Такого окна лет в методике нет",
                          "last(3 years), previous(3 years) или окно раздела windows", window.name);
        }
        const Parameter* parameter = find_parameter(context_.pack, window.name);
        const Quantity* years =
            parameter != nullptr ? std::get_if<Quantity>(&parameter->value) : nullptr;
        if (years == nullptr || years->unit != Unit::years) {
            refuse(node, "expression_window", "Длину окна задаёт параметр в годах",
                   "параметр вида {value: 3 years, …}", window.name);
        }
    }

    CheckContext& context_;
    std::vector<Variable> variables_;
    std::size_t nodes_ = 0;
    int references_ = 0;
};

}  // namespace

Expression refused_expression() {
    Expression expression;
    expression.operation = Operation::name;
    return expression;
}

bool is_refused(const Expression& expression) {
    return expression.operation == Operation::name && expression.name.empty();
}

void resolve_names(Expression& expression, CheckContext& context) {
    Resolver{context}.walk(expression);
}

}  // namespace opora::rules

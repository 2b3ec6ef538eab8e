#include "opora/rules/checker.hpp"

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

class Checker {
public:
    explicit Checker(CheckContext& context) : context_{context} {
        if (!context.variable.empty()) variables_.push_back({context.variable, true});
    }

    /// Checks the parts, then the node itself; the type is set, or an error is noted.
    void check(Expression& node) {
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
        if (reference) ++references_;
        for (Expression& part : node.parts) check(part);
        if (reference) --references_;
        if (binds) variables_.pop_back();
        if (context_.errors.empty()) node.type = type_of(node);
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
            case Operation::name: return resolve_name(node);
            case Operation::call: return resolve_call(node);
            case Operation::choose: return resolve_choice(node);
            case Operation::imported:
            case Operation::fact:
            case Operation::in_list: return forbid_in_reference(node);
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
                   found->variable.empty() ? found->name
                                           : fmt::format("{}(p)", found->name),
                   node.text);
            return true;
        }
        const std::size_t offset = node.offset;
        node = found->expression;
        if (!argument.empty() && !rename(node, found->variable, argument)) {
            refuse(node, "expression_variable",
                   "Имя переменной совпадает с переменной внутри определения",
                   "другое имя переменной", argument);
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
            if (const auto* choice = std::get_if<Choice>(&other)) allowed.push_back(choice->reading);
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
        refuse(node, "expression_unknown_name",
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
        const bool taken = std::ranges::find(variables_, node.argument, &Variable::name) !=
                               variables_.end() ||
                           find_parameter(context_.pack, node.argument) != nullptr ||
                           is_reserved(node.argument);
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
        refuse(node, "expression_variable",
               "Показатель процедуры нужно отнести к процедуре",
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
                          "last(3 years), previous(3 years) или окно раздела windows",
                          window.name);
        }
        const Parameter* parameter = find_parameter(context_.pack, window.name);
        const Quantity* years =
            parameter != nullptr ? std::get_if<Quantity>(&parameter->value) : nullptr;
        if (years == nullptr || years->unit != Unit::years) {
            refuse(node, "expression_window", "Длину окна задаёт параметр в годах",
                   "параметр вида {value: 3 years, …}", window.name);
        }
    }

    // ---- types -----------------------------------------------------------------------------

    Type type_of(const Expression& node) {
        switch (node.operation) {
            case Operation::conjunction:
            case Operation::disjunction:
            case Operation::negation: return all_truths(node, 0);
            case Operation::at_least: return counted_truths(node);
            case Operation::comparison: return compared(node);
            case Operation::teaches:
            case Operation::in_list:
            case Operation::was_held:
            case Operation::rule: return truth;
            case Operation::truth_quantifier: return all_truths(node, 0);
            case Operation::number_quantifier: return aggregated(node);
            case Operation::lowest_in:
            case Operation::highest_in: return all_numbers(node), truth;
            case Operation::significantly_below:
            case Operation::significantly_above: return modelled(node);
            case Operation::percent_rank: return all_numbers(node), number_of(Unit::share);
            case Operation::constant:
            case Operation::indicator:
            case Operation::year_indicator: return node.type;
            case Operation::parameter: return parameter_type(node);
            case Operation::imported: return number_of(Unit::number);
            case Operation::fact:
            case Operation::markers: return number_of(Unit::count);
            case Operation::reference: return referred(node);
            case Operation::choose:
            case Operation::minimum:
            case Operation::maximum: return side_by_side(node);
            case Operation::negative:
            case Operation::absolute: return all_numbers(node), node.parts[0].type;
            case Operation::round_half_up:
            case Operation::floor:
            case Operation::ceiling: return rounded(node);
            case Operation::sum:
            case Operation::difference:
            case Operation::product:
            case Operation::quotient:
            case Operation::share_of: return combined(node);
            case Operation::name:
            case Operation::call: return node.type;  // An error has been noted.
        }
        return node.type;
    }

    Type all_truths(const Expression& node, std::size_t from) {
        for (std::size_t i = from; i < node.parts.size(); ++i) {
            if (node.parts[i].type.kind == Type::Kind::truth) continue;
            refuse(node.parts[i], "expression_type", "Здесь нужно условие, а стоит величина",
                   "сравнение, например low_share(p) >= 30 %", node.parts[i].text);
        }
        return truth;
    }

    void all_numbers(const Expression& node) {
        for (const Expression& part : node.parts) {
            if (part.type.kind == Type::Kind::number) continue;
            refuse(part, "expression_type", "Здесь нужна величина, а стоит условие",
                   "показатель, число или параметр", part.text);
        }
    }

    Type counted_truths(const Expression& node) {
        const Type& least = node.parts[0].type;
        if (!least.bare && least.unit != Unit::count) {
            refuse(node.parts[0], "expression_unit", "at least задают количеством",
                   "целое число или параметр-количество", node.parts[0].text);
        }
        return all_truths(node, 1);
    }

    void refuse_units(const Expression& node, std::string_view action) {
        const Type& left = node.parts[0].type;
        const Type& right = node.parts[1].type;
        std::string hint = "величины с одной единицей";
        const auto is = [](const Type& type, Unit unit) { return !type.bare && type.unit == unit; };
        if ((is(left, Unit::points) && is(right, Unit::share)) ||
            (is(left, Unit::share) && is(right, Unit::points))) {
            hint = "доли в %, разности долей в pp: разность двух долей пишут «> 20 pp»";
        } else if (left.bare || right.bare) {
            hint = "единица у числа: 30 %, 20 pp, 3 years";
        }
        refuse(node, "expression_unit",
               fmt::format("Нельзя {}: {} и {}", action, russian(left), russian(right)), hint,
               node.text);
    }

    Type compared(const Expression& node) {
        all_numbers(node);
        if (context_.errors.empty() && !common_type(node.parts[0].type, node.parts[1].type)) {
            refuse_units(node, "сравнить");
        }
        return truth;
    }

    Type combined(const Expression& node) {
        all_numbers(node);
        if (!context_.errors.empty()) return node.type;
        const Type& left = node.parts[0].type;
        const Type& right = node.parts[1].type;
        std::optional<Type> type;
        std::string_view action = "сложить";
        switch (node.operation) {
            case Operation::sum: type = sum_type(left, right); break;
            case Operation::difference:
                action = "вычесть";
                type = difference_type(left, right);
                break;
            case Operation::product:
                action = "перемножить";
                type = product_type(left, right);
                break;
            case Operation::quotient:
                action = "разделить";
                type = quotient_type(left, right);
                break;
            default:
                action = "взять часть (of)";
                if (!left.bare && left.unit == Unit::share) type = right;
        }
        if (!type) refuse_units(node, action);
        return type.value_or(node.type);
    }

    Type side_by_side(const Expression& node) {
        if (node.operation != Operation::choose) all_numbers(node);
        if (!context_.errors.empty()) return node.type;
        Type type = node.parts[0].type;
        for (const Expression& part : node.parts) {
            const auto common = common_type(type, part.type);
            if (!common) {
                refuse(part, "expression_unit",
                       fmt::format("Величины разного рода: {} и {}", russian(type),
                                   russian(part.type)),
                       "одинаковые единицы", part.text);
                return type;
            }
            type = *common;
        }
        return type;
    }

    Type rounded(const Expression& node) {
        all_numbers(node);
        if (!context_.errors.empty()) return node.type;
        const Type& type = node.parts[0].type;
        const bool relative =
            !type.bare && (type.unit == Unit::share || type.unit == Unit::points);
        if (relative && node.parts.size() == 1) {
            refuse(node, "expression_unit", "Не сказано, до чего округлять долю",
                   "шаг округления: round_half_up(x, 0.1 %) или round_half_up(x, 1 pp)", node.text);
        } else if (node.parts.size() == 2 && !common_type(type, node.parts[1].type)) {
            refuse_units(node, "округлить с шагом другой единицы");
        }
        return type;
    }

    Type aggregated(const Expression& node) {
        const Expression& body = node.parts[0];
        if (node.aggregate == Aggregate::count) {
            all_truths(node, 0);
            return number_of(Unit::count);
        }
        all_numbers(node);
        if (node.aggregate == Aggregate::pooled) {
            const bool measured = body.operation == Operation::indicator ||
                                  body.operation == Operation::year_indicator;
            if (!measured || node.procedures) {
                refuse(node, "expression_pooled",
                       "Объединить можно только один показатель по годам",
                       "pooled over window of quality(ОГЭ); по процедурам года: quality(ОГЭ)",
                       node.text);
            }
        }
        if (node.aggregate == Aggregate::slope) {
            if (node.procedures) {
                refuse(node, "expression_slope", "Наклон считают по годам", "slope over window of …",
                       node.text);
            }
            return body.type.unit == Unit::share ? number_of(Unit::points) : body.type;
        }
        return body.type;
    }

    Type referred(const Expression& node) {
        if (references_ > 0) {
            refuse(node, "expression_reference", "Значение территории внутри значения территории",
                   "одно region(…), district(…), country(…) или cluster(…)", node.text);
        }
        all_numbers(node);
        return node.parts[0].type;
    }

    Type modelled(const Expression& node) {
        all_numbers(node);
        const Expression& body = node.parts[0];
        const auto* indicator = indicators::find_procedure_indicator(body.name);
        if (body.operation != Operation::indicator || indicator == nullptr ||
            indicator->uncertainty == indicators::Uncertainty::none ||
            (body.procedures && indicator->uncertainty != indicators::Uncertainty::binomial)) {
            refuse(node, "expression_significance",
                   "Значимость отличия считают для доли, а для среднего — в одной процедуре",
                   "significantly_above(cluster, low_share(ОГЭ))", node.text);
        }
        return truth;
    }

    Type parameter_type(const Expression& node) {
        const Parameter* parameter = find_parameter(context_.pack, node.name);
        const auto* quantity = std::get_if<Quantity>(&parameter->value);
        return quantity != nullptr ? number_of(quantity->unit) : node.type;
    }

    CheckContext& context_;
    std::vector<Variable> variables_;
    std::size_t nodes_ = 0;
    int references_ = 0;
};

}  // namespace

Expression check_expression(Expression expression, CheckContext& context) {
    Checker{context}.check(expression);
    return expression;
}

Expression check_condition(Expression expression, CheckContext& context) {
    Expression checked = check_expression(std::move(expression), context);
    if (context.errors.empty() && checked.type.kind != Type::Kind::truth) {
        context.errors.push_back({"expression_type", "Здесь нужно условие, а стоит величина",
                                  checked.offset, "сравнение, например low_share(p) >= 30 %",
                                  checked.text});
    }
    return checked;
}

}  // namespace opora::rules

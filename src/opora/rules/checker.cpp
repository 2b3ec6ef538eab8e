#include "opora/rules/checker.hpp"

#include <fmt/format.h>

#include "opora/indicators/catalogue.hpp"
#include "opora/rules/resolver.hpp"
#include "opora/rules/type_rules.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

using model::Unit;

/// Checks the units from the leaves up; the names have been resolved.
class Checker {
public:
    explicit Checker(CheckContext& context) : context_{context} {}

    void check(Expression& node) {
        for (Expression& part : node.parts) check(part);
        if (context_.errors.empty()) node.type = type_of(node);
    }

private:
    void refuse(const Expression& node, std::string_view code, std::string_view message,
                std::string_view expected, std::string_view found) {
        context_.errors.push_back({std::string{code}, std::string{message}, node.offset,
                                   std::string{expected}, std::string{found}});
    }

    Type type_of(const Expression& node) {
        switch (node.operation) {
            case Operation::conjunction:
            case Operation::disjunction:
            case Operation::negation:
                return all_truths(node, 0);
            case Operation::at_least:
                return counted_truths(node);
            case Operation::comparison:
                return compared(node);
            case Operation::teaches:
            case Operation::in_list:
            case Operation::was_held:
            case Operation::took:
            case Operation::rule:
                return truth;
            case Operation::truth_quantifier:
                return all_truths(node, 0);
            case Operation::number_quantifier:
                return aggregated(node);
            case Operation::lowest_in:
            case Operation::highest_in:
                return all_numbers(node), truth;
            case Operation::significantly_below:
            case Operation::significantly_above:
                return modelled(node);
            case Operation::percent_rank:
                return all_numbers(node), number_of(Unit::share);
            case Operation::constant:
            case Operation::indicator:
            case Operation::year_indicator:
                return node.type;
            case Operation::parameter:
                return parameter_type(node);
            case Operation::imported:
                return number_of(Unit::number);
            case Operation::fact:
            case Operation::markers:
                return number_of(Unit::count);
            case Operation::reference:
                return referred(node);
            case Operation::choose:
            case Operation::minimum:
            case Operation::maximum:
                return side_by_side(node);
            case Operation::negative:
            case Operation::absolute:
                return all_numbers(node), node.parts[0].type;
            case Operation::round_half_up:
            case Operation::floor:
            case Operation::ceiling:
                return rounded(node);
            case Operation::sum:
            case Operation::difference:
            case Operation::product:
            case Operation::quotient:
            case Operation::share_of:
                return combined(node);
            case Operation::name:
            case Operation::call:
                return node.type;  // An error has been noted.
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
            case Operation::sum:
                type = sum_type(left, right);
                break;
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
        const bool relative = !type.bare && (type.unit == Unit::share || type.unit == Unit::points);
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
                refuse(node, "expression_slope", "Наклон считают по годам",
                       "slope over window of …", node.text);
            }
            return body.type.unit == Unit::share ? number_of(Unit::points) : body.type;
        }
        return body.type;
    }

    Type referred(const Expression& node) {
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
};

}  // namespace

Expression check_expression(Expression expression, CheckContext& context) {
    resolve_names(expression, context);
    if (context.errors.empty() && !context.broken) Checker{context}.check(expression);
    return expression;
}

Expression check_condition(Expression expression, CheckContext& context) {
    Expression checked = check_expression(std::move(expression), context);
    if (context.errors.empty() && !context.broken && checked.type.kind != Type::Kind::truth) {
        context.errors.push_back({"expression_type", "Здесь нужно условие, а стоит величина",
                                  checked.offset, "сравнение, например low_share(p) >= 30 %",
                                  checked.text});
    }
    return checked;
}

}  // namespace opora::rules

// The parts of a pack that hold expressions, and the checks across the whole pack.

#include <fmt/format.h>

#include <algorithm>

#include "opora/rules/filter_parser.hpp"
#include "opora/rules/pack_reader.hpp"
#include "opora/rules/parser.hpp"
#include "opora/rules/resolver.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

/// A filter on its own: «ОГЭ, grade 9, [russian, mathematics]».
base::Result<ProcedureFilter, ExpressionError> parse_filter_text(std::string_view text) {
    TokenReader reader{text, OPORA_TRY(split_words(text))};
    ProcedureFilter filter = OPORA_TRY(parse_filter(reader));
    if (reader.now().kind != Token::Kind::end) {
        return base::Unexpected{reader.unexpected("запятая или конец")};
    }
    return filter;
}

}  // namespace

void PackReader::read_expects(const YamlNode* node) {
    if (node == nullptr) return;
    if (node->kind != YamlNode::Kind::sequence) {
        mistakes_.add("pack_structure", "expects — список процедур", node->line,
                      "- ОГЭ, grade 9, [russian, mathematics]", node->text);
    }
    for (const YamlNode& item : node->items) {
        auto filter = parse_filter_text(item.text);
        if (!filter) {
            const ExpressionError& error = filter.error();
            mistakes_.add_within(item, error.offset, error.code, error.message, error.expected,
                                 error.found);
            continue;
        }
        for (const NameList* list : {&filter->types, &filter->subjects}) {
            if (list->parameter.empty()) continue;
            used_.insert(list->parameter);
            const Parameter* parameter = find_parameter(pack_, list->parameter);
            if (parameter == nullptr || !std::holds_alternative<CodeList>(parameter->value)) {
                mistakes_.add("expression_parameter", "Нужен параметр со списком", item.line,
                              "параметр вида {value: [russian, mathematics], …}", list->parameter);
            }
        }
        pack_.expects.push_back({std::move(filter).value(), item.line});
    }
}

void PackReader::read_definitions(const YamlNode* node) {
    if (node == nullptr) return;
    const Fields checked{*node, "define", mistakes_};
    for (std::size_t i = 0; i < node->keys.size() && node->kind == YamlNode::Kind::map; ++i) {
        const YamlNode& key = node->keys[i];
        const YamlNode& value = node->items[i];
        Definition definition{.name = key.text,
                              .variable = "",
                              .text = value.text,
                              .expression = {},
                              .line = key.line};
        const std::size_t bracket = key.text.find('(');
        if (bracket != std::string::npos && key.text.ends_with(')')) {
            definition.name = key.text.substr(0, bracket);
            definition.variable = key.text.substr(bracket + 1, key.text.size() - bracket - 2);
            check_name(definition.variable, key.line);
            names_.erase(definition.variable);  // Variables of different definitions may agree.
        }
        check_name(definition.name, key.line);
        auto parsed = parse_expression(value.text);
        CheckContext context{.pack = pack_, .variable = definition.variable};
        if (parsed) {
            definition.expression = check_expression(std::move(parsed).value(), context);
        } else {
            context.errors.push_back(parsed.error());
        }
        if (!context.errors.empty() || context.broken) {
            definition.expression = refused_expression();
        }
        for (const ExpressionError& error : context.errors) {
            mistakes_.add_within(value, error.offset, error.code, error.message, error.expected,
                                 error.found);
        }
        used_.merge(context.used);
        pack_.definitions.push_back(std::move(definition));
    }
}

std::optional<Expression> PackReader::read_condition(const YamlNode& node, bool names_rules) {
    auto parsed = parse_expression(node.text);
    CheckContext context{.pack = pack_, .names_rules = names_rules};
    std::optional<Expression> checked;
    if (parsed) {
        checked = check_condition(std::move(parsed).value(), context);
    } else {
        context.errors.push_back(parsed.error());
    }
    for (const ExpressionError& error : context.errors) {
        mistakes_.add_within(node, error.offset, error.code, error.message, error.expected,
                             error.found);
    }
    used_.merge(context.used);
    return checked;
}

void PackReader::read_rules(const YamlNode* node, bool flags) {
    if (node == nullptr) return;
    if (node->kind != YamlNode::Kind::sequence) {
        mistakes_.add("pack_structure", "Правила — список записей", node->line,
                      "- {id: …, clause: …, title: …, when: …}", node->text);
    }
    for (const YamlNode& item : node->items) read_rule(item, flags);
}

void PackReader::read_rule(const YamlNode& node, bool flag) {
    Fields fields{node, flag ? "flags" : "rules", mistakes_};
    Rule rule{.id = fields.text("id"),
              .clause = fields.text("clause"),
              .row = fields.text("row"),
              .title = fields.text("title"),
              .evidence = fields.text_or("evidence", "S"),
              .applies_text = fields.text_or("applies", ""),
              .applies = {},
              .when_text = fields.text("when"),
              .when = {},
              .flag = flag,
              .line = node.line};
    if (const YamlNode* applies = fields.node("applies")) {
        rule.applies = read_condition(*applies, false);
    }
    if (const YamlNode* when = fields.node("when")) {
        if (auto condition = read_condition(*when, false)) rule.when = *std::move(condition);
    }
    fields.finish();
    if (!rule.id.empty()) check_name(rule.id, fields.line_of("id"));
    pack_.rules.push_back(std::move(rule));
}

void PackReader::check_rule_count() {
    if (pack_.rules.size() <= rules_max) return;
    mistakes_.add("pack_size", "В методике слишком много правил и признаков",
                  pack_.rules[rules_max].line, fmt::format("не более {}", rules_max), "");
}

void PackReader::read_decision(const YamlNode* node) {
    if (node == nullptr) return;
    Fields fields{*node, "decision", mistakes_};
    Decision& decision = pack_.decision;
    const auto read = [&](std::string_view key, std::string& text,
                          std::optional<Expression>& expression) {
        const YamlNode* condition = fields.node(key);
        if (condition == nullptr) return;
        text = condition->text;
        expression = read_condition(*condition, true);
    };
    if (const YamlNode* listing = fields.required("listing", "listing: A or B (или none)");
        listing != nullptr && listing->text != "none") {
        read("listing", decision.listing_text, decision.listing);
    }
    read("watch", decision.watch_text, decision.watch);
    read("exit", decision.exit_text, decision.exit);
    decision.missing_earlier_years =
        choice_or(fields, "missing_earlier_years", {"unknown", "not_listed"});
    decision.speaks_of = choice_or(fields, "speaks_of", {"true_shares", "facts"});
    decision.official_list = fields.flag_or("official_list", false);
    fields.finish();
    if (decision.listing && decision.watch && decision.listing_text == decision.watch_text) {
        mistakes_.add("pack_conflict", "Наблюдение повторяет условие включения в перечень",
                      fields.line_of("watch"), "другое условие", decision.watch_text);
    }
}

/// Two rules with the same condition for the same schools would count one fact twice.
void PackReader::check_conflicts() {
    const auto& rules = pack_.rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (rules[i].when.text.empty() || rules[i].when.text != rules[j].when.text ||
                rules[i].applies_text != rules[j].applies_text) {
                continue;
            }
            mistakes_.add(
                "pack_conflict",
                fmt::format("Правило {} повторяет условие правила {}", rules[i].id, rules[j].id),
                rules[i].line, "разные условия", rules[i].when.text);
        }
    }
}

void PackReader::check_uses() {
    const auto refuse = [&](std::string_view what, const std::string& name, std::size_t line) {
        if (name.empty() || used_.contains(name)) return;
        mistakes_.add("pack_unused", what, line, "использование в правилах или удаление", name);
    };
    for (const Parameter& parameter : pack_.parameters) {
        refuse("Параметр ни на что не влияет", parameter.name, parameter.line);
    }
    for (const Window& window : pack_.windows) {
        refuse("Окно лет нигде не используется", window.name, window.line);
    }
    for (const Definition& definition : pack_.definitions) {
        refuse("Определение нигде не используется", definition.name, definition.line);
    }
    if (!pack_.decision.listing) return;
    for (const Rule& rule : pack_.rules) {
        if (!rule.flag) refuse("Правило не участвует в решении", rule.id, rule.line);
    }
}

base::Errors check_together(const std::vector<Pack>& packs) {
    base::Errors errors;
    const auto overlap = [](const Document& left, const Document& right) {
        const bool left_ends = left.in_force_to && *left.in_force_to < right.in_force_from;
        const bool right_ends = right.in_force_to && *right.in_force_to < left.in_force_from;
        return !left_ends && !right_ends;
    };
    for (std::size_t i = 0; i < packs.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Document& left = packs[j].document;
            const Document& right = packs[i].document;
            if (left.id != right.id) continue;
            if (left.version == right.version) {
                errors.push_back({"pack_duplicate",
                                  "Методика с этим id и версией уже есть",
                                  {},
                                  "другой id или другая версия",
                                  fmt::format("{} {}", right.id, right.version)});
            } else if (overlap(left, right)) {
                errors.push_back(
                    {"pack_validity",
                     "Сроки действия двух версий методики пересекаются",
                     {},
                     "версии, которые сменяют друг друга",
                     fmt::format("{}: {} и {}", right.id, left.version, right.version)});
            }
        }
    }
    return errors;
}

}  // namespace opora::rules

#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "opora/rules/checker.hpp"
#include "opora/rules/fields.hpp"
#include "opora/rules/pack.hpp"

namespace opora::rules {

/// Reads the sections of a pack one after another into `pack`; every mistake goes to `mistakes`.
class PackReader {
public:
    PackReader(const YamlNode& root, Mistakes& mistakes) : root_{root}, mistakes_{mistakes} {}

    Pack read();

private:
    // pack_reader.cpp: declarations.
    void read_document(const YamlNode* node);
    void read_parameters(const YamlNode* node);
    void read_parameter(const std::string& name, const YamlNode& node);
    void read_titles(Parameter& parameter, const YamlNode& node);
    void read_inclusion(const YamlNode* node);
    void read_expects(const YamlNode* node);
    void read_windows(const YamlNode* node);
    void read_plan_readings(const YamlNode* node);
    void read_notes(const YamlNode* node);
    void read_section(std::string_view name, const YamlNode* node);

    // rule_reader.cpp: what holds expressions.
    void read_definitions(const YamlNode* node);
    void read_rules(const YamlNode* node, bool flags);
    void read_rule(const YamlNode& node, bool flag);
    void read_decision(const YamlNode* node);
    std::optional<Expression> read_condition(const YamlNode& node, bool names_rules);
    void check_conflicts();
    void check_uses();

    // Values.
    std::optional<ParameterValue> read_value(const YamlNode& node);
    Setting<Quantity> quantity_or(Fields& fields, std::string_view key, Quantity fallback);
    Setting<Choice> choice_or(Fields& fields, std::string_view key,
                              std::initializer_list<std::string_view> allowed);
    Setting<CodeList> list_or(Fields& fields, std::string_view key);
    std::optional<std::chrono::year_month_day> read_date(const YamlNode& node);
    void check_name(const std::string& name, std::size_t line);
    void check_rule_count();

    const YamlNode& root_;
    Mistakes& mistakes_;
    Pack pack_;
    std::set<std::string>
        names_;  ///< Parameters, windows, definitions, rules: one name, one thing.
    std::set<std::string> used_;
};

}  // namespace opora::rules

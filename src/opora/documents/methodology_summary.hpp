#pragma once

#include <string>
#include <vector>

namespace opora::documents {

/// A parameter of a pack as a reader sees it: the value in force, what else it could be and why this one.
struct ParameterSummary {
    std::string name;
    std::string value;     ///< With its unit: «30 %».
    std::string clause;
    std::string evidence;  ///< Mark of DOMAIN.md: C, K, U …
    std::string reading;   ///< Why this value; which other readings there are.
    bool changed = false;  ///< Differs from the shipped pack.
};

struct RuleSummary {
    std::string id;
    std::string title;
    std::string clause;
    std::string expression;
};

/// Under which rules a list was made, for the sheet «Методика».
struct MethodologySummary {
    std::string id;
    std::string version;
    std::string title;
    std::string issuer;
    std::string source;    ///< File or address of the document.
    std::string in_force;  ///< «с 30.12.2021 по 31.12.2024».
    std::string listing;   ///< How rules make a listing: «A or B».
    std::string date;      ///< Day on which the workbook is made, as the caller wishes to print it.
    std::string audit_head;
    std::vector<RuleSummary> rules;
    std::vector<ParameterSummary> parameters;
};

}  // namespace opora::documents

#pragma once

#include <string>
#include <vector>

#include "opora/rules/pack.hpp"

namespace opora::documents {

/// A parameter of a pack as a reader sees it: the value in force, what else it could be and why
/// there is a choice.
struct ParameterSummary {
    std::string name;
    std::string value;  ///< With its unit: «30 %».
    std::string clause;
    std::string evidence;  ///< In words: how well the value is founded.
    std::string why;       ///< Why there is a choice.
    std::string title;
    std::string other;  ///< Other readings, separated by «; ».
};

struct RuleSummary {
    std::string id;
    std::string title;
    std::string clause;
    std::string expression;
};

/// Something that the source leaves open.
struct NoteSummary {
    std::string clause;
    std::string what;
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
    std::vector<NoteSummary> notes;
};

/// The summary of a pack in Russian words, subjects as the dictionary titles them; `date` and
/// `audit_head` are the caller's.
MethodologySummary methodology_summary(const rules::Pack& pack,
                                       const std::map<model::SubjectCode, std::string>& subjects);

/// «есть источник», «в источниках не найдено» … for the evidence marks C, C2, K, U, D, S0 … of
/// packs.
std::string evidence_words(const std::string& mark);

}  // namespace opora::documents

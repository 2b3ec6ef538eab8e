#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/intake/dictionaries/dictionaries.hpp"

namespace opora::intake {

/// A column of a kind of file, as docs/data.md describes it.
struct Column {
    std::string code;         ///< English, always understood as a heading.
    std::string title;        ///< Russian heading of the template.
    std::string description;  ///< Russian: what stands in it.
    bool required = false;    ///< Without it a file is not of this kind.
    bool personal = false;    ///< Names of staff: kept in the register, never printed in a message.
    std::string example;      ///< Fictional.
    std::string stand_in = {};  ///< Column that does as well when this required one is absent.
    std::string code_key;       ///< heading_key of code and title, made by kinds().
    std::string title_key;
};

/// A kind of file that can be read.
struct Kind {
    std::string code;
    std::string title;        ///< Russian.
    std::string description;  ///< Russian: what the file is and where it comes from.
    std::vector<Column> columns;
    bool pupils = false;  ///< Rows of pupils: columns that name them are dropped.
    /// heading_key of codes and texts of all questions -> number of the question, for `answers`.
    std::unordered_map<std::string, std::size_t> questions = {};

    const Column* find(std::string_view column) const;
    /// Number of a column of this kind; a contract that it exists.
    std::size_t number(std::string_view column) const;
};

/// All kinds; those of facts have the columns of methodology/school_facts.yaml.
std::vector<Kind> kinds(const Dictionaries& dictionaries);

const Kind* find_kind(const std::vector<Kind>& kinds, std::string_view code);

}  // namespace opora::intake

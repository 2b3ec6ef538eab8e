#pragma once

#include <string>
#include <vector>

#include "opora/model/listing.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// The list that a listing belongs to, without its other listings.
struct ListHeading {
    std::string methodology;
    std::string version;
    model::SchoolYear year;
    std::string snapshot;
};

ListHeading heading_of(const model::SchoolList& list);

/// «Включена в перечень: выполнено условие A (две процедуры и более).»
std::string verdict_sentence(const model::Listing& listing, const Vocabulary& vocabulary);

/// «п. 1.1»; a clause that names itself stays as it is: «разд. 3». Not empty.
std::string clause_words(const std::string& clause);

/// «Условие A (две процедуры и более), п. 1.1: выполнено.»
std::string rule_sentence(const model::Finding& finding, const Vocabulary& vocabulary);

/// Probability and reliability in a sentence; empty where none was computed.
std::string reliability_sentence(const model::Listing& listing);

/// ««Ф1 МА5.xlsx», строки 14–38; «ОГЭ 01.csv», строки 3–21»; empty for no sources. After ten files
/// «и ещё 7 файлов».
std::string sources_words(const std::vector<model::Source>& sources);

/// Which file and rows each procedure was read from, a line for each: «ВПР, математика, 5 класс:
/// «Ф1 МА5.xlsx», строки 14–38». What put the school on the list stands first; a long list ends
/// with how many more there are.
std::vector<std::string> source_lines(const model::Listing& listing, model::SchoolYear year,
                                      const Vocabulary& vocabulary);

/// «Методика federal-2025, версия 1; снимок данных 4f1c2a…» with the first 12 digits of the
/// snapshot.
std::string methodology_sentence(const ListHeading& heading, const Vocabulary& vocabulary);

/// All that explains a verdict, as text of which a head of school understands every line. Ends with
/// a line end.
std::string explain_text(const model::Listing& listing, const ListHeading& heading,
                         const Vocabulary& vocabulary);

}  // namespace opora::wording

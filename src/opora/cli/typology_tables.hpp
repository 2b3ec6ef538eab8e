#pragma once

#include <string>
#include <utility>
#include <vector>

#include "opora/application/typology.hpp"
#include "opora/cli/output.hpp"
#include "opora/wording/table.hpp"

namespace opora::cli {

/// What a view answers: tables for people, tables for machines by name (the first is the one that
/// csv and json hold unless another is asked for), and a closing sentence.
struct TypologyAnswer {
    std::vector<wording::Table> readable;
    std::vector<std::pair<std::string, wording::Table>> parts;
    std::string closing;
};

TypologyAnswer types_answer(const application::TypesReport& report,
                            const application::TypologyRequest& request);
TypologyAnswer clusters_answer(const model::ContextClustering& clustering);
/// `one`: a single school was asked for, and its comparable schools are listed for people. Without
/// it the part `neighbours` is not here: it is written as it comes (`write_neighbours`).
TypologyAnswer neighbours_answer(const application::ComparableSchools& schools, bool one);
base::Result<base::Done> write_neighbours(const application::ComparableSchools& schools,
                                          const OutputOptions& output);
TypologyAnswer transitions_answer(const application::TransitionsReport& report);
TypologyAnswer spread_answer(const application::SpreadReport& report);

}  // namespace opora::cli

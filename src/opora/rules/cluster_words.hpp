#pragma once

#include <string>

#include "opora/indicators/evidence.hpp"
#include "opora/model/finding.hpp"

namespace opora::rules {

/// Whom a school is compared with inside its cluster, Russian: how clusters were made, the name of
/// its own and the codes of its schools (the first 30). Says so where the school is in none.
std::string cluster_words(const indicators::Evidence& evidence, indicators::SchoolNumber school);

/// Puts these words to every comparison within the cluster in a derivation.
void name_clusters(model::Derivation& derivation, const indicators::Evidence& evidence,
                   indicators::SchoolNumber school);

}  // namespace opora::rules

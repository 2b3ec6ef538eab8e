#pragma once

#include <string>

#include "opora/rules/pack.hpp"

namespace opora::cli {

/// What a table of schools does not say of a methodology: that it judges teachers (it is asked of a
/// pack whose unit was switched to schools), that its term was over before the school year that
/// ends in `year` began. Sentences that each begin with a space; empty when there is nothing to
/// say.
std::string methodology_remarks(const rules::Pack& pack, int year);

}  // namespace opora::cli

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "opora/model/finding.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// How the parts of a logic node or of a quantifier make its outcome, read from the word of the
/// rule language that joins them (`and`, `or`, `not`, `any`, `every`, `count`, `at least`).
enum class Joint : std::uint8_t { all, one, negation, count, other };

Joint joint_of(const model::Derivation& node);

/// What a computed number is, in a few words: «среднее за 2021/22–2023/24 — доля не достигших
/// минимального балла».
std::string computed_label(const model::Derivation& node, const Vocabulary& vocabulary);

/// A condition that is no comparison of two numbers, as far as there are Russian words for it:
/// «есть классы 5–9», «наибольшее значение среди похожих школ (кластера)»; otherwise the expression
/// itself in quotation marks.
std::string plain_condition(std::string_view text);

/// «регион» of «region(score_share(p))»: whose value an expression takes; empty for the school's
/// own.
std::string_view territory_of(std::string_view text);

/// «2» of «at least 2 of (…)»; «заданного числа» where a parameter stands.
std::string required_count(std::string_view text);

/// The text with its first letter made small, unless it begins with an abbreviation.
std::string with_small_letter(std::string_view text);

/// The text with its first letter made capital.
std::string capitalised(std::string_view text);

/// Whom the school was compared with inside its cluster; empty if it was not.
std::string comparison_group(const model::Derivation& derivation);

}  // namespace opora::wording

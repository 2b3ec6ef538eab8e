#pragma once

#include <span>
#include <string_view>

namespace opora::api {

/// A kind of refusal that an answer may carry. One code has one status and one title.
struct ProblemCode {
    std::string_view code;  ///< Stable English snake_case.
    int status = 422;
    std::string_view title;  ///< Russian.
};

/// All codes, by code. No answer carries another one: a use case's code that is not here leaves as
/// `refused`, with the use case's own words. tools/join_openapi.mjs reads the same table.
std::span<const ProblemCode> problem_codes();

/// Whether it is one of them.
bool is_problem_code(std::string_view code);

/// The entry of a code, or that of `refused`.
const ProblemCode& problem_code(std::string_view code);

}  // namespace opora::api

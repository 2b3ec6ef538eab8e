#pragma once

namespace opora::base {

/// Ends the process with the place of a broken contract: a bug, never a matter of data.
[[noreturn]] void fail_contract(const char* condition, const char* file, int line);

}  // namespace opora::base

/// A contract between two pieces of code; stays on in release builds.
#define OPORA_EXPECTS(condition) \
    ((condition) ? void(0) : ::opora::base::fail_contract(#condition, __FILE__, __LINE__))

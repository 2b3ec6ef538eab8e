#include "opora/base/expects.hpp"

#include <cstdio>
#include <cstdlib>

namespace opora::base {

void fail_contract(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "opora: broken contract %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace opora::base

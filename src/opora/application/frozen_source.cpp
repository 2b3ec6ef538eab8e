#include "opora/application/frozen_source.hpp"

namespace opora::application {

ports::FrozenData freeze(const ports::DataSource& source) {
    const ports::RegisterReader& registers = source.registers();
    return {.rows = registers.rows(),
            .rows_hash = registers.rows_hash(),
            .imports = registers.imports()};
}

}  // namespace opora::application

#pragma once

#include <filesystem>
#include <memory>

#include "opora/ports/fact_store.hpp"
#include "opora/ports/list_store.hpp"
#include "opora/ports/register_store.hpp"

namespace opora::ports {

enum class OpenMode : std::uint8_t {
    read,
    write,   ///< Takes the writer's lock; StorageError `busy` when another program holds it.
    create,  ///< Makes an empty store; the directory must be empty or absent.
};

/// What conclusions are drawn from: registers and imports, and the facts that they name. Only read.
class DataSource {
public:
    virtual ~DataSource() = default;
    virtual const RegisterReader& registers() const = 0;
    virtual const FactStore& facts() const = 0;
};

/// The facts, the register and the lists of one working directory, opened together.
class Store : public DataSource {
public:
    virtual RegisterStore& register_store() = 0;
    virtual FactStore& fact_store() = 0;
    virtual ListStore& list_store() = 0;
    virtual const std::filesystem::path& directory() const = 0;
};

}  // namespace opora::ports

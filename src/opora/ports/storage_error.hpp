#pragma once

#include <stdexcept>
#include <string>

namespace opora::ports {

/// A broken world: disk, database, lock. `code` is stable (`busy`, `disk_full`, `read_only`,
/// `corrupt`, `io`); the message is Russian and says what to do.
class StorageError : public std::runtime_error {
public:
    StorageError(std::string code, const std::string& message)
        : std::runtime_error{message}, code_{std::move(code)} {}

    const std::string& code() const { return code_; }

private:
    std::string code_;
};

}  // namespace opora::ports

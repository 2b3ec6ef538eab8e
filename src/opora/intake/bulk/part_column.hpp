#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <utility>

namespace opora::intake {

/// A column of a part: room for as many values as the part has lines, which nobody fills with zeros
/// first.
///
/// Its pages come from the system and go back to it at once: when the parts of a large file are
/// joined, a heap would keep the memory of the parts beside that of the result.
template <class T>
class PartColumn {
public:
    PartColumn() = default;
    ~PartColumn() { release(); }
    PartColumn(PartColumn&& other) noexcept
        : values_{std::exchange(other.values_, nullptr)}, bytes_{std::exchange(other.bytes_, 0)} {}
    PartColumn& operator=(PartColumn&& other) noexcept {
        std::swap(values_, other.values_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }

    void reserve(std::size_t size) {
        release();
        bytes_ = (size + 1) * sizeof(T);
        void* const pages =
            ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) throw std::bad_alloc{};
        values_ = static_cast<T*>(pages);
    }
    void release() {
        if (values_ != nullptr) ::munmap(values_, bytes_);
        values_ = nullptr;
    }
    bool used() const { return values_ != nullptr; }

    T& operator[](std::size_t index) { return values_[index]; }
    const T& operator[](std::size_t index) const { return values_[index]; }

private:
    T* values_ = nullptr;
    std::size_t bytes_ = 0;
};

}  // namespace opora::intake

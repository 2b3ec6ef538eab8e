#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace opora::intake {

/// Short texts and a number for each: a hash table with open addressing, made for a million
/// look-ups a second and more. It forgets everything when garbage fills it, which costs time only.
class TextTable {
public:
    TextTable() : slots_(64) {}

    std::optional<std::uint32_t> find(std::string_view text) const {
        const std::uint64_t hash = hash_of(text);
        for (std::size_t place = hash & (slots_.size() - 1);;
             place = (place + 1) & (slots_.size() - 1)) {
            const Slot& slot = slots_[place];
            if (!slot.used) return std::nullopt;
            if (slot.hash == hash && text_of(slot) == text) {
                return slot.number;
            }
        }
    }

    /// Adds a text that is not there.
    void add(std::string_view text, std::uint32_t number) {
        if (count_ == entries_max || texts_.size() > bytes_max) *this = TextTable{};
        if (count_ * 2 >= slots_.size()) grow();
        const Slot slot{.hash = hash_of(text),
                        .begin = static_cast<std::uint32_t>(texts_.size()),
                        .length = static_cast<std::uint32_t>(text.size()),
                        .number = number,
                        .used = true};
        texts_ += text;
        insert(slot);
        ++count_;
    }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
        std::uint32_t number = 0;
        bool used = false;
    };
    static constexpr std::size_t entries_max = 1'000'000;
    static constexpr std::size_t bytes_max = 64'000'000;

    std::string_view text_of(const Slot& slot) const {
        return {texts_.data() + slot.begin, slot.length};
    }

    static std::uint64_t hash_of(std::string_view text) {
        constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio.
        std::uint64_t hash = text.size() * odd;
        while (!text.empty()) {
            std::uint64_t word = 0;
            const std::size_t length = text.size() < 8 ? text.size() : 8;
            std::memcpy(&word, text.data(), length);
            hash = (hash ^ word) * odd;
            hash ^= hash >> 29U;
            text.remove_prefix(length);
        }
        return hash;
    }

    void insert(const Slot& slot) {
        std::size_t place = slot.hash & (slots_.size() - 1);
        while (slots_[place].used) place = (place + 1) & (slots_.size() - 1);
        slots_[place] = slot;
    }

    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.used) insert(slot);
        }
    }

    std::vector<Slot> slots_;
    std::string texts_;
    std::size_t count_ = 0;
};

}  // namespace opora::intake

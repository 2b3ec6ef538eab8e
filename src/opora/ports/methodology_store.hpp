#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::ports {

/// A methodology of the office's own, as somebody saved it.
struct SavedMethodology {
    std::string id;
    std::int64_t edit =
        0;  ///< Grows by one with every saving, from 1; guards against lost changes.
    std::string text;

    friend bool operator==(const SavedMethodology&, const SavedMethodology&) = default;
};

/// Methodologies of the office's own. Nothing that was saved is overwritten: lists that were made
/// by an earlier text can be explained later. Only a broken store throws (StorageError).
class MethodologyStore {
public:
    virtual ~MethodologyStore() = default;

    /// The newest text of each that is not deleted, by id.
    virtual std::vector<SavedMethodology> all() const = 0;
    /// Keeps a text as the edit after `after` (0: none is there yet, or it was deleted). Errors
    /// `version_conflict` when another edit is the newest, `field_wrong` for an id that is no name.
    virtual base::Result<SavedMethodology> save(const std::string& id, const std::string& text,
                                                std::int64_t after) = 0;
    /// Deletes the methodology whose newest edit is `edit`; its texts stay. Errors
    /// `methodology_unknown`, `version_conflict`.
    virtual base::Result<base::Done> remove(const std::string& id, std::int64_t edit) = 0;
};

/// «my-pack-2026»: small Latin letters, digits and dashes, 3 to 60 of them, a letter first.
inline bool is_methodology_id(const std::string& id) {
    constexpr std::size_t length_min = 3;
    constexpr std::size_t length_max = 60;
    const auto letter = [](char c) { return 'a' <= c && c <= 'z'; };
    const auto fits = [&](char c) { return letter(c) || ('0' <= c && c <= '9') || c == '-'; };
    return id.size() >= length_min && id.size() <= length_max && letter(id.front()) &&
           std::ranges::all_of(id, fits);
}

}  // namespace opora::ports

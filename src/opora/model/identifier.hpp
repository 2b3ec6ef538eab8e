#pragma once

#include <compare>
#include <functional>
#include <string>

namespace opora::model {

/// A code of one kind of thing: a SchoolId is never compared with a SubjectCode by mistake.
template <class Tag>
struct Identifier {
    std::string value;

    friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

using TerritoryId = Identifier<struct TerritoryTag>;
using SchoolId = Identifier<struct SchoolTag>;
using TeacherId = Identifier<struct TeacherTag>;
/// `russian`, `mathematics` … of methodology/subjects.yaml, or a numeric code kept as it was given.
using SubjectCode = Identifier<struct SubjectTag>;
using IndicatorCode = Identifier<struct IndicatorTag>;
using MethodologyId = Identifier<struct MethodologyTag>;
/// SHA-256 (hex) of the canonical rows of a fact file.
using FactIdentity = Identifier<struct FactTag>;

}  // namespace opora::model

template <class Tag>
struct std::hash<opora::model::Identifier<Tag>> {
    std::size_t operator()(const opora::model::Identifier<Tag>& id) const {
        return std::hash<std::string>{}(id.value);
    }
};

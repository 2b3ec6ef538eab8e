#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::rules {

/// A node of a YAML text with its place. Packs are plain: anchors, aliases and tags are refused,
/// keys are texts and stand once, so that what a reader sees is what is computed.
struct YamlNode {
    enum class Kind : std::uint8_t { empty, scalar, sequence, map };
    Kind kind = Kind::empty;
    std::string text;             ///< Of a scalar.
    std::size_t line = 1;         ///< From 1.
    std::size_t position = 0;     ///< Byte of the node's beginning in the source.
    std::vector<YamlNode> items;  ///< Of a sequence, or the values of a map.
    std::vector<YamlNode> keys;   ///< Of a map, beside `items`.

    const YamlNode* find(std::string_view key) const;
};

/// The tree of a YAML text; a map at its top.
base::Result<YamlNode, base::Errors> read_yaml(std::string_view source, std::string_view file_name);

/// The line of the character `offset` inside a scalar, counted in the source: folding changes only
/// white space.
std::size_t line_within(std::string_view source, const YamlNode& scalar, std::size_t offset);

}  // namespace opora::rules

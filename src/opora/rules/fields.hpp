#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "opora/rules/yaml_tree.hpp"

namespace opora::rules {

/// Collects the mistakes of one pack file.
class Mistakes {
public:
    Mistakes(std::string_view source, std::string_view file) : source_{source}, file_{file} {}

    void add(std::string_view code, std::string_view message, std::size_t line,
             std::string_view expected, std::string_view found);
    /// A mistake at a character of a scalar, which may stand on several lines.
    void add_within(const YamlNode& scalar, std::size_t offset, std::string_view code,
                    std::string_view message, std::string_view expected, std::string_view found);

    /// In order of lines, without repetitions.
    base::Errors take();
    bool empty() const { return errors_.empty(); }

private:
    std::string_view source_;
    std::string file_;
    base::Errors errors_;
};

/// A map of a pack read key by key: what is asked for is known, what is left over is a mistake.
class Fields {
public:
    Fields(const YamlNode& node, std::string_view where, Mistakes& mistakes);

    /// The text of a key. A missing required key or a value that is not a text is a mistake.
    std::string text(std::string_view key);
    std::string text_or(std::string_view key, std::string_view fallback);
    /// The node of a key; nullptr if it is not there.
    const YamlNode* node(std::string_view key);
    const YamlNode* required(std::string_view key, std::string_view expected);
    /// A list of texts, or one text; empty if the key is not there.
    std::vector<std::string> texts(std::string_view key);
    bool flag_or(std::string_view key, bool fallback);
    std::size_t line() const { return node_.line; }
    std::size_t line_of(std::string_view key) const;

    /// Notes the keys that nobody asked for.
    void finish();

private:
    const YamlNode& node_;
    std::string where_;
    Mistakes& mistakes_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace opora::rules

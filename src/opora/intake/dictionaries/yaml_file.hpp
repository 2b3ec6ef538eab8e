#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/text_file.hpp"

namespace opora::intake {

/// Reads the dictionaries' YAML strictly and collects every error of a file with its line.
///
/// Each question about a node that has the wrong shape adds an error and gives a harmless value, so
/// that one pass tells all. `errors` empty at the end means that the file is good.
class YamlFile {
public:
    static base::Result<YamlFile> open(const TextFile& file);

    const YAML::Node& root() const { return root_; }
    base::Errors& errors() { return errors_; }

    void fail(const YAML::Node& node, std::string message, std::string expected);
    /// File and line of a node, for messages of a later look at what was read.
    base::Place place(const YAML::Node& node) const;

    /// Whether the node is a map; refuses keys that are not named.
    bool map(const YAML::Node& node, std::initializer_list<std::string_view> keys);
    bool sequence(const YAML::Node& node);

    std::string text(const YAML::Node& parent, const char* key);  ///< Required.
    /// Required: Latin letters, digits, «_» and «-», as codes in files and tables are.
    std::string code(const YAML::Node& parent, const char* key);
    std::string optional_text(const YAML::Node& parent, const char* key);  ///< "" when absent.
    std::vector<std::string> texts(const YAML::Node& parent, const char* key);
    std::optional<std::int32_t> whole(const YAML::Node& parent, const char* key);
    bool flag(const YAML::Node& parent, const char* key, bool otherwise);

private:
    YamlFile(std::string name, YAML::Node root) : name_{std::move(name)}, root_{std::move(root)} {}

    std::string name_;
    YAML::Node root_;
    base::Errors errors_;
};

}  // namespace opora::intake

#pragma once

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace opora::documents {

/// What a template is filled with: names with a text, a yes or no, or a list of values of its own.
///
/// Inside a section a name is looked for in the item first and then outwards.
struct TemplateValues {
    using List = std::vector<TemplateValues>;
    using Value = std::variant<std::string, bool, List>;

    std::map<std::string, Value, std::less<>> entries;
};

}  // namespace opora::documents

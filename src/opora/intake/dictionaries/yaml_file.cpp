#include "opora/intake/dictionaries/yaml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace opora::intake {

namespace {

std::optional<std::int64_t> line_of(const YAML::Mark& mark) {
    if (mark.is_null()) return std::nullopt;
    return mark.line + 1;
}

base::Error broken(const std::string& name, std::string code, std::string message,
                   std::optional<std::int64_t> line = std::nullopt) {
    return {.code = std::move(code), .message = std::move(message), .place = {name, "", line, ""}};
}

}  // namespace

base::Result<YamlFile> YamlFile::open(const TextFile& file) {
    try {
        return YamlFile{file.name, YAML::Load(file.text)};
    } catch (const YAML::Exception& trouble) {
        return base::Unexpected{broken(
            file.name, "dictionary_syntax",
            "Нарушен синтаксис YAML. Проверьте отступы, скобки и кавычки.", line_of(trouble.mark))};
    }
}

void YamlFile::fail(const YAML::Node& node, std::string message, std::string expected) {
    std::string found;
    if (node.IsDefined() && node.IsScalar()) found = node.Scalar();
    errors_.push_back(
        {.code = "dictionary_content",
         .message = std::move(message),
         .place = {name_, "", node.IsDefined() ? line_of(node.Mark()) : std::nullopt, ""},
         .expected = std::move(expected),
         .found = std::move(found)});
}

bool YamlFile::map(const YAML::Node& node, std::initializer_list<std::string_view> keys) {
    if (!node.IsDefined() || !node.IsMap()) {
        fail(node, "Здесь должны быть пары «ключ: значение».",
             fmt::format("ключи {}", fmt::join(keys, ", ")));
        return false;
    }
    for (const auto& entry : node) {
        const bool known =
            entry.first.IsScalar() &&
            std::ranges::find(keys, std::string_view{entry.first.Scalar()}) != keys.end();
        if (!known)
            fail(entry.first, "Неизвестный ключ.", fmt::format("{}", fmt::join(keys, ", ")));
    }
    return true;
}

bool YamlFile::sequence(const YAML::Node& node) {
    if (node.IsDefined() && node.IsSequence()) return true;
    fail(node, "Здесь должен быть список.", "список [ ]");
    return false;
}

std::string YamlFile::text(const YAML::Node& parent, const char* key) {
    const YAML::Node node = parent[key];
    if (node.IsDefined() && node.IsScalar() && !node.Scalar().empty()) return node.Scalar();
    fail(node.IsDefined() ? node : parent, fmt::format("Не заполнен ключ «{}».", key), "текст");
    return {};
}

std::string YamlFile::code(const YAML::Node& parent, const char* key) {
    std::string value = text(parent, key);
    const bool plain = std::ranges::all_of(value, [](char symbol) {
        return ('a' <= symbol && symbol <= 'z') || ('A' <= symbol && symbol <= 'Z') ||
               ('0' <= symbol && symbol <= '9') || symbol == '_' || symbol == '-';
    });
    if (!plain) {
        fail(parent[key], "Код должен состоять из латинских букв, цифр, «_» и «-».",
             "код без пробелов");
    }
    return value;
}

base::Place YamlFile::place(const YAML::Node& node) const {
    return {name_, "", node.IsDefined() ? line_of(node.Mark()) : std::nullopt, ""};
}

std::string YamlFile::optional_text(const YAML::Node& parent, const char* key) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) return {};
    if (node.IsScalar()) return node.Scalar();
    fail(node, fmt::format("Значение ключа «{}» должно быть текстом.", key), "текст");
    return {};
}

std::vector<std::string> YamlFile::texts(const YAML::Node& parent, const char* key) {
    std::vector<std::string> list;
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull() || !sequence(node)) return list;
    for (const YAML::Node& item : node) {
        if (item.IsScalar()) {
            list.push_back(item.Scalar());
        } else {
            fail(item, fmt::format("В списке «{}» должны быть тексты.", key), "текст");
        }
    }
    return list;
}

std::optional<std::int32_t> YamlFile::whole(const YAML::Node& parent, const char* key) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) return std::nullopt;
    std::int32_t number = 0;
    if (node.IsScalar()) {
        const std::string& digits = node.Scalar();
        const auto [end, failure] =
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failure == std::errc{} && end == digits.data() + digits.size()) return number;
    }
    fail(node, fmt::format("Значение ключа «{}» должно быть целым числом.", key), "целое число");
    return std::nullopt;
}

bool YamlFile::flag(const YAML::Node& parent, const char* key, bool otherwise) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) return otherwise;
    if (node.IsScalar() && node.Scalar() == "true") return true;
    if (node.IsScalar() && node.Scalar() == "false") return false;
    fail(node, fmt::format("Значение ключа «{}» должно быть true или false.", key),
         "true или false");
    return otherwise;
}

}  // namespace opora::intake

#include "opora/rules/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "opora/base/utf8.hpp"

namespace opora::rules {

namespace {

constexpr std::size_t yaml_bytes_max = 1 << 20;
constexpr std::size_t yaml_nodes_max = 100'000;
constexpr std::size_t yaml_depth_max = 32;

base::Error yaml_error(std::string_view code, std::string_view message, std::string_view file,
                       std::size_t line, std::string_view expected, std::string_view found) {
    return {std::string{code},
            std::string{message},
            {std::string{file}, {}, static_cast<std::int64_t>(line), {}},
            std::string{expected},
            std::string{found}};
}

/// Builds the tree from the events of the parser.
class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(std::string_view file) : file_{file} {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(open(YamlNode::Kind::empty, mark, anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse_reference(mark);
        add(YamlNode{});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        YamlNode node = open(YamlNode::Kind::scalar, mark, anchor);
        node.text = value;
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        begin(open(YamlNode::Kind::sequence, mark, anchor));
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        begin(open(YamlNode::Kind::map, mark, anchor));
    }
    void OnMapEnd() override { end(); }

    std::optional<YamlNode> root;
    base::Errors errors;
    bool overflow = false;

private:
    static std::size_t line(const YAML::Mark& mark) {
        return static_cast<std::size_t>(std::max(0, mark.line)) + 1;
    }
    YamlNode open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) refuse_reference(mark);
        YamlNode node;
        node.kind = kind;
        node.line = line(mark);
        node.position = static_cast<std::size_t>(std::max(0, mark.pos));
        return node;
    }
    void refuse_reference(const YAML::Mark& mark) {
        errors.push_back(yaml_error("yaml_reference", "Ссылки внутри файла (& и *) не допускаются",
                                    file_, line(mark), "значение, записанное полностью", ""));
    }
    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        errors.push_back(yaml_error("yaml_tag", "Метки типов YAML не допускаются", file_,
                                    line(mark), "значение без метки", tag));
    }
    void begin(YamlNode node) {
        if (stack_.size() >= yaml_depth_max) overflow = true;
        if (!overflow) {
            stack_.push_back(std::move(node));
        } else {
            ++ignored_;
        }
    }
    void end() {
        if (ignored_ > 0) {
            --ignored_;
            return;
        }
        YamlNode node = std::move(stack_.back());
        stack_.pop_back();
        add(std::move(node));
    }
    void add(YamlNode node) {
        if (++nodes_ > yaml_nodes_max) overflow = true;
        if (overflow && ignored_ > 0) return;
        if (stack_.empty()) {
            if (!root) root = std::move(node);
            return;
        }
        YamlNode& parent = stack_.back();
        if (parent.kind == YamlNode::Kind::map && parent.keys.size() == parent.items.size()) {
            add_key(parent, std::move(node));
        } else {
            parent.items.push_back(std::move(node));
        }
    }
    void add_key(YamlNode& parent, YamlNode key) {
        if (key.kind != YamlNode::Kind::scalar) {
            errors.push_back(yaml_error("yaml_key", "Ключ должен быть текстом", file_, key.line,
                                        "слово перед двоеточием", ""));
        } else if (parent.find(key.text) != nullptr) {
            errors.push_back(yaml_error("pack_duplicate_key", "Ключ записан дважды", file_,
                                        key.line, "каждый ключ один раз", key.text));
        }
        parent.keys.push_back(std::move(key));
    }

    std::string file_;
    std::vector<YamlNode> stack_;
    std::size_t nodes_ = 0;
    std::size_t ignored_ = 0;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (std::size_t i = 0; i < std::min(keys.size(), items.size()); ++i) {
        if (keys[i].text == key) return &items[i];
    }
    return nullptr;
}

base::Result<YamlNode, base::Errors> read_yaml(std::string_view source,
                                               std::string_view file_name) {
    const auto refuse = [&](std::string_view code, std::string_view message, std::size_t line,
                            std::string_view expected) {
        return base::Unexpected{
            base::Errors{yaml_error(code, message, file_name, line, expected, "")}};
    };
    if (source.size() > yaml_bytes_max) {
        return refuse("yaml_size", "Файл методики слишком велик", 1, "не более 1 МБ");
    }
    if (const std::size_t good = base::valid_utf8_prefix(source); good < source.size()) {
        const auto line = static_cast<std::size_t>(
            std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(good), '\n'));
        return refuse("yaml_encoding", "Файл записан не в кодировке UTF-8", line + 1,
                      "текст в кодировке UTF-8");
    }
    TreeBuilder builder{file_name};
    try {
        std::istringstream stream{std::string{source}};
        YAML::Parser parser{stream};
        parser.HandleNextDocument(builder);
        if (parser.HandleNextDocument(builder)) {
            return refuse("yaml_documents", "В файле больше одного документа YAML", 1,
                          "один документ, без строк «---» внутри");
        }
    } catch (const YAML::Exception& problem) {
        return refuse("yaml_syntax", fmt::format("Файл не читается как YAML ({})", problem.msg),
                      static_cast<std::size_t>(std::max(0, problem.mark.line)) + 1,
                      "отступы пробелами и запись «ключ: значение»");
    }
    if (builder.overflow) {
        return refuse("yaml_size", "Файл методики слишком сложен", 1,
                      "не более 32 уровней и 100 000 значений");
    }
    if (!builder.errors.empty()) return base::Unexpected{std::move(builder.errors)};
    if (!builder.root || builder.root->kind != YamlNode::Kind::map) {
        return refuse("yaml_empty", "Файл методики пуст или не содержит разделов", 1,
                      "разделы document, parameters, rules …");
    }
    return *std::move(builder.root);
}

std::size_t line_within(std::string_view source, const YamlNode& scalar, std::size_t offset) {
    const auto blank = [](char symbol) {
        return symbol == ' ' || symbol == '\n' || symbol == '\t' || symbol == '\r';
    };
    const std::string_view before =
        std::string_view{scalar.text}.substr(0, std::min(offset, scalar.text.size()));
    auto left = std::ranges::count_if(before, [&](char symbol) { return !blank(symbol); });

    std::size_t position = std::min(scalar.position, source.size());
    std::size_t line = scalar.line;
    const bool block =
        position < source.size() && (source[position] == '|' || source[position] == '>');
    if (block) {  // The header («|», «>-») is a line of its own.
        while (position < source.size() && source[position] != '\n') ++position;
    }
    for (; position < source.size(); ++position) {
        if (source[position] == '\n') ++line;
        if (blank(source[position])) continue;
        if (left == 0) return line;
        --left;
    }
    return scalar.line;
}

}  // namespace opora::rules
